"""`tertius insights connections`: the connections with their class, as a table, JSON or CSV."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.insights.health import ConnectionClass
from graph.insights.listed_people import ListedPerson
from operations.insights.health import list_classified_connections
from presentation.csv_cells import csv_lines
from presentation.insights.health_json import listed_people_data
from presentation.insights.health_sentences import CLASS_NAMES, class_reason
from presentation.sentences import format_count, format_day, name_with_job
from tertius import console
from tertius.cli.tables import TerminalOrPlain, strength_cell, table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today

_CSV_COLUMNS = ("name", "title", "company", "class", "reason", "listed on", "last contact", "outbound", "inbound")
_NO_ROW = "No connection of yours matches."
_Rows = Sequence[tuple[ListedPerson, ConnectionClass]]


def show_connections(only: str | None, *, tag: str | None, out: Path | None, as_json: bool) -> None:
    """Print or write the connections, of one class if `only` names it, with a tag if `tag` does."""
    known = None if only is None else ConnectionClass(only.replace("-", "_"))

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> _Rows:
        network = await advance_to_today(network, progress=progress)
        return await list_classified_connections(network.session, known, tag=tag)

    rows = run(do)
    if out is not None:
        console.write_output(out, "".join(csv_lines(_csv_rows(rows))))
    if as_json:
        console.echo_json(listed_people_data(rows))
    elif out is None:
        console.echo_lines((_table(rows), f"{format_count(len(rows), 'connection')}.") if rows else (_NO_ROW,))
    elif str(out) != "-":
        console.echo(f"{format_count(len(rows), 'connection')} of yours are in {out}.")


def _table(rows: _Rows) -> TerminalOrPlain:
    headings = ("Person", "Class", "Knows you", "Last contact")
    cells = (
        (name_with_job(one.person), CLASS_NAMES[known], strength_cell(one.strength), _day_cell(one.last_contact))
        for one, known in rows
    )
    return table(headings, cells, unbroken=headings[1:])


def _csv_rows(rows: _Rows) -> Iterator[Sequence[object]]:
    yield _CSV_COLUMNS
    for one, known in rows:
        yield (
            one.person.name,
            one.person.title,
            one.person.company,
            CLASS_NAMES[known],
            class_reason(one, known),
            _day_cell(one.listed_on),
            _day_cell(one.last_contact),
            one.outwards.count,
            one.inwards.count,
        )


def _day_cell(day: int | None) -> str:
    return "" if day is None else format_day(day)
