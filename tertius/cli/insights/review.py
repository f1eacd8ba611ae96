"""Connections to archive: suggestions, archiving, and the review."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.insights.review.archived_connections import ArchivedPerson
from graph.insights.review.prune import PruneRule, PruneSuggestion
from operations.insights.review import archive_people, list_prune_suggestions, restore_people, review_archived_people
from presentation.dates import today
from presentation.insights.review import (
    archived_data,
    archived_name,
    prune_csv,
    prune_data,
    prune_message,
    review_message,
)
from presentation.sentences import format_count, format_day, name_with_job
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.cli.person_argument import resolve_person
from tertius.cli.tables import TerminalOrPlain, table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def show_prune_suggestions(rule: str | None, *, out: Path | None, as_json: bool) -> None:
    """Print or write the suggestions, those of one rule if `rule` names it."""
    only = None if rule is None else PruneRule(rule.replace("-", "_"))

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Sequence[PruneSuggestion]:
        network = await advance_to_today(network, progress=progress)
        return await list_prune_suggestions(network.session, only)

    suggestions = run(do)
    if out is not None:
        console.write_output(out, "".join(prune_csv(suggestions)))
    if as_json:
        console.echo_json([prune_data(each) for each in suggestions])
    elif out is None:
        console.echo(_prune_table(suggestions) if suggestions else "No rule applies to a connection of yours.")
        if suggestions:
            console.echo(
                f"{format_count(len(suggestions), 'connection')}. `tertius insights archive PERSON` leaves one out of "
                "your answers; nothing is deleted."
            )
    elif str(out) != "-":
        console.echo(f"{format_count(len(suggestions), 'suggestion')} in {out}.")


def archive_named_people(people: Sequence[str], *, as_json: bool) -> None:
    """Archive these people, and print all whom the viewer archived."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        names = {await resolve_person(network, text): text for text in people}
        outcome = await archive_people(network.session, list(names), today=today())
        for id in outcome.in_use:
            console.echo(f"{names[id]} is on the route of an open introduction request: not archived.", err=True)
        for id in outcome.not_in_view:
            console.echo(f"You cannot archive yourself ({names[id]}).", err=True)
        await _print_archived(await network.reload(), as_json=as_json)

    run(do)


def show_archived(*, as_json: bool) -> None:
    """Print whom the viewer archived."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print_archived(network, as_json=as_json)

    run(do)


def restore_archived_person(number: int, *, as_json: bool) -> None:
    """Restore the person with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        archived = await review_archived_people(network.session)
        chosen = choose(archived, number, "archived person", "tertius insights archived")
        await restore_people(network.session, [chosen.archived.id])
        await _print_archived(await network.reload(), as_json=as_json)

    run(do)


async def _print_archived(network: OpenNetwork, *, as_json: bool) -> None:
    archived = await review_archived_people(network.session)
    if as_json:
        console.echo_json([archived_data(each) for each in archived])
    else:
        for line in _archived_lines(archived):
            console.echo(line)


def _archived_lines(archived: Sequence[ArchivedPerson]) -> Iterator[str]:
    for number, each in enumerate(archived, 1):
        message = review_message(each)
        since = f"since {format_day(each.archived.day)}"
        yield f"{number}. {archived_name(each)}, {since}" + (f": {message}" if message else "")
    if not archived:
        yield "You archived nobody."


def _prune_table(suggestions: Sequence[PruneSuggestion]) -> TerminalOrPlain:
    return table(("Person", "Why"), [(name_with_job(each.listed.person), prune_message(each)) for each in suggestions])
