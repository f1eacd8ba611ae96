"""How a tie came to be what it is, what would change it most, and when it turns if nothing happens.

graph.past judges one day; this asks it for many, of what was fetched once, and writes nothing.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.answers import Evidence
from graph.days import date_of, day_of
from graph.records import Channel
from graph.strength.model import LEVELS, level
from graph.ties.past import Past

YEAR = 365
MOST_MONTHS = 60
MOST_MESSAGES = 10
"""So many messages are looked at, for the least that lift a tie: more are no advice."""
STRIDE = 30
"""Days: whether a tie turns is looked at so often, then to the day."""


class Happening(StrEnum):
    """What could happen to a tie, the least of them first."""

    MESSAGE = "MESSAGE"
    WORD_BACK = "WORD_BACK"
    ANSWER = "ANSWER"
    STATEMENT = "STATEMENT"


@dataclass(frozen=True, slots=True)
class Change:
    """The odds had something happened, so many `times`, on the day that is spoken of; None: still strangers."""

    what: Happening
    times: int
    strength: float | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The day on which a tie reads weaker than now, or ends (odds None), if nothing happens."""

    day: int
    strength: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """What was done in a month, and the odds on its last `day`; None where the one did not know the other."""

    day: int
    strength: float | None
    outbound: Evidence
    inbound: Evidence


@dataclass(frozen=True, slots=True)
class History:
    """One direction of a tie on a day, and everything that explains it; odds are None among strangers.

    `asked` and `answered` are of the one who acts: asks by anybody in view, in the year up to that day. `changes` begin
    with what helps most and, of what helps as much, takes least.
    """

    day: int
    strength: float | None
    outbound: Evidence
    inbound: Evidence
    year_ago: float | None
    asked: int
    answered: int
    changes: tuple[Change, ...]
    turn: Turn | None


def history(past: Past, by: str, towards: str, *, on: int) -> History:
    """How the first stands to the second on a day, and why."""
    odds = past.acts(by, towards, on=on)
    out, back = past.seen(by, towards, on=on)
    asked, answered = past.asked(by, on=on, days=YEAR)
    return History(
        day=on,
        strength=odds,
        outbound=out,
        inbound=back,
        year_ago=past.acts(by, towards, on=on - YEAR),
        asked=asked,
        answered=answered,
        changes=tuple(sorted(_changes(past, by, towards, on, odds), key=_helps)),
        turn=None if odds is None else _turn(past, by, towards, on, odds),
    )


def months(past: Past, by: str, towards: str, *, on: int, count: int) -> list[Month]:
    """The last so many months of a tie up to a day, the oldest first."""
    found: list[Month] = []
    last = on
    for _ in range(count):
        first = day_of(date_of(last).replace(day=1))
        out, back = past.seen(by, towards, on=last, since=first)
        found.append(Month(last, past.acts(by, towards, on=last), out, back))
        last = first - 1
    return found[::-1]


def _changes(past: Past, by: str, towards: str, on: int, odds: float | None) -> Iterator[Change]:
    def then(what: Happening, one: str, other: str, channel: Channel, times: int = 1) -> Change:
        answering = what is Happening.ANSWER
        supposed = past.supposing(one, other, channel, on=on, times=times, answering=answering)
        return Change(what, times, supposed.acts(by, towards, on=on))

    def lifts(times: int) -> bool:
        return level(then(Happening.MESSAGE, by, towards, Channel.MAIL, times).strength) > level(odds)

    if level(odds) < len(LEVELS) and not lifts(1) and lifts(MOST_MESSAGES):
        least = _first(range(2, MOST_MESSAGES + 1), lifts)
        yield then(Happening.MESSAGE, by, towards, Channel.MAIL, least)
    yield then(Happening.MESSAGE, by, towards, Channel.MAIL)
    yield then(Happening.ANSWER, by, towards, Channel.MAIL)
    if odds is None:
        yield then(Happening.WORD_BACK, towards, by, Channel.MAIL)
    yield then(Happening.STATEMENT, by, towards, Channel.STATEMENT_KNOWS)


def _helps(change: Change) -> tuple[bool, int, int, int]:
    """Most first. What is only said comes after all that is done, however much it weighs."""
    only_said = change.what is Happening.STATEMENT
    return only_said, -level(change.strength), change.times, list(Happening).index(change.what)


def _turn(past: Past, by: str, towards: str, on: int, odds: float) -> Turn | None:
    def weaker(days: int) -> bool:
        return level(past.acts(by, towards, on=on + days, idle=days)) < level(odds)

    late = next((days for days in range(STRIDE, YEAR, STRIDE) if weaker(days)), None)
    if late is None:
        return None
    days = _first(range(late - STRIDE + 1, late + 1), weaker)
    return Turn(on + days, past.acts(by, towards, on=on + days, idle=days))


def _first(numbers: range, holds: Callable[[int], bool]) -> int:
    """The least of which it holds, as it does of all greater ones and of the last."""
    return numbers[bisect_left(numbers[:-1], 1, key=holds)]
