"""People whom the viewer excludes as introducers."""

from graph.sharing.exclusions import (
    ExcludedIntroducer,
    exclude_introducer,
    list_excluded_introducers,
    unexclude_introducer,
)
from presentation.answer_json import day_text
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.cli.person_argument import resolve_person
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_excluded(*, as_json: bool) -> None:
    """Print the exclusions."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do)


def exclude(person: str, *, for_everybody: bool, as_json: bool) -> None:
    """Exclude a person as introducer, and print all exclusions."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        id = await resolve_person(network, person)
        await exclude_introducer(
            network.graph, network.state, network.viewer, id, today=today(), for_everybody=for_everybody
        )
        await _print(network, as_json=as_json)

    run(do)


def unexclude(number: int, *, as_json: bool) -> None:
    """Undo the exclusion with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        place = network.graph, network.state, network.viewer
        exclusion = choose(
            await list_excluded_introducers(*place), number, "excluded introducer", "tertius team excluded"
        )
        await unexclude_introducer(*place, exclusion.id)
        await _print(network, as_json=as_json)

    run(do)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    exclusions = await list_excluded_introducers(network.graph, network.state, network.viewer)
    if as_json:
        console.echo_json([_exclusion_data(exclusion) for exclusion in exclusions])
        return
    for number, exclusion in enumerate(exclusions, 1):
        scope = ", for all members" if exclusion.for_everybody else ""
        console.echo(f"{number}. {exclusion.label}{scope}, since {format_day(exclusion.day)}")
    if not exclusions:
        console.echo("You exclude nobody as introducer.")


def _exclusion_data(exclusion: ExcludedIntroducer) -> dict[str, object]:
    return {
        "__typename": "ExcludedIntroducer",
        "id": exclusion.id,
        "name": exclusion.label,
        "excludedOn": day_text(exclusion.day),
        "isNetworkWide": exclusion.for_everybody,
    }
