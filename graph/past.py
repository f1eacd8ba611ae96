"""Ties as they were on another day, or would be if nothing happened: what cypher/tie_derive.cypher writes for the
network's one day, for any day, from the same evidence, in plain Python and written nowhere.

tests/graph/test_past.py holds the two together, to 1e-9.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import cypher
from graph.network import PRIVATE, Source, State, viewer
from graph.odds import Model, model
from graph.records import WORKSPACE
from graph.session import Graph

BETWEEN = cypher.load("past_between")
ASKS = cypher.load("past_asks")

Pair = tuple[str, str]
_Slot = tuple[str, str, bool, str, int]
"""Two identities, whether the first of the pair did it, the channel and the day: what counts once over all sources."""


@dataclass(frozen=True, slots=True)
class Tie:
    """That one knows another, on a day: as KNOWS has it (odds.md §3)."""

    acts: float
    reach: float
    last: int
    mutual: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """What one did towards another, as of a day."""

    contact: float = 0.0
    reached: bool = False
    stated: bool = False


@dataclass(frozen=True, slots=True)
class _View:
    """The sources of one audience: until when each saw, and whose they are."""

    seen: dict[str, int | None]
    owners: frozenset[str]


class Past:
    """The evidence between some pairs of people and the asks of each of them, to be judged as of any day."""

    def __init__(
        self, state: State, member: str, between: Iterable[Mapping[str, Any]], asks: Iterable[Mapping[str, Any]]
    ) -> None:
        self._model = model()
        self._between = {(row["p"], row["q"]): row for row in between}
        self._asks = {row["id"]: row["asks"] for row in asks}
        halves = [source for source in state.halves if source.counts]
        shared = [source for source in halves if source.sharing != PRIVATE]
        private = [s for s in halves if s.sharing == PRIVATE and s.member == member]
        self._views = [_view(state, shared), _view(state, shared + private)] if private else [_view(state, shared)]
        self._rating = {source.id: source for source in state.shared()}
        self._sides = {
            id: person
            for id, source in self._rating.items()
            if WORKSPACE not in source.parts and (person := state.members[source.member])
        }
        self.rate = cache(self._rate)

    def tie(self, by: str, towards: str, *, on: int, idle: int = 0, barred: bool = False) -> Tie | None:
        """How the first knows the second on a day, over all that the viewer may walk; None for strangers.

        What came after that day is unknown. `idle` are days at its end through which nothing happened, though every
        source saw them. With `barred` also where the viewer had asked by then not to be led over the two.
        """
        row = self._between.get((by, towards)) or self._between[towards, by]
        held = _held(row["edges"], self._views[-1], on)
        if not barred and any(channel in self._model.barring for *_, channel, _ in held):
            return None
        set_aside = any(channel in self._model.parting + self._model.barring for *_, channel, _ in held)
        views = self._views[-1:] if set_aside else self._views  # others may still walk what all see
        found = [tie for view in views if (tie := self._tie(view, by, towards, on, idle))]
        if not found:
            return None
        best = max(found, key=lambda tie: tie.acts)
        return Tie(best.acts, max(tie.reach for tie in found), best.last, best.mutual)

    def odds(self, by: str, towards: str, *, on: int, idle: int = 0) -> float:
        """The odds that the first acts for the second, whether or not that is a tie: from all that is in view."""
        row = self._between.get((by, towards)) or self._between[towards, by]
        out, _, _, _ = _ways(row, self._views[-1], self._model, on, idle, turned=row["p"] != by)
        return self._acts(by, out, on, idle)

    def _tie(self, view: _View, by: str, towards: str, on: int, idle: int) -> Tie | None:
        row = self._between.get((by, towards)) or self._between[towards, by]
        out, back, last, until = _ways(row, view, self._model, on, idle, turned=row["p"] != by)
        if last is None or not row["people"] or not out.reached:
            return None
        acts = self._acts(by, out, on, idle)
        warm = last >= until - self._model.cold_after and acts >= self._model.least_acts
        answered = back.reached or out.stated or row["colleagues"] or towards not in view.owners
        if not answered or not (out.stated or warm):
            return None
        return Tie(acts, acts * self._acts(towards, back, on, idle), last, back.reached)

    def _acts(self, by: str, way: _Way, on: int, idle: int) -> float:
        got, answered = self.rate(by, on, idle)
        return self._model.acts(way.contact, got=got, answered=answered)

    def _rate(self, person: str, on: int, idle: int) -> tuple[float, float]:
        """How many asks somebody got and answered, faded, as cypher/tie_rates.cypher has it."""
        asked: dict[tuple[str, str, str, int], int] = {}
        until = None
        for asker, by, towards, source, channel, days, answered in self._asks.get(person, ()):
            if source not in self._rating or self._sides.get(source, person) not in (person, asker):
                continue
            until = _later(until, self._rating[source].seen_until)
            for day, answer in zip(days, answered, strict=True):
                slot = by, towards, channel, day
                asked[slot] = min(asked.get(slot, answer), answer)
        end = on if until is None else min(on, until + idle)
        within = self._model.answer_within
        got = [min(answer, slot[-1] + within) for slot, answer in asked.items()]
        answers = [answer for slot, answer in asked.items() if answer <= slot[-1] + within]
        return (
            self._model.faded((day for day in got if day <= end), on=end),
            self._model.faded((day for day in answers if day <= end), on=end),
        )


async def past(graph: Graph, state: State, member: str, pairs: Sequence[Pair]) -> Past:
    """Fetch what passed between the two of each pair, from the sources that this member may see, in two questions."""
    sources = viewer(state, member).sources
    asked = sorted({(min(pair), max(pair)) for pair in pairs})
    people = sorted(set(chain.from_iterable(asked)))
    between = await graph.run(BETWEEN, network=state.network, pairs=[list(pair) for pair in asked], sources=sources)
    rating = [source.id for source in state.shared()]
    asks = await graph.run(ASKS, network=state.network, people=people, sources=rating)
    return Past(state, member, between, asks)


def _view(state: State, sources: Iterable[Source]) -> _View:
    among = list(sources)
    owners = frozenset(person for source in among if (person := state.members[source.member]))
    return _View({source.id: source.seen_until for source in among}, owners)


def _ways(
    row: Mapping[str, Any], view: _View, numbers: Model, on: int, idle: int, *, turned: bool
) -> tuple[_Way, _Way, int | None, int]:
    """What the one did towards the other, the other way, the last day of either, and the day that age runs to."""
    held = _held(row["edges"], view, on)
    newest = None
    for edge in row["edges"]:
        newest = _later(newest, view.seen.get(edge[3]))
    parted = max((slot[-1] for slot in held if slot[-2] in numbers.parting), default=None)
    aside = numbers.parting + numbers.barring
    days = {
        slot: weight for slot, weight in held.items() if slot[-2] not in aside and (parted is None or slot[-1] > parted)
    }
    until = on if newest is None else min(on, newest + idle)
    ways = (_way(days, numbers, until, out=not turned), _way(days, numbers, until, out=turned))
    return (*ways, max((slot[-1] for slot in days), default=None), until)


def _held(edges: Iterable[Sequence[Any]], view: _View, on: int) -> dict[_Slot, float]:
    """What was seen or said by then, by day, the larger where sources overlap; what was said until it ends."""
    held: dict[_Slot, float] = {}
    for i, j, out, source, channel, days, weights, ends in edges:
        if source in view.seen:
            for day, weight, end in zip(days, weights, ends or [on] * len(days), strict=True):
                if day <= on <= end:
                    slot = i, j, out, channel, day
                    held[slot] = max(held.get(slot, 0.0), weight)
    return held


def _way(days: Mapping[_Slot, float], numbers: Model, until: int, *, out: bool) -> _Way:
    mine = {slot: weight for slot, weight in days.items() if slot[2] is out}
    channels = {slot[3] for slot in mine}
    return _Way(
        numbers.contact_sum(((slot[-1], weight) for slot, weight in mine.items()), on=until),
        not channels.isdisjoint(numbers.reaching),
        not channels.isdisjoint(numbers.stating),
    )


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)
