"""`tertius tie`: what two people are to each other, told in sentences and drawn by month."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

import typer
from rich.cells import set_cell_size
from rich.text import Text

from graph.answers import Step
from graph.days import date_of, day_of
from graph.errors import InvalidStatement
from graph.introductions.as_of import why_not_as_of
from graph.introductions.introducer_consent import pairs_from_own_sources
from graph.lookup.profiles import read_profiles
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.ties.history import History, Month, history, months
from graph.ties.past import past
from presentation import sentences
from presentation.answer_json import tie_data
from presentation.dates import today
from presentation.explanations import explanation_clauses, label_or_no_tie
from tertius import console
from tertius.cli.person_argument import resolve_person
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, up_to_day


def tie(one: str, other: str, *, as_of: date | None, details: bool, as_json: bool) -> None:
    """Print the tie between two people in both directions."""
    if as_of is not None and (why := why_not_as_of(as_of, today=today())):
        raise typer.BadParameter(why, param_hint="--as-of")

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await up_to_day(network, progress=progress) if as_of is None else network
        ends = await resolve_person(network, one), await resolve_person(network, other)
        on = network.state.as_of if as_of is None else day_of(as_of)
        await drawn(network, *ends, on=on, details=details, as_json=as_json)

    run(do)


MONTHS = 12
BAR, DOTS = 10, 6
"""How long a bar of odds and one of messages may be."""
COLOURS = {"no tie": "", "weak": "red", "fair": "yellow", "good": "cyan", "strong": "green"}


@dataclass(frozen=True, slots=True)
class _Way:
    """One direction of a tie, ready to be told."""

    act: Step
    history: History
    months: list[Month]


async def drawn(network: OpenNetwork, one: str, other: str, *, on: int, details: bool, as_json: bool) -> None:
    """Print what two people, both ids, are to each other as of a day."""
    if one == other:
        raise InvalidStatement("That is one person twice: name two.")
    viewer = network.viewer
    alone = await pairs_from_own_sources(network.graph, viewer, [(one, other)])
    seen = network.state.with_sources_of(network.member) if alone else network.state
    ends = [id for id in (one, other) if id != viewer.person_id]
    await record_audit_entry(network.graph, network.state, network.member, AuditAction.TIE, ends)
    named, found = await asyncio.gather(
        read_profiles(network.graph, viewer, (one, other)), past(network.graph, seen, network.member, [(one, other)])
    )
    ways = []
    for by, towards in ((one, other), (other, one)):
        judged = history(found, by, towards, on=on)
        act = Step(named[by], named[towards], judged.strength or 0.0, judged.outbound, judged.inbound)
        ways.append(_Way(act, judged, months(found, by, towards, on=on, count=MONTHS)))
    if as_json:
        console.echo_json([tie_data(way.act, way.history, way.months, viewer) for way in ways])
        return
    console.echo_lines(_told(ways, viewer.person_id or "", details=details))
    console.echo(
        f"As of {sentences.format_day(on)}. {sentences.sources_note(network.state.visible_sources(network.member))}"
    )


def _told(ways: list[_Way], me: str, *, details: bool) -> Iterator[str | Text]:
    first = ways[0]
    ends = " and ".join(
        "you" if one.id == me else sentences.name_with_job(one) for one in (first.act.from_person, first.act.to_person)
    )
    yield _begun(f"{ends}: {sentences.evidence_text(first.act, first.history.day, me)}.")
    yield ""
    for way in ways:
        number = f" {way.history.strength:.3f}" if details and way.history.strength is not None else ""
        yield _begun(f"{_title(way, me)}{number}: {'; '.join(explanation_clauses(way.act, way.history, me))}.")
    yield ""
    if any(month.strength is not None or month.outbound.counts for way in ways for month in way.months):
        yield from _chart(ways, me, details=details)
        yield ""


def _begun(sentence: str) -> str:
    """Names keep their first letter as it is."""
    return f"Y{sentence[1:]}" if sentence.startswith("you ") else sentence


def _title(way: _Way, me: str) -> str:
    return f"{sentences.name_or_you(way.act.from_person, me)} for {sentences.name_or_you(way.act.to_person, me)}"


def _chart(ways: list[_Way], me: str, *, details: bool) -> Iterator[Text]:
    """A line a month: for each direction the odds, and how many messages went that way."""
    word = 12 if details else 6
    most = max((sentences.message_count(month.outbound) for way in ways for month in way.months), default=0)
    wide = BAR + 1 + word + 5 + DOTS
    yield Text(" " * 10 + "  ".join(set_cell_size(_title(way, me), wide) for way in ways).rstrip())
    for both in zip(*(way.months for way in ways), strict=True):
        line = Text(f"{date_of(both[0].day):%b %Y}  ")
        for month in both:
            line.append_text(_month(month, most, word, details=details))
        met = sentences.meeting_counts(both[0].outbound, both[0].inbound)
        line.append(", ".join(met))
        line.rstrip()
        yield line


def _month(month: Month, most: int, word: int, *, details: bool) -> Text:
    says = label_or_no_tie(month.strength)
    number = f" {month.strength:.3f}" if details and month.strength is not None else ""
    sent = sentences.message_count(month.outbound)
    bar = Text("█" * round(BAR * (month.strength or 0.0)), style=COLOURS[says])
    bar.pad_right(BAR + 1 - len(bar))
    bar.append(f"{says}{number}".ljust(word))
    bar.append(f"{sent or '':>4} " + ("▪" * ceil(DOTS * sent / most) if sent else "").ljust(DOTS) + "  ")
    return bar
