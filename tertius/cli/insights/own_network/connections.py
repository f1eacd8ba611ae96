"""`tertius insights connections`: the connections with their class, as a table, JSON or CSV."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.insights.health import ConnectionClass
from operations.insights.health import list_classified_connections
from presentation.answer_json import Data
from presentation.csv_cells import csv_lines
from presentation.insights.health_json import listed_people_data
from presentation.insights.health_sentences import CLASS_NAMES
from presentation.sentences import format_count
from tertius import console
from tertius.answer_reading.answers import label_text, name_and_job
from tertius.cli.rendering import format_date
from tertius.cli.tables import TerminalOrPlain, label_cell, table
from tertius.console import ConsoleProgress
from tertius.remote.insights import ask_connections
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today

_CSV_COLUMNS = ("name", "title", "company", "class", "reason", "listed on", "last contact", "outbound", "inbound")
_NO_ROW = "No connection of yours matches."


def show_connections(only: str | None, *, tag: str | None, out: Path | None, as_json: bool) -> None:
    """Print or write the connections, of one class if `only` names it, with a tag if `tag` does."""
    known = None if only is None else ConnectionClass(only.replace("-", "_"))

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        network = await advance_to_today(network, progress=progress)
        return listed_people_data(await list_classified_connections(network.session, known, tag=tag))

    rows = run_or_ask(do, lambda client: ask_connections(client, known, tag))
    if out is not None:
        console.write_output(out, "".join(csv_lines(_csv_rows(rows))))
    if as_json:
        console.echo_json(rows)
    elif out is None:
        console.echo_lines((_table(rows), f"{format_count(len(rows), 'connection')}.") if rows else (_NO_ROW,))
    elif str(out) != "-":
        console.echo(f"{format_count(len(rows), 'connection')} of yours are in {out}.")


def _table(rows: Sequence[Data]) -> TerminalOrPlain:
    headings = ("Person", "Class", "Knows you", "Last contact")
    cells = (
        (
            name_and_job(each["person"]),
            _class_name(each),
            label_cell(label_text(each["strengthLabel"])),
            _date_cell(each["lastContact"]),
        )
        for each in rows
    )
    return table(headings, cells, unbroken=headings[1:])


def _csv_rows(rows: Sequence[Data]) -> Iterator[Sequence[object]]:
    yield _CSV_COLUMNS
    for each in rows:
        yield (
            each["person"]["name"],
            each["person"]["title"],
            each["person"]["company"],
            _class_name(each),
            each["reason"],
            _date_cell(each["listedOn"]),
            _date_cell(each["lastContact"]),
            each["outboundCount"],
            each["inboundCount"],
        )


def _class_name(connection: Data) -> str:
    return CLASS_NAMES[ConnectionClass[connection["class"]]]


def _date_cell(day: str | None) -> str:
    return "" if day is None else format_date(day)
