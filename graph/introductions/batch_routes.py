"""Whom to ask for each of thousands of targets, searched in one pass from the asker outwards.

For every target the route is the one that graph.routes puts first, odds and order included; why, and what it costs,
stands in docs/decisions/0015-target-lists.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.introductions.routes import FoundRoute
from graph.viewer import Viewer

FIRST = cypher.load("introductions/expand_first_step")
NEXT = cypher.load("introductions/expand_next_step")
TARGETS = cypher.load("introductions/close_on_targets")

WAYS_AT_ONCE, TARGETS_AT_ONCE = 10_000, 2_500
HAIR = 1 - 1e-12
"""More than the rounding of a few products can change, a relative 2e-16 each."""


@dataclass(frozen=True, slots=True)
class _Way:
    """From the viewer to somebody who may know a target. `steps` run from that end to the viewer, as queries tell them.

    `round` are the targets that stand on it before its end, to whom it is no way.
    """

    odds: float
    steps: tuple[list[Any], ...]
    round: tuple[str, ...]

    @property
    def told(self) -> list[Any]:
        return [self.odds, list(self.round) or None, list(self.steps)]


_Ways = dict[str, list[_Way]]
"""By who stands at their end."""


async def reach(
    graph: Graph,
    viewer: Viewer,
    targets: Mapping[int, Sequence[str]],
    *,
    colleagues: Sequence[str] = (),
    max_introducers: int = 2,
    advance: Callable[[int], None] = lambda _: None,
) -> dict[int, FoundRoute]:
    """Return the best route to each target to whom there is one; targets are numbered by whoever asks.

    A target is several people where these are probably one human being. Routes start at people who know the viewer, and
    at `colleagues`, as those of graph.routes do. `advance` gets how many more targets are done.
    """
    if not targets:
        return {}
    search = _Search(graph, viewer, targets)
    ways = await search.first(colleagues)
    if max_introducers > 1:
        ends = await search.next(ways)
        ways = _both(ways, ends)
    await search.close(ways, advance if max_introducers < 3 else lambda _: None)
    if max_introducers > 2:
        await search.close(await search.next(ends, known=ways), advance)
    return {place: _found(route) for place, route in search.best.items()}


class _Search:
    def __init__(self, graph: Graph, viewer: Viewer, targets: Mapping[int, Sequence[str]]) -> None:
        self.graph, self.viewer, self.targets = graph, viewer, targets
        self.meant = {id for ids in targets.values() for id in ids}
        self.best: dict[int, list[Any]] = {}
        self.view = {"network": viewer.network, "audiences": viewer.audiences}
        self.never = list(viewer.ineligible_introducers)

    async def first(self, colleagues: Sequence[str]) -> _Ways:
        """The ways to those whom the viewer can ask."""
        rows = await self.graph.run(
            FIRST, **self.view, viewer_id=self.viewer.person_id, colleagues=list(colleagues), never=self.never
        )
        return {
            row["id"]: [self._way(row["strength"], [row["strength"], row["lacking"], row["name"], row["id"]], None)]
            for row in rows
        }

    async def next(self, ways: _Ways, known: _Ways | None = None) -> _Ways:
        """The ways one step longer that may be better than all that are known: `known`, else these."""
        there = {id: own[0].odds for id, own in (known or ways).items() if not own[0].round}
        floor = min(map(self._bound, self.targets)) * HAIR
        asked = [(id, way) for id, own in ways.items() for way in own if way.odds > floor]
        found: dict[str, list[_Way]] = defaultdict(list)
        for some in batches(enumerate(asked), WAYS_AT_ONCE):
            (row,) = await self.graph.run(
                NEXT,
                **self.view,
                ways=[[id, way.odds, bool(way.round) or id in self.meant, place] for place, (id, way) in some],
                never=self.never,
                known=there,
                floor=floor,
                hair=HAIR,
            )
            for id, name, kept in row["ends"]:
                found[id] += [self._way(odds, [acts, name, id], asked[place][1]) for place, acts, odds in kept]
        return {id: _kept(some) for id, some in found.items()}

    async def close(self, ways: _Ways, advance: Callable[[int], None]) -> None:
        """Take the best route by these ways to each target, where it is better than what there is."""
        told = {id: [way.told for way in own] for id, own in ways.items()}
        for some in batches(self.targets.items(), TARGETS_AT_ONCE):
            asked = [{"place": place, "ids": list(ids), "bound": self._bound(place)} for place, ids in some]
            (row,) = await self.graph.run(TARGETS, **self.view, targets=asked, ways=told, hair=HAIR)
            self.best |= dict(row["routes"])
            advance(len(some))

    def _bound(self, place: int) -> float:
        return -self.best[place][0] if place in self.best else 0.0

    def _way(self, odds: float, step: list[Any], before: _Way | None) -> _Way:
        if before is None:
            return _Way(odds, (step,), ())
        passed = before.steps[0][-1]
        return _Way(odds, (step, *before.steps), (*before.round, passed) if passed in self.meant else before.round)


def _kept(ways: Iterable[_Way]) -> list[_Way]:
    """The best of the ways to one person that no target stands on, and whatever is no worse; the best first."""
    found = sorted(ways, key=lambda way: -way.odds)
    best = max((way.odds for way in found if not way.round), default=0.0)
    return [way for way in found if way.odds >= best * HAIR]


def _both(one: _Ways, other: _Ways) -> _Ways:
    return {id: _kept([*one.get(id, ()), *other.get(id, ())]) for id in one.keys() | other.keys()}


def _found(route: list[Any]) -> FoundRoute:
    *people, target = route[4::3]
    return FoundRoute(people=tuple(people), score=-route[0], target=target)
