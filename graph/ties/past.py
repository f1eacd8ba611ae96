"""Computes ties as of any day, past or future, from the evidence that graph.ties.derive uses.

Nothing is written. tests/graph/ties/test_past.py compares both, to 1e-9.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Any

import cypher
from graph.answers import Evidence
from graph.database.batching import run_two_at_a_time
from graph.database.client import Graph
from graph.networks.sources import SharingLevel, Source
from graph.networks.state import NetworkState
from graph.records import Channel
from graph.strength.model import Model
from graph.ties.derive import owners
from graph.ties.reachability import NOBODY_UNREACHABLE, StatedIdentities, read_unreachable_identities

BETWEEN = cypher.load("ties/read_raw_evidence")
ASKS = cypher.load("ties/read_asks")

SUPPOSED = "supposed"
"""Id of the source of a hypothetical interaction, and of the identities at both ends."""

IdentityPair = tuple[str, str]
_Slot = tuple[str, str, bool, str, int]
"""Two identities, the direction, the channel and the day: counted once over all sources."""
_Held = dict[_Slot, float]
"""Weights of interactions and statements."""


@dataclass(frozen=True, slots=True)
class DatedTie:
    """A tie as of a day, with the properties of KNOWS (docs/strength.md)."""

    strength: float
    mutual_strength: float
    last_day: int
    is_mutual: bool
    is_asleep: bool = False
    is_unreachable: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """The decayed evidence of one direction, as of a day."""

    contact: float = 0.0
    reached: bool = False
    stated: bool = False


@dataclass(frozen=True, slots=True)
class _View:
    """The sources of one audience: their coverage and their owners."""

    seen: dict[str, int | None]
    owners: frozenset[str]


class Past:
    """The evidence of some pairs of people and the requests to each of them; computes ties as of any day."""

    def __init__(
        self,
        state: NetworkState,
        member: str,
        between: Iterable[Mapping[str, Any]],
        asks: Iterable[Mapping[str, Any]],
        stated: StatedIdentities = NOBODY_UNREACHABLE,
    ) -> None:
        self._model = state.model
        self._state, self._member, self._stated = state, member, stated
        self._between = {(row["p"], row["q"]): row for row in between}
        self._asks = {row["id"]: row["asks"] for row in asks}
        halves = [source for source in state.stored_sources if source.is_complete]
        shared = [source for source in halves if source.is_shared]
        private = [source for source in halves if not source.is_shared and source.member == member]
        self._views = [_view(state, shared), _view(state, shared + private)] if private else [_view(state, shared)]
        self._rating = {source.id: source for source in state.sources_for_rates()}
        self.rate, self.heard = cache(self._rate), cache(self._heard)

    def tie(self, by: str, towards: str, *, on: int, idle: int = 0, unroutable: bool = False) -> DatedTie | None:
        """Return the tie of the first person to the second as of a day; None for strangers.

        Later evidence is ignored. `idle` is a number of days at the end that all sources cover and in which nothing
        happened. With `unroutable` the result includes ties that a statement of the viewer excludes from routes.
        """
        walked = self._walked(self._row(by, towards), on, idle, unroutable=unroutable)
        ties = [tie for view, held in walked if (tie := self._tie(view, held, by, towards, on, idle))]
        if not ties:
            return None
        best = max(ties, key=lambda tie: tie.strength)
        return replace(
            best,
            mutual_strength=max(tie.mutual_strength for tie in ties),
            is_asleep=all(tie.is_asleep for tie in ties),
            is_unreachable=all(tie.is_asleep for tie in ties) and any(tie.is_unreachable for tie in ties),
        )

    def response_probability(self, by: str, towards: str, *, on: int, idle: int = 0) -> float:
        """Return the probability that the first responds to the second, tie or not, from all sources in view."""
        row, view = self._row(by, towards), self._views[-1]
        held = _held(row["edges"], view, on, idle)
        out, _, _, _ = _ways(row, view, held, self._model, on, idle, turned=row["p"] != by)
        return self._response_probability(by, out, on, idle)

    def lower_bound(self, by: str, towards: str, *, on: int, idle: int, since: int = 0) -> float | None:
        """Return a lower bound of the tie's strength on all idle days from `since` on; None where the tie may end.

        Two effects can raise a strength in silence: unanswered requests decay, and out-of-touch statements expire. The
        bound keeps both as they are on the first of these days.
        """
        edges, first = self._row(by, towards)["edges"], on - idle + since
        parting, own = self._model.parting, self._views[-1]
        statements = {slot: value for slot, value in _held(edges, own, first, since).items() if slot[-2] in parting}
        got, answered = self.rate(by, on, idle)
        unanswered = (got - answered) * 2.0 ** ((idle - since) / self._model.rate_half_life)
        asked = answered + unanswered + 1e-9, answered  # more than rounding could take away
        held = [
            (view, _held(edges, view, on, idle) | statements)
            for view in (self._views[-1:] if statements else self._views)
        ]
        known = [one for view, among in held if (one := self._known(view, among, by, towards, on, idle, asked))]
        return max((one[0] for one in known), default=None)

    def share_organisation(self, one: str, other: str) -> bool:
        """Whether both people belong to one organisation."""
        return bool(self._row(one, other)["colleagues"])

    def __contains__(self, pair: IdentityPair) -> bool:
        return pair in self._between or pair[::-1] in self._between

    def _row(self, by: str, towards: str) -> Mapping[str, Any]:
        row = self._between.get((by, towards)) or self._between.get((towards, by))
        return row or {"p": by, "q": towards, "people": False, "colleagues": False, "edges": []}

    def tie_strength(self, by: str, towards: str, *, on: int, idle: int = 0) -> float | None:
        """Return the strength of the tie, unroutable ties included; None for strangers."""
        walked = self._walked(self._row(by, towards), on, idle, unroutable=True)
        known = [strength for view, held in walked if (strength := self._known(view, held, by, towards, on, idle))]
        return max((one[0] for one in known), default=None)

    def evidence(self, by: str, towards: str, *, on: int, since: int | None = None) -> tuple[Evidence, Evidence]:
        """Return the evidence of both directions up to a day, in the form of graph.ties.evidence.

        With `since` only the evidence from that day on.
        """
        row, view = self._row(by, towards), self._views[-1]
        held = _held(row["edges"], view, on, since=since)
        until = None
        for edge in row["edges"]:
            if _held([edge], view, on, since=since):
                until = _later(until, view.seen[edge[3]])
        until = None if until is None else min(on, until)
        out = row["p"] == by
        return _seen(held, self._model, until, out=out), _seen(held, self._model, until, out=not out)

    def count_requests(self, person: str, *, on: int, days: int) -> tuple[int, int, int]:
        """Return how many requests a person got, how many of them they answered, and the last day that counts.

        That is the day `on`, or the last day that the sources of these requests cover. The `days` up to it count. A
        request counts once it is answered or its time to answer is over.
        """
        got, answers, end = self._counted(person, on, 0)
        return sum(day > end - days for day in got), sum(day > end - days for day in answers), end

    def with_message(
        self, by: str, towards: str, channel: Channel, *, on: int, times: int = 1, answering: bool = False
    ) -> "Past":
        """Return the evidence plus a hypothetical message, a response if `answering`.

        The message belongs to a source of the viewer, a shared one if there is one, unless it is a statement. It has
        the day `on`, so that it has not decayed.
        """
        row = self._row(by, towards)
        ours = [
            s
            for s in self._state.sources_for_rates()
            if s.member == self._member and channel not in self._model.statement_lasts
        ]
        sharing = next((s.sharing_level for s in ours if s.sharing_level != SharingLevel.PRIVATE), SharingLevel.PRIVATE)
        source = Source(SUPPOSED, SUPPOSED, "", sharing, "ready", self._member, None, None, None, {})
        done, weight = row["p"] == by, times * self._model.weights[channel]
        edges = [(SUPPOSED, SUPPOSED, done, SUPPOSED, channel.value, [on], [weight], None)]
        asks = {person: self._asks.get(person, []) for person in (by, towards)}
        if answering:
            _, _, seen = self._counted(by, on, 0)
            edges.append((SUPPOSED, SUPPOSED, not done, SUPPOSED, channel.value, [on], [weight], None))
            open_since = self._open(by, towards, seen)
            asks[by] = [*asks[by], (SUPPOSED, SUPPOSED, SUPPOSED, channel.value, [open_since], [seen])]
        return Past(
            replace(self._state, sources=(*self._state.sources, source)),
            self._member,
            [{**row, "edges": [*row["edges"], *edges]}],
            [{"id": person, "asks": days} for person, days in asks.items()],
            self._stated,
        )

    def _open(self, person: str, asker: str, on: int) -> int:
        """Return the day of the newest request that a response on this day would answer in time; else this day."""
        row = self._row(person, asker)
        theirs = {edge[0 if row["p"] == asker else 1] for edge in row["edges"]}
        asked = (
            day
            for by, _, _, _, days, answered in self._asks.get(person, ())
            if by in theirs
            for day, answer in zip(days, answered, strict=True)
            if day <= on <= day + self._model.answer_within and answer > on
        )
        return max(asked, default=on)

    def _walked(self, row: Mapping[str, Any], on: int, idle: int, *, unroutable: bool) -> list[tuple[_View, _Held]]:
        """Return the views whose ties count, with their evidence.

        A statement of the viewer that sets the pair apart leaves only the viewer's own; a barring one leaves none.
        """
        *others, own = self._views
        mine = _held(row["edges"], own, on, idle)
        statements = {slot[-2] for slot in mine}
        if not unroutable and not statements.isdisjoint(self._model.barring):
            return []
        if not statements.isdisjoint(self._model.parting + self._model.barring):
            others = []  # others may still walk what all see
        return [*((view, _held(row["edges"], view, on, idle)) for view in others), (own, mine)]

    def _tie(self, view: _View, held: _Held, by: str, towards: str, on: int, idle: int) -> DatedTie | None:
        known = self._known(view, held, by, towards, on, idle)
        if known is None:
            return None
        strength, back, last, is_silent = known
        mutual_strength = strength * self._response_probability(towards, back, on, idle)
        unreachable = any(self._is_unreachable(person, view, on - idle) for person in (by, towards))
        return DatedTie(strength, mutual_strength, last, back.reached, is_silent or unreachable, unreachable)

    def _is_unreachable(self, person: str, view: _View, on: int) -> bool:
        return self._stated.find(person, view.seen, on=on) is not None

    def _known(
        self,
        view: _View,
        held: _Held,
        by: str,
        towards: str,
        on: int,
        idle: int,
        asked: tuple[float, float] | None = None,
    ) -> tuple[float, _Way, int, bool] | None:
        """Return the strength, the evidence of the second direction, the last day and whether contact is too long ago.

        None for strangers. `asked` replaces the numbers of requests and responses of that day.
        """
        if not held:
            return None
        row = self._row(by, towards)
        out, back, last, until = _ways(row, view, held, self._model, on, idle, turned=row["p"] != by)
        if last is None or not row["people"] or not out.reached:
            return None
        got, answered = asked or self.rate(by, on, idle)
        strength = self._model.strength(out.contact, got=got, answered=answered)
        warm = last >= until - self._model.cold_after and strength >= self._model.least_strength
        heard = back.reached or out.stated or row["colleagues"] or towards not in view.owners
        is_silent = last < until - self._model.asleep_after
        return (strength, back, last, is_silent) if heard and (out.stated or warm) else None

    def _response_probability(self, by: str, way: _Way, on: int, idle: int) -> float:
        got, answered = self.rate(by, on, idle)
        return self._model.strength(way.contact, got=got, answered=answered)

    def _rate(self, person: str, on: int, idle: int) -> tuple[float, float]:
        """Return the decayed numbers of requests and responses, as graph.ties.pair_ties does."""
        got, answers, end = self._counted(person, on, idle)
        return self._model.faded(got, on=end), self._model.faded(answers, on=end)

    def _counted(self, person: str, on: int, idle: int) -> tuple[list[int], list[int], int]:
        """Return the days of the requests that count, of the answered ones, and the last day that counts."""
        asked, until = self.heard(person, on - idle)
        end, within = on if until is None else min(on, until + idle), self._model.answer_within
        got = [day for day, answer in asked if answer <= end or day + within <= end]
        answers = [day for day, answer in asked if answer <= end and answer <= day + within]
        return got, answers, end

    def _heard(self, person: str, known: int) -> tuple[list[tuple[int, int]], int | None]:
        """Return the days of requests and responses as known on a day, and the coverage of their sources."""
        asked: dict[tuple[str, str, str, int], int] = {}
        within, until = self._model.answer_within, None
        for by, towards, source, channel, days, answered in self._asks.get(person, ()):
            if source not in self._rating:
                continue
            until = _later(until, self._rating[source].coverage_until)
            for day, answer in zip(days, answered, strict=True):
                if day <= known:
                    slot = by, towards, channel, day
                    seen = answer if answer <= known else day + within + 1
                    asked[slot] = min(asked.get(slot, seen), seen)
        return [(slot[-1], answer) for slot, answer in asked.items()], until


async def read_past(
    graph: Graph, state: NetworkState, member: str, pairs: Sequence[IdentityPair], *, without: str | None = None
) -> Past:
    """Read the evidence of these pairs, the requests to their people, and who is unreachable.

    Sources that share only strengths are left out. Requests to the person `without` are left out; their strengths have
    no meaning then.
    """
    state = state.without_strength_only_sources(member)
    sources = [source.id for source in state.visible_stored_sources(member)]
    asked = sorted({(min(pair), max(pair)) for pair in pairs})
    people = sorted(set(chain.from_iterable(asked)) - {without})
    rating = state.sources_for_rates()
    among, whose = [source.id for source in rating], owners(state, rating)
    (between,), (asks,) = await run_two_at_a_time(
        [
            graph.run(BETWEEN, network=state.network, pairs=[list(pair) for pair in asked], sources=sources),
            graph.run(ASKS, network=state.network, people=people, sources=among, owners=whose),
        ]
    )
    stated = await read_unreachable_identities(graph, state.network, sources, set(chain.from_iterable(asked)))
    return Past(state, member, between["pairs"], asks["people"], stated)


def _view(state: NetworkState, sources: Iterable[Source]) -> _View:
    among = list(sources)
    owners = frozenset(person for source in among if (person := state.people_by_member[source.member]))
    return _View({source.id: source.coverage_until for source in among}, owners)


def _ways(
    row: Mapping[str, Any], view: _View, held: _Held, numbers: Model, on: int, idle: int, *, turned: bool
) -> tuple[_Way, _Way, int | None, int]:
    """Return both directions, the last day of either, and the day up to which evidence ages."""
    newest = None
    for edge in row["edges"]:
        newest = _later(newest, view.seen.get(edge[3]))
    out_of_touch_since = max((slot[-1] for slot in held if slot[-2] in numbers.parting), default=None)
    aside = numbers.parting + numbers.barring
    days = {
        slot: weight
        for slot, weight in held.items()
        if slot[-2] not in aside and (out_of_touch_since is None or slot[-1] > out_of_touch_since)
    }
    until = on if newest is None else min(on, newest + idle)
    ways = (_way(days, numbers, until, out=not turned), _way(days, numbers, until, out=turned))
    return (*ways, max((slot[-1] for slot in days), default=None), until)


def _held(edges: Iterable[Sequence[Any]], view: _View, on: int, idle: int = 0, since: int | None = None) -> _Held:
    """Return the weights of interactions and valid statements up to a day; the larger where sources overlap.

    With `since` only those from that day on.
    """
    held: _Held = {}
    for i, j, out, source, channel, days, weights, ends in edges:
        if source in view.seen:
            for day, weight, end in zip(days, weights, ends or [on] * len(days), strict=True):
                if (since is None or since <= day) and day <= on - idle and on <= end:
                    slot = i, j, out, channel, day
                    held[slot] = max(held.get(slot, 0.0), weight)
    return held


def _way(days: _Held, numbers: Model, until: int, *, out: bool) -> _Way:
    mine = {slot: weight for slot, weight in days.items() if slot[2] is out}
    channels = {slot[3] for slot in mine}
    return _Way(
        numbers.contact_sum(((slot[-1], weight) for slot, weight in mine.items()), on=until),
        not channels.isdisjoint(numbers.reaching),
        not channels.isdisjoint(numbers.stating),
    )


def _seen(held: _Held, numbers: Model, until: int | None, *, out: bool) -> Evidence:
    weights: dict[str, float] = {}
    statements: dict[str, int] = {}
    done: list[int] = []
    for (_, _, way, channel, day), weight in held.items():
        if way is out:
            weights[channel] = weights.get(channel, 0.0) + weight
            if channel in numbers.statement_lasts:
                statements[channel] = max(statements.get(channel, day), day)
            else:
                done.append(day)
    return Evidence(
        counts={
            name: max(1, round(weight / worth)) for name, weight in weights.items() if (worth := numbers.weights[name])
        },
        first_day=min(done, default=None),
        last_day=max(done, default=None),
        coverage_until=until,
        statements=statements,
    )


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)
