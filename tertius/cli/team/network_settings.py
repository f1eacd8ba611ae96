"""Settings of the network for all members: the leaving policy, and when colleagues are named as introducers."""

from graph.membership.leaving import set_leaving_policy
from graph.networks.members import LeavingPolicy, read_network_settings
from graph.networks.sources import IntroducerVisibility
from graph.sharing.visibility_requests import set_introducer_visibility
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork

_POLICIES = {
    LeavingPolicy.REMOVE: "The sources that a member shared are removed when they leave.",
    LeavingPolicy.KEEP: "The sources that a member shared are kept when they leave.",
}
_VISIBILITIES = {
    IntroducerVisibility.IMMEDIATE: "Answers name colleagues as introducers immediately.",
    IntroducerVisibility.AFTER_CONSENT: "Answers name a colleague as introducer after the colleague consents.",
}


def leaving_policy(policy: str | None, *, as_json: bool) -> None:
    """Print the leaving policy, after a change if one is given."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        if policy is not None:
            chosen = LeavingPolicy(policy)
            await set_leaving_policy(network.graph, network.id, network.member, chosen, progress=progress)
        current = await read_network_settings(network.graph, network.id)
        if as_json:
            console.echo_json(await _network_data(network))
        else:
            console.echo(_POLICIES[current.leaving_policy])

    run(do, create=True)


def introducer_visibility(visibility: str | None, *, as_json: bool) -> None:
    """Print when colleagues are named, after a change if one is given."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        if visibility is not None:
            chosen = IntroducerVisibility(visibility.replace("-", "_"))
            await set_introducer_visibility(network.graph, network.state, network.member, chosen)
        current = await network.reload()
        if as_json:
            console.echo_json(await _network_data(current))
        else:
            console.echo(_VISIBILITIES[current.state.introducer_visibility])

    run(do)


async def _network_data(network: OpenNetwork) -> dict[str, object]:
    current = await read_network_settings(network.graph, network.id)
    return {
        "__typename": "Network",
        "name": current.name,
        "leavingPolicy": current.leaving_policy.upper(),
        "introducerVisibility": network.state.introducer_visibility.upper(),
    }
