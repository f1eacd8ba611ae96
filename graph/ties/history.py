"""Explains a tie: its history by month, what would change it most, and when it weakens without contact.

The module asks graph.ties.past for many days of evidence that was read once.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.answers import Evidence
from graph.days import date_of, day_of
from graph.records import Channel
from graph.strength.model import LEVELS, label_index

if TYPE_CHECKING:
    from graph.ties.past import Past

YEAR = 365
MOST_MONTHS = 60
MOST_MESSAGES = 10
"""Maximum number of messages that a suggestion asks for."""
STRIDE = 30
"""Days between two probes for the weakening of a tie; the day itself is then found by bisection."""


class TieEvent(StrEnum):
    """An event that could change a tie, least effort first."""

    MESSAGE = "MESSAGE"
    REPLY = "REPLY"
    ANSWER = "ANSWER"
    STATEMENT = "STATEMENT"


@dataclass(frozen=True, slots=True)
class HypotheticalChange:
    """The strength after an event that happens `times` times on the day of the history; None for strangers."""

    event: TieEvent
    times: int
    strength: float | None


@dataclass(frozen=True, slots=True)
class Weakening:
    """The first day on which a tie has a weaker label than now, or ends (strength None), without contact."""

    day: int
    strength: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """The evidence of one month, and the strength on its last `day`; None without a tie."""

    day: int
    strength: float | None
    outbound: Evidence
    inbound: Evidence


@dataclass(frozen=True, slots=True)
class History:
    """One direction of a tie on a day, with its explanation; strengths are None for strangers.

    `asked` and `answered` count requests by anybody in view to the person who responds, in the year up to
    `asked_until`. That is the day, or an earlier one where the sources of these requests end before it.
    `changes` start with the largest gain; equal gains are ordered by effort.
    """

    day: int
    strength: float | None
    outbound: Evidence
    inbound: Evidence
    year_ago: float | None
    asked: int
    answered: int
    asked_until: int
    changes: tuple[HypotheticalChange, ...]
    turn: Weakening | None

    @property
    def coverage_until(self) -> int | None:
        """The last day that any source of the pair covers; None if no source states one."""
        days = (self.outbound.coverage_until, self.inbound.coverage_until)
        return max((day for day in days if day is not None), default=None)


def history(past: "Past", by: str, towards: str, *, on: int) -> History:
    """Return the tie of the first person to the second on a day, with its explanation."""
    strength = past.tie_strength(by, towards, on=on)
    out, back = past.evidence(by, towards, on=on)
    asked, answered, asked_until = past.count_requests(by, on=on, days=YEAR)
    return History(
        day=on,
        strength=strength,
        outbound=out,
        inbound=back,
        year_ago=past.tie_strength(by, towards, on=on - YEAR),
        asked=asked,
        answered=answered,
        asked_until=asked_until,
        changes=tuple(sorted(_changes(past, by, towards, on, strength), key=_by_gain)),
        turn=None if strength is None else _turn(past, by, towards, on, strength),
    )


def months(past: "Past", by: str, towards: str, *, on: int, count: int) -> list[Month]:
    """Return the last `count` months of a tie up to a day, oldest first."""
    result: list[Month] = []
    last = on
    for _ in range(count):
        first = day_of(date_of(last).replace(day=1))
        out, back = past.evidence(by, towards, on=last, since=first)
        result.append(Month(last, past.tie_strength(by, towards, on=last), out, back))
        last = first - 1
    return result[::-1]


def _changes(past: "Past", by: str, towards: str, on: int, strength: float | None) -> Iterator[HypotheticalChange]:
    def after(event: TieEvent, sender: str, recipient: str, channel: Channel, times: int = 1) -> HypotheticalChange:
        answering = event is TieEvent.ANSWER
        after_event = past.with_message(sender, recipient, channel, on=on, times=times, answering=answering)
        return HypotheticalChange(event, times, after_event.tie_strength(by, towards, on=on))

    def lifts(times: int) -> bool:
        return label_index(after(TieEvent.MESSAGE, by, towards, Channel.MAIL, times).strength) > label_index(strength)

    if label_index(strength) < len(LEVELS) and not lifts(1) and lifts(MOST_MESSAGES):
        least = _first(range(2, MOST_MESSAGES + 1), lifts)
        yield after(TieEvent.MESSAGE, by, towards, Channel.MAIL, least)
    yield after(TieEvent.MESSAGE, by, towards, Channel.MAIL)
    yield after(TieEvent.ANSWER, by, towards, Channel.MAIL)
    if strength is None:
        yield after(TieEvent.REPLY, towards, by, Channel.MAIL)
    yield after(TieEvent.STATEMENT, by, towards, Channel.STATEMENT_KNOWS)


def _by_gain(change: HypotheticalChange) -> tuple[bool, int, int, int]:
    """Sort key, largest gain first. A statement comes after all contacts, whatever its weight."""
    statement_only = change.event is TieEvent.STATEMENT
    return statement_only, -label_index(change.strength), change.times, list(TieEvent).index(change.event)


def _turn(past: "Past", by: str, towards: str, on: int, strength: float) -> Weakening | None:
    def weaker(days: int) -> bool:
        return label_index(past.tie_strength(by, towards, on=on + days, idle=days)) < label_index(strength)

    late = next((days for days in range(STRIDE, YEAR, STRIDE) if weaker(days)), None)
    if late is None:
        return None
    days = _first(range(late - STRIDE + 1, late + 1), weaker)
    return Weakening(on + days, past.tie_strength(by, towards, on=on + days, idle=days))


def _first(numbers: range, holds: Callable[[int], bool]) -> int:
    """Return the least number for which `holds` is true; it is true for all greater ones."""
    return numbers[bisect_left(numbers[:-1], 1, key=holds)]
