"""People whom the viewer excludes as introducers."""

from collections.abc import Sequence

from graph.sharing.exclusions import (
    ExcludedIntroducer,
    exclude_introducer,
    list_excluded_introducers,
    unexclude_introducer,
)
from presentation.answer_json import Data, day_text
from presentation.dates import today
from tertius import console
from tertius.arguments.numbered_list import choose
from tertius.arguments.person_argument import resolve_person
from tertius.cli.rendering import format_date
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.questions import resolve_on_server
from tertius.remote.team import EXCLUDED_INTRODUCERS
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def print_excluded(*, as_json: bool) -> None:
    """Print the exclusions."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _read(network)

    _print(run_or_ask(do, EXCLUDED_INTRODUCERS.read), as_json=as_json)


def exclude(person: str, *, for_everybody: bool, as_json: bool) -> None:
    """Exclude a person as introducer, and print all exclusions."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        id = await resolve_person(network, person)
        await exclude_introducer(
            network.graph, network.state, network.viewer, id, today=today(), for_everybody=for_everybody
        )
        return await _read(network)

    def ask(client: ServerClient) -> list[Data]:
        excluded = {"id": resolve_on_server(client, person)}
        client.query("exclude_introducer", input={"person": excluded, "isNetworkWide": for_everybody})
        return EXCLUDED_INTRODUCERS.read(client)

    _print(run_or_ask(do, ask), as_json=as_json)


def unexclude(number: int, *, as_json: bool) -> None:
    """Undo the exclusion with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        place = network.graph, network.state, network.viewer
        exclusion = choose(
            await list_excluded_introducers(*place), number, EXCLUDED_INTRODUCERS.noun, EXCLUDED_INTRODUCERS.command
        )
        await unexclude_introducer(*place, exclusion.id)
        return await _read(network)

    listed = run_or_ask(do, lambda client: EXCLUDED_INTRODUCERS.change(client, number, "unexclude_introducer"))
    _print(listed, as_json=as_json)


async def _read(network: OpenNetwork) -> list[Data]:
    exclusions = await list_excluded_introducers(network.graph, network.state, network.viewer)
    return [_exclusion_data(exclusion) for exclusion in exclusions]


def _print(exclusions: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(exclusions)
        return
    for number, exclusion in enumerate(exclusions, 1):
        scope = ", for all members" if exclusion["isNetworkWide"] else ""
        console.echo(f"{number}. {exclusion['name']}{scope}, since {format_date(exclusion['excludedOn'])}")
    if not exclusions:
        console.echo("You exclude nobody as introducer.")


def _exclusion_data(exclusion: ExcludedIntroducer) -> Data:
    return {
        "__typename": "ExcludedIntroducer",
        "id": exclusion.id,
        "name": exclusion.label,
        "excludedOn": day_text(exclusion.day),
        "isNetworkWide": exclusion.for_everybody,
    }
