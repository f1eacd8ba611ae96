"""Answers as of another day: ties computed by graph.ties.past along the chains between both ends. Nothing is written.

The answers equal those of a network whose day was moved to that day (tests/graph/introductions/test_as_of.py). A list
entry counts from the day that it states, or else from the day it was first loaded. Names, jobs and the identities of
people are today's.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import cypher
from graph.answers import PossibleConnector, Refusal
from graph.database.client import Graph
from graph.introductions.refusal import Nearest, build_refusal, find_chain_of_lists
from graph.introductions.routes import FoundRoute, RouteRow, RouteSearchResult, ranked, required_ties
from graph.lookup.possible_connectors import build_connectors, find_candidates
from graph.lookup.resolve import ResolvedTarget
from graph.networks.state import NetworkState
from graph.ties.evidence import Pair, Tie
from graph.ties.past import DatedTie, Past, read_past
from graph.viewer import Viewer

CHAINS = cypher.load("introductions/find_past_chains")
PAST_CONTACTS = cypher.load("introductions/find_past_contacts")

MAX_INTRODUCERS_AS_OF = 2
"""With a third introducer, the ties of half the network would have to be computed."""

Chain = Sequence[str]
"""Ids, from the viewer to a target."""


def why_not_as_of(
    as_of: date, *, today: date, max_introducers: int = MAX_INTRODUCERS_AS_OF, team: bool = False
) -> str | None:
    """Return why there is no answer as of that day, in one sentence; None if there can be one."""
    if as_of > today:
        return "The day is in the future: choose today or an earlier day."
    if max_introducers > MAX_INTRODUCERS_AS_OF:
        return f"Answers as of another day have at most {MAX_INTRODUCERS_AS_OF} introducers."
    if team:
        return "Answers as of another day start at you, not at your colleagues."
    return None


async def read_ties_as_of(graph: Graph, state: NetworkState, viewer: Viewer, target: ResolvedTarget) -> "TiesAsOf":
    """Read the evidence of all chains from the viewer to a target up to the viewer's day, in three queries."""
    (row,) = await graph.run(CHAINS, **_view(viewer, target), sources=viewer.evidence_sources)
    never = {*viewer.ineligible_introducers}
    chains = [ids for chain in row["chains"] if never.isdisjoint((ids := [id for id, _ in chain])[1:-1])]
    names = {id: name for chain in row["chains"] for id, name in chain}
    pairs = {pair for chain in chains for pair in required_ties(chain)}
    return TiesAsOf(graph, state, viewer, chains, names, await _read_past(graph, state, viewer, pairs))


class TiesAsOf:
    """The ties of the viewer's day along the chains of people who had interacted by then."""

    def __init__(
        self,
        graph: Graph,
        state: NetworkState,
        viewer: Viewer,
        chains: Sequence[Chain],
        names: dict[str, str],
        known: Past,
    ) -> None:
        self._graph = graph
        self._state = state
        self._viewer = viewer
        self._chains = chains
        self._names = names
        self._past = known
        self._past_tie = cache(self._compute)

    async def read_ties(self, pairs: Iterable[Pair]) -> dict[Pair, Tie]:
        """As graph.ties.evidence.read_ties, but `reverse_strength` has no meaning where the viewer would respond."""
        known = {pair: tie for pair in pairs if pair in self._past and (tie := self._past_tie(*pair))}
        return {
            pair: Tie(
                tie.strength,
                tie.mutual_strength / tie.strength if tie.strength else 0.0,
                is_asleep=tie.is_asleep,
                is_unreachable=tie.is_unreachable,
            )
            for pair, tie in known.items()
        }

    async def search(self, _: Sequence[str], *, limit: int, max_introducers: int) -> RouteSearchResult:
        """As graph.introductions.routes.search_routes, for the target whose chains were read."""
        return RouteSearchResult(self._best(limit, max_introducers))

    async def count_dominated(
        self, _: ResolvedTarget, listed: Sequence[Sequence[str]], *, max_introducers: int
    ) -> list[int]:
        """As graph.introductions.routes.count_dominated_routes."""
        chains = [chain for chain in self._chains if 3 < len(chain) <= 2 + max_introducers]
        return [sum(self._is_dominated(chain) for chain in chains if [*chain[2:-1]] == [*people]) for people in listed]

    def _is_dominated(self, chain: Chain) -> bool:
        """Whether the asker can start at the second introducer, with at least the same score."""
        asked, passed = self._tie(chain[1], chain[0]), self._tie(chain[2], chain[1])
        own = self._tie(chain[2], chain[0])
        return (
            asked is not None
            and passed is not None
            and own is not None
            and own.strength >= asked.strength * passed.strength
        )

    async def refusal(self, target: ResolvedTarget) -> Refusal:
        """As graph.introductions.refusal.refusal."""
        nearest, connectors = await self._nearest(target), await self.connectors(target)
        return await build_refusal(self._graph, self._viewer, target, nearest, connectors)

    def _compute(self, by: str, towards: str, *, unroutable: bool = False) -> DatedTie | None:
        return self._past.tie(by, towards, on=self._viewer.as_of, unroutable=unroutable)

    def _tie(self, by: str, towards: str, *, unroutable: bool = False) -> DatedTie | None:
        """Return the tie, None if there is none or if it is asleep."""
        tie = self._past_tie(by, towards, unroutable=unroutable)
        return None if tie is None or tie.is_asleep else tie

    async def asleep_introducers(self, _: Sequence[str]) -> list[tuple[str, Pair]]:
        """As graph.introductions.listed_routes.find_asleep_introducers."""
        best: dict[str, tuple[float, str, str, Pair]] = {}
        for chain in self._chains:
            if len(chain) != 3:
                continue
            first, last = required_ties(chain)
            asked, reached = self._past_tie(*first), self._past_tie(*last)
            if asked and reached and (asked.is_asleep or reached.is_asleep):
                score = asked.strength * reached.mutual_strength
                entry = (-score, self._names[chain[1]], chain[1], first if asked.is_asleep else last)
                best[chain[1]] = min(best.get(chain[1], entry), entry)
        return [(introducer, pair) for _, _, introducer, pair in sorted(best.values())]

    def _best(self, limit: int, max_introducers: int, *, unroutable: bool = False) -> tuple[FoundRoute, ...]:
        chains = (chain for chain in self._chains if 2 < len(chain) <= 2 + max_introducers)
        return ranked((route for chain in chains if (route := self._route(chain, unroutable=unroutable))), limit)

    def _route(self, chain: Chain, *, unroutable: bool) -> RouteRow | None:
        """Return a route as find_routes_one_introducer.cypher does; None if a tie is missing or it is dominated."""
        *introducers, last = [self._tie(*pair, unroutable=unroutable) for pair in required_ties(chain)]
        if last is None:
            return None
        route: RouteRow = [-last.mutual_strength, self._names[chain[-1]], chain[-1]]
        later_start = 0.0
        for id, tie in zip(chain[-2:0:-1], reversed(introducers), strict=True):
            if tie is None:
                return None
            if id != chain[1] and (own := self._tie(id, chain[0], unroutable=unroutable)):
                later_start = min(later_start, own.strength * route[0])
            route = [tie.strength * route[0], self._names[id], id, *route]
        return [route[0], 0.0, *route[1:]] if route[0] < later_start else None

    async def _nearest(self, target: ResolvedTarget) -> Nearest | None:
        for route in self._best(5, MAX_INTRODUCERS_AS_OF, unroutable=True):
            chain: Chain = (self._viewer.person_id or "", *route.people, route.target)
            missing = [pair for pair in required_ties(chain) if not self._tie(*pair)]
            if len(missing) == 1:
                return Nearest(chain, *missing[0], unroutable=True)
        misses = [miss for chain in self._chains if (miss := self._miss(chain))]
        if misses:
            *_, chain, pair = min(misses)
            return self._nearest_of(chain, pair)
        people = await find_chain_of_lists(self._graph, self._viewer, target)
        missing = [pair for pair in required_ties(people) if not self._tie(*pair)] if people else []
        return self._nearest_of(people, missing[0], by_lists=True) if missing else None

    def _miss(self, chain: Chain) -> tuple[float, int, list[tuple[str, str]], Chain, Pair] | None:
        """Return a chain with exactly one missing tie, after its sort key: product of other ties, length, names."""
        missing, score = [], 1.0
        *_, last = pairs = required_ties(chain)
        for pair in reversed(pairs):
            if tie := self._tie(*pair):
                score *= tie.mutual_strength if pair == last else tie.strength
            else:
                missing.append(pair)
        named = [(self._names[id], id) for id in chain]
        return (-score, len(chain), named, chain, missing[0]) if len(missing) == 1 else None

    def _nearest_of(self, chain: Chain, pair: Pair, *, by_lists: bool = False) -> Nearest:
        by, towards = pair
        outsider = towards in self._state.people_by_member.values() and not self._past.share_organisation(by, towards)
        unroutable = self._tie(by, towards, unroutable=True) is not None
        return Nearest(chain, by, towards, outsider=outsider, listed=by_lists, unroutable=unroutable)

    async def connectors(self, target: ResolvedTarget) -> tuple[PossibleConnector, ...]:
        """As graph.lookup.possible_connectors.find_connectors."""
        viewer, me = self._viewer, self._viewer.person_id or ""
        candidates = await find_candidates(self._graph, viewer, target.ids)
        rows = await self._graph.run(
            PAST_CONTACTS,
            network=viewer.network,
            viewer_id=me,
            ids=candidates.ids,
            sources=viewer.sources,
            as_of=viewer.as_of,
            circle=viewer.duplicate_audiences,
        )
        past = await _read_past(self._graph, self._state, viewer, {(row["one"], me) for row in rows})
        known: list[dict[str, Any]] = [
            {**row, "strength": tie.strength, "asleep": tie.is_asleep, "unreachable": tie.is_unreachable}
            for row in rows
            if (tie := past.tie(row["one"], me, on=viewer.as_of))
        ]
        return await build_connectors(self._graph, viewer, candidates, known)


def _view(viewer: Viewer, target: ResolvedTarget) -> dict[str, Any]:
    return {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "targets": list(target.ids),
        "as_of": viewer.as_of,
    }


async def _read_past(graph: Graph, state: NetworkState, viewer: Viewer, pairs: Iterable[Pair]) -> Past:
    """Read the evidence between these pairs. The viewer's own response rate is left out: no answer needs it."""
    return await read_past(graph, state, viewer.member, sorted(pairs), without=viewer.person_id)
