"""The answer as it was on another day: ties judged by graph.past among the chains between both ends, written nowhere.

graph.introductions asks here what it else asks of the ties of the network's own day, and the answers are those of a
network whose day was moved there (tests/graph/introductions/test_as_of.py). A list counts from the day that it states,
else was first seen; names, jobs and who is who are today's.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import cypher
from graph.answers import PossibleConnector, Refusal
from graph.database.client import Graph
from graph.introductions.refusal import Nearest, explained, listed
from graph.introductions.routes import FoundRoute, RouteSearchResult, Told, ranked, required_ties
from graph.lookup.possible_connectors import among
from graph.lookup.resolve import Target
from graph.networks.state import State
from graph.ties.evidence import Pair, Tie
from graph.ties.past import DatedTie as Then
from graph.ties.past import Past, past
from graph.viewer import Viewer

CHAINS = cypher.load("introductions/find_past_chains")
LEADS = cypher.load("introductions/find_past_leads")

DEEPEST = 2
"""Introducers in a row at most: with a third, half the network would have to be judged."""

Chain = Sequence[str]
"""Ids, from the viewer to a target."""


def unfit(as_of: date, *, today: date, max_introducers: int = DEEPEST, team: bool = False) -> str | None:
    """Why there is no answer as of that day, in a sentence; None where there is one."""
    if as_of > today:
        return "That day is still to come: ask as of today, or of a day before."
    if max_introducers > DEEPEST:
        return f"As of another day routes have {DEEPEST} introducers at most."
    if team:
        return "As of another day routes start at you, not at your colleagues."
    return None


async def earlier(graph: Graph, state: State, viewer: Viewer, target: Target) -> "Earlier":
    """Fetch what was known of the ways from the viewer to a target on the viewer's day, in three questions."""
    (row,) = await graph.run(CHAINS, **_view(viewer, target), sources=viewer.evidence_sources)
    never = {*viewer.ineligible_introducers}
    chains = [ids for chain in row["chains"] if never.isdisjoint((ids := [id for id, _ in chain])[1:-1])]
    names = {id: name for chain in row["chains"] for id, name in chain}
    pairs = {pair for chain in chains for pair in required_ties(chain)}
    return Earlier(graph, state, viewer, chains, names, await _judged(graph, state, viewer, pairs))


class Earlier:
    """Who knew whom on the viewer's day, among chains of people who had to do with each other by then."""

    def __init__(
        self,
        graph: Graph,
        state: State,
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
        self._tie = cache(self._judge)

    async def read_ties(self, pairs: Iterable[Pair]) -> dict[Pair, Tie]:
        """As graph.seen.steps; but `answers` says nothing where it is the viewer who would have to answer."""
        found = {pair: tie for pair in pairs if pair in self._past and (tie := self._tie(*pair))}
        return {
            pair: Tie(tie.strength, tie.mutual_strength / tie.strength if tie.strength else 0.0)
            for pair, tie in found.items()
        }

    async def search(self, _: Target, *, limit: int, max_introducers: int) -> RouteSearchResult:
        """As graph.routes.search, of the target that all this was fetched for."""
        return RouteSearchResult(self._best(limit, max_introducers))

    async def refusal(self, target: Target) -> Refusal:
        """As graph.refusal.refusal."""
        nearest, hints = await self._nearest(target), await self._leads(target)
        return await explained(self._graph, self._viewer, target, nearest, hints)

    def _judge(self, by: str, towards: str, *, barred: bool = False) -> Then | None:
        return self._past.tie(by, towards, on=self._viewer.as_of, barred=barred)

    def _best(self, limit: int, max_introducers: int, *, barred: bool = False) -> tuple[FoundRoute, ...]:
        chains = (chain for chain in self._chains if 2 < len(chain) <= 2 + max_introducers)
        return ranked((route for chain in chains if (route := self._route(chain, barred=barred))), limit)

    def _route(self, chain: Chain, *, barred: bool) -> Told | None:
        """As the queries tell a route (cypher/routes_one_introducer.cypher); None where one link fails."""
        *asked, reached = [self._tie(*pair, barred=barred) for pair in required_ties(chain)]
        if reached is None:
            return None
        told: Told = [-reached.mutual_strength, self._names[chain[-1]], chain[-1]]
        for id, tie in zip(chain[-2:0:-1], reversed(asked), strict=True):
            if tie is None:
                return None
            told = [tie.strength * told[0], self._names[id], id, *told]
        return [told[0], 0.0, *told[1:]]

    async def _nearest(self, target: Target) -> Nearest | None:
        for way in self._best(5, DEEPEST, barred=True):
            route = (self._viewer.person_id or "", *way.people, way.target)
            strangers = [pair for pair in required_ties(route) if not self._tie(*pair)]
            if len(strangers) == 1:
                return Nearest(route, *strangers[0], barred=True)
        misses = [miss for chain in self._chains if (miss := self._miss(chain))]
        if misses:
            *_, chain, failing = min(misses)
            return self._failing(chain, failing)
        people = await listed(self._graph, self._viewer, target)
        strangers = [pair for pair in required_ties(people) if not self._tie(*pair)] if people else []
        return self._failing(people, strangers[0], by_lists=True) if strangers else None

    def _miss(self, chain: Chain) -> tuple[float, int, list[tuple[str, str]], Chain, Pair] | None:
        """A chain of which exactly one link fails, after what orders it: the product of the others, length, names."""
        failing, odds = [], 1.0
        *_, last = pairs = required_ties(chain)
        for pair in reversed(pairs):
            if tie := self._tie(*pair):
                odds *= tie.mutual_strength if pair == last else tie.strength
            else:
                failing.append(pair)
        named = [(self._names[id], id) for id in chain]
        return (-odds, len(chain), named, chain, failing[0]) if len(failing) == 1 else None

    def _failing(self, chain: Chain, pair: Pair, *, by_lists: bool = False) -> Nearest:
        by, towards = pair
        outsider = towards in self._state.members.values() and not self._past.colleagues(by, towards)
        barred = self._tie(by, towards, barred=True) is not None
        return Nearest(chain, by, towards, outsider=outsider, listed=by_lists, barred=barred)

    async def _leads(self, target: Target) -> tuple[PossibleConnector, ...]:
        me = self._viewer.person_id or ""
        seen = {"sources": self._viewer.sources, "circle": self._viewer.duplicate_audiences}
        rows = await self._graph.run(LEADS, **_view(self._viewer, target), **seen)
        known = await _judged(self._graph, self._state, self._viewer, {(row["id"], me) for row in rows})
        found: list[dict[str, Any]] = [
            {**row, "strength": tie.strength}
            for row in rows
            if (tie := known.tie(row["id"], me, on=self._viewer.as_of))
        ]
        assistants = sorted((row for row in found if row["whom"]), key=lambda row: (-row["strength"], row["id"]))
        colleagues = sorted((row for row in found if not row["whom"]), key=lambda row: -row["strength"])
        return await among(self._graph, self._viewer, assistants, colleagues)


def _view(viewer: Viewer, target: Target) -> dict[str, Any]:
    return {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "targets": list(target.ids),
        "as_of": viewer.as_of,
    }


async def _judged(graph: Graph, state: State, viewer: Viewer, pairs: Iterable[Pair]) -> Past:
    """What passed between these. How surely the viewer answers is not asked: no answer needs it."""
    return await past(graph, state, viewer.member, sorted(pairs), without=viewer.person_id)
