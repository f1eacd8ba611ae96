"""Settings of the network for all members: the leaving policy, and when colleagues are named as introducers."""

from graph.membership.leaving import set_leaving_policy
from graph.networks.members import LeavingPolicy, read_network_settings
from graph.networks.sources import IntroducerVisibility
from graph.sharing.introducer_visibility import set_introducer_visibility
from presentation.answer_json import Data
from tertius import console
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.team import network_on_server
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork

_POLICIES = {
    LeavingPolicy.REMOVE: "The sources that a member shared are removed when they leave.",
    LeavingPolicy.KEEP: "The sources that a member shared are kept when they leave.",
}
_VISIBILITIES = {
    IntroducerVisibility.IMMEDIATE: "Answers name colleagues as introducers immediately.",
    IntroducerVisibility.AFTER_CONSENT: "Answers name a colleague as introducer after the colleague accepts a request.",
}


def leaving_policy(policy: str | None, *, as_json: bool) -> None:
    """Print the leaving policy, after a change if one is given."""
    chosen = LeavingPolicy(policy) if policy else None

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Data:
        if chosen is not None:
            await set_leaving_policy(network.graph, network.id, network.member, chosen, progress=progress)
        return await _network_data(network)

    def ask(client: ServerClient) -> Data:
        if chosen is None:
            return network_on_server(client)
        return network_on_server(client, "set_leaving_policy", leavingPolicy=chosen.name)

    network = run_or_ask(do, ask, create=True)
    if as_json:
        console.echo_json(network)
    else:
        console.echo(_POLICIES[LeavingPolicy[network["leavingPolicy"]]])


def introducer_visibility(visibility: str | None, *, as_json: bool) -> None:
    """Print when colleagues are named, after a change if one is given."""
    chosen = IntroducerVisibility(visibility.replace("-", "_")) if visibility else None

    async def do(network: OpenNetwork, _: ConsoleProgress) -> Data:
        if chosen is not None:
            await set_introducer_visibility(network.graph, network.state, network.member, chosen)
        return await _network_data(await network.reload())

    def ask(client: ServerClient) -> Data:
        if chosen is None:
            return network_on_server(client)
        return network_on_server(client, "set_introducer_visibility", introducerVisibility=chosen.name)

    network = run_or_ask(do, ask)
    if as_json:
        console.echo_json(network)
    else:
        console.echo(_VISIBILITIES[IntroducerVisibility[network["introducerVisibility"]]])


async def _network_data(network: OpenNetwork) -> Data:
    current = await read_network_settings(network.graph, network.id)
    return {
        "__typename": "Network",
        "name": current.name,
        "leavingPolicy": current.leaving_policy.upper(),
        "introducerVisibility": network.state.introducer_visibility.upper(),
    }
