"""`tertius tie`: both directions of a tie, explained, with a chart by month."""

from collections.abc import Iterator, Sequence
from datetime import date

import typer
from rich.console import RenderableType
from rich.text import Text

from graph.errors import InvalidStatement
from graph.introductions.as_of import why_not_as_of
from operations.questions.ties import explain_ties
from presentation import sentences
from presentation.answer_json import Data, source_data, tie_data, viewer_data
from presentation.dates import today
from tertius import console
from tertius.answer_reading.answers import (
    AnswerFrame,
    evidence_from_json,
    label_text,
    name_and_job,
    read_person,
)
from tertius.arguments.person_argument import resolve_person
from tertius.cli.rendering import format_date
from tertius.cli.tables import LABEL_STYLES, TerminalOrPlain, table
from tertius.console import ConsoleProgress
from tertius.remote.client import connect_to
from tertius.remote.questions import SAME_PERSON_TWICE, TIE_MONTHS, ask_tie
from tertius.remote.servers import selected_server
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today

_BAR_WIDTH = 8
"""The length of the bar of a strength of 1."""


def tie(one: str, other: str, *, as_of: date | None, details: bool, as_json: bool) -> None:
    """Print the tie between two people in both directions."""
    if as_of is not None and (why := why_not_as_of(as_of, today=today())):
        raise typer.BadParameter(why, param_hint="--as-of")

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[list[Data], AnswerFrame]:
        network = await advance_to_today(network, progress=progress) if as_of is None else network
        ends = await resolve_person(network, one), await resolve_person(network, other)
        return await _read_tie(network, *ends, as_of=as_of)

    if server := selected_server():
        with connect_to(server) as client:
            directions, frame = ask_tie(client, one, other, as_of=as_of)
    else:
        directions, frame = run(do)
    if as_json:
        console.echo_json(directions)
        return
    console.echo_lines(_render_tie(directions, frame.viewer_id, details=details))
    console.echo(Text(f"As of {format_date(directions[0]['asOf'])}. {frame.sources_note}", "dim"))


async def _read_tie(
    network: OpenNetwork, one: str, other: str, *, as_of: date | None
) -> tuple[list[Data], AnswerFrame]:
    """Both directions of the tie between two people, given by their ids, as of a date or today."""
    if one == other:
        raise InvalidStatement(SAME_PERSON_TWICE)
    viewer = network.viewer
    directions = await explain_ties(network.session, [(one, other), (other, one)], as_of=as_of, month_count=TIE_MONTHS)
    sources = [source_data(each, viewer) for each in network.state.visible_sources(network.member)]
    return (
        [tie_data(each.step, each.history, each.months, viewer, knows=each.knows) for each in directions],
        AnswerFrame(viewer_data(network.state, viewer), sources, viewer.as_of),
    )


def _render_tie(directions: Sequence[Data], viewer_id: str, *, details: bool) -> Iterator[RenderableType]:
    first = directions[0]
    ends = " and ".join(
        "you" if person["id"] == viewer_id else name_and_job(person)
        for person in (first["fromPerson"], first["toPerson"])
    )
    yield _capitalize_you(f"{ends}: {first['evidence']}.")
    yield ""
    for each in directions:
        clauses = each["history"]["explanation"].removeprefix(f"{each['evidence']}; ")
        number = f" ({each['strength']:.3f})" if details and each["strength"] is not None else ""
        yield f"{_title(each, viewer_id)}{number}: {clauses}."
    yield ""
    ends_covered = [each[way]["coverageUntil"] for each in directions for way in ("outbound", "inbound")]
    covered = max((day for day in ends_covered if day is not None), default=None)
    shown = [
        months
        for months in zip(*(each["history"]["months"] for each in directions), strict=True)
        if covered is None or _first_of_month(months[0]) <= covered
    ]
    if any(month["knows"] or month["outbound"]["counts"] for months in shown for month in months):
        yield _chart(directions, shown, viewer_id, details=details)
        yield ""


def _first_of_month(month: Data) -> str:
    """The ISO date of the first day of a month."""
    return f"{month['endsOn'][:8]}01"


def _capitalize_you(sentence: str) -> str:
    """Capitalize a leading "you". Names keep their first letter as it is."""
    return f"Y{sentence[1:]}" if sentence.startswith("you ") else sentence


def _title(direction: Data, viewer_id: str) -> str:
    by, towards = (
        sentences.name_or_you(read_person(person), viewer_id)
        for person in (direction["fromPerson"], direction["toPerson"])
    )
    return _capitalize_you(f"{by} → {towards}")


def _chart(
    directions: Sequence[Data], months: Sequence[tuple[Data, ...]], viewer_id: str, *, details: bool
) -> RenderableType:
    """Return a row for each month: for each direction the strength and the number of messages, and the meetings."""
    headings = ["Month", *(f"{_title(each, viewer_id)}\n(strength, messages)" for each in directions)]
    rows: list[list[RenderableType]] = []
    for both in months:
        outbound, inbound = evidence_from_json(both[0]["outbound"]), evidence_from_json(both[0]["inbound"])
        meetings = ", ".join(sentences.meeting_counts(outbound, inbound))
        name = f"{date.fromisoformat(both[0]['endsOn']):%b %Y}"
        rows.append([name, *(_month_cell(month, details=details) for month in both), meetings])
    return table([*headings, "Meetings"] if any(row[-1] for row in rows) else headings, rows, unbroken=("Month",))


def _month_cell(month: Data, *, details: bool) -> RenderableType:
    label, strength = label_text(month["strengthLabel"]), month["strength"]
    number = f" {strength:.3f}" if strength is not None else ""
    bar = Text("█" * round(_BAR_WIDTH * (strength or 0.0)), LABEL_STYLES[label])
    bar.pad_right(_BAR_WIDTH + 1 - len(bar))
    text = Text((label + number).ljust(12) if details else label.ljust(6), LABEL_STYLES[label])
    text.append(f"{sentences.message_count(evidence_from_json(month['outbound'])) or '':>4}", "not dim default")
    return TerminalOrPlain(bar + text, text)
