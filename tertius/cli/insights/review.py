"""Connections to archive: suggestions, archiving, and the review."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.insights.review.prune import PruneRule
from operations.insights.review import archive_people, list_prune_suggestions, restore_people, review_archived_people
from presentation.answer_json import Data
from presentation.dates import today
from presentation.insights.review import archived_csv, archived_data, prune_csv, prune_data, reasons_text
from presentation.sentences import format_count
from tertius import console
from tertius.answer_reading.answers import name_and_job
from tertius.arguments.numbered_list import choose
from tertius.arguments.person_argument import resolve_person
from tertius.cli.rendering import format_date
from tertius.cli.tables import TerminalOrPlain, table
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.insights import archive_on_server, ask_prune_suggestions
from tertius.remote.team import ARCHIVED_PEOPLE
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today


def show_prune_suggestions(rule: str | None, *, tag: str | None, out: Path | None, as_json: bool) -> None:
    """Print or write the suggestions, those of one rule if `rule` names it."""
    only = None if rule is None else PruneRule(rule.replace("-", "_"))

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        network = await advance_to_today(network, progress=progress)
        return [prune_data(each) for each in await list_prune_suggestions(network.session, only, tag=tag)]

    suggestions = run_or_ask(do, lambda client: ask_prune_suggestions(client, only, tag))
    if out is not None:
        console.write_output(out, "".join(prune_csv(suggestions)))
    if as_json:
        console.echo_json(suggestions)
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

    async def do(network: OpenNetwork, _: ConsoleProgress) -> tuple[list[str], list[str], list[Data]]:
        names = {await resolve_person(network, text): text for text in people}
        outcome = await archive_people(network.session, list(names), today=today())
        in_use, not_in_view = (
            [text for id, text in names.items() if id in ids] for ids in (outcome.in_use, outcome.not_in_view)
        )
        return in_use, not_in_view, await _read(await network.reload())

    def ask(client: ServerClient) -> tuple[list[str], list[str], list[Data]]:
        in_use, not_in_view = archive_on_server(client, people)
        return in_use, not_in_view, ARCHIVED_PEOPLE.read(client)

    in_use, not_in_view, archived = run_or_ask(do, ask)
    for name in in_use:
        console.echo(f"{name} is on the route of an open introduction request: not archived.", err=True)
    for name in not_in_view:
        console.echo(f"You cannot archive yourself ({name}).", err=True)
    _print_archived(archived, as_json=as_json)


def show_archived(tag: str | None, *, out: Path | None, as_json: bool) -> None:
    """Print or write whom the viewer archived, with `tag` those with a tag. Numbers are those of the complete list."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> tuple[list[Data], list[Data]]:
        archived = await _read(network)
        return archived, archived if tag is None else await _read(network, tag)

    def ask(client: ServerClient) -> tuple[list[Data], list[Data]]:
        archived = ARCHIVED_PEOPLE.read(client)
        return archived, archived if tag is None else ARCHIVED_PEOPLE.read(client, tag=tag)

    archived, shown = run_or_ask(do, ask)
    if out is not None:
        console.write_output(out, "".join(archived_csv(shown)))
    if out is None or as_json:
        _print_archived(archived, only=[each["id"] for each in shown], as_json=as_json)
    elif str(out) != "-":
        console.echo(f"{format_count(len(shown), 'row')} in {out}.")


def restore_archived_person(number: int, *, as_json: bool) -> None:
    """Restore the person with this number, and print the others."""

    def chosen_id(archived: Sequence[Data]) -> str:
        return str(choose(archived, number, ARCHIVED_PEOPLE.noun, ARCHIVED_PEOPLE.command)["id"])

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        await restore_people(network.session, [chosen_id(await _read(network))])
        return await _read(await network.reload())

    def ask(client: ServerClient) -> list[Data]:
        client.query("restore_people", input={"ids": [chosen_id(ARCHIVED_PEOPLE.read(client))]})
        return ARCHIVED_PEOPLE.read(client)

    _print_archived(run_or_ask(do, ask), as_json=as_json)


async def _read(network: OpenNetwork, tag: str | None = None) -> list[Data]:
    return [archived_data(each) for each in await review_archived_people(network.session, tag=tag)]


def _print_archived(archived: Sequence[Data], *, only: Sequence[str] | None = None, as_json: bool) -> None:
    numbered = [(number, each) for number, each in enumerate(archived, 1) if only is None or each["id"] in only]
    if as_json:
        console.echo_json([each for _, each in numbered])
    else:
        for line in _archived_lines(numbered):
            console.echo(line)
        if not numbered:
            console.echo("Nobody whom you archived has this tag." if archived else "You archived nobody.")


def _archived_lines(numbered: Sequence[tuple[int, Data]]) -> Iterator[str]:
    for number, each in numbered:
        who = name_and_job(each["person"]) if each["person"] else "a person whom your sources no longer name"
        message = f": {each['message']}" if each["message"] else ""
        yield f"{number}. {who}, since {format_date(each['archivedOn'])}{message}"


def _prune_table(suggestions: Sequence[Data]) -> TerminalOrPlain:
    return table(("Person", "Why"), [(name_and_job(each["person"]), reasons_text(each)) for each in suggestions])
