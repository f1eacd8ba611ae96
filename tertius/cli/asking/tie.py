"""`tertius tie`: both directions of a tie, explained, with a chart by month."""

from collections.abc import Iterator, Sequence
from datetime import date

import typer
from rich.console import RenderableType
from rich.text import Text

from graph.days import date_of, day_of
from graph.errors import InvalidStatement
from graph.introductions.as_of import why_not_as_of
from graph.ties.history import Month
from operations.questions.ties import TieReply, explain_ties
from presentation import sentences
from presentation.answer_json import tie_data
from presentation.dates import today
from presentation.explanations import explanation_clauses, label_or_no_tie
from tertius import console
from tertius.cli.person_argument import resolve_person
from tertius.cli.tables import LABEL_STYLES, TerminalOrPlain, table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def tie(one: str, other: str, *, as_of: date | None, details: bool, as_json: bool) -> None:
    """Print the tie between two people in both directions."""
    if as_of is not None and (why := why_not_as_of(as_of, today=today())):
        raise typer.BadParameter(why, param_hint="--as-of")

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await advance_to_today(network, progress=progress) if as_of is None else network
        ends = await resolve_person(network, one), await resolve_person(network, other)
        await print_tie(network, *ends, as_of=as_of, details=details, as_json=as_json)

    run(do)


_MONTHS = 12
_BAR_WIDTH = 8
"""The length of the bar of a strength of 1."""


async def print_tie(
    network: OpenNetwork, one: str, other: str, *, as_of: date | None, details: bool, as_json: bool
) -> None:
    """Print both directions of the tie between two people, given by their ids, as of a date or today."""
    if one == other:
        raise InvalidStatement("Both arguments are the same person. Give two people.")
    viewer = network.viewer
    directions = await explain_ties(network.session, [(one, other), (other, one)], as_of=as_of, month_count=_MONTHS)
    if as_json:
        console.echo_json(
            [tie_data(each.step, each.history, each.months, viewer, knows=each.knows) for each in directions]
        )
        return
    on = directions[0].history.day
    console.echo_lines(_render_tie(directions, viewer.person_id or "", details=details))
    sources = network.state.visible_sources(network.member)
    console.echo(Text(f"As of {sentences.format_day(on)}. {sentences.sources_note(sources)}", "dim"))


def _render_tie(directions: list[TieReply], viewer_id: str, *, details: bool) -> Iterator[RenderableType]:
    first = directions[0]
    ends = " and ".join(
        "you" if person.id == viewer_id else sentences.name_with_job(person)
        for person in (first.step.from_person, first.step.to_person)
    )
    yield _capitalize_you(f"{ends}: {sentences.evidence_text(first.step, first.history.day, viewer_id)}.")
    yield ""
    for each in directions:
        clauses = "; ".join(explanation_clauses(each.step, each.history, viewer_id))
        strength = each.history.strength
        number = f" ({strength:.3f})" if details and strength is not None else ""
        yield f"{_title(each, viewer_id)}{number}: {clauses}."
    yield ""
    covered = max((day for each in directions if (day := each.history.coverage_until) is not None), default=None)
    shown = [
        months
        for months in zip(*(each.months for each in directions), strict=True)
        if covered is None or day_of(date_of(months[0].day).replace(day=1)) <= covered
    ]
    if any(month.strength is not None or month.outbound.counts for months in shown for month in months):
        yield _chart(directions, shown, viewer_id, details=details)
        yield ""


def _capitalize_you(sentence: str) -> str:
    """Capitalize a leading "you". Names keep their first letter as it is."""
    return f"Y{sentence[1:]}" if sentence.startswith("you ") else sentence


def _title(direction: TieReply, viewer_id: str) -> str:
    by, towards = (
        sentences.name_or_you(person, viewer_id) for person in (direction.step.from_person, direction.step.to_person)
    )
    return _capitalize_you(f"{by} → {towards}")


def _chart(
    directions: list[TieReply], months: Sequence[tuple[Month, ...]], viewer_id: str, *, details: bool
) -> RenderableType:
    """Return a row for each month: for each direction the strength and the number of messages, and the meetings."""
    headings = ["Month", *(f"{_title(each, viewer_id)}\n(strength, messages)" for each in directions)]
    rows: list[list[RenderableType]] = []
    for both in months:
        meetings = ", ".join(sentences.meeting_counts(both[0].outbound, both[0].inbound))
        rows.append(
            [f"{date_of(both[0].day):%b %Y}", *(_month_cell(month, details=details) for month in both), meetings]
        )
    return table([*headings, "Meetings"] if any(row[-1] for row in rows) else headings, rows, unbroken=("Month",))


def _month_cell(month: Month, *, details: bool) -> RenderableType:
    label = label_or_no_tie(month.strength)
    number = f" {month.strength:.3f}" if month.strength is not None else ""
    bar = Text("█" * round(_BAR_WIDTH * (month.strength or 0.0)), LABEL_STYLES[label])
    bar.pad_right(_BAR_WIDTH + 1 - len(bar))
    text = Text((label + number).ljust(12) if details else label.ljust(6), LABEL_STYLES[label])
    text.append(f"{sentences.message_count(month.outbound) or '':>4}", "not dim default")
    return TerminalOrPlain(bar + text, text)
