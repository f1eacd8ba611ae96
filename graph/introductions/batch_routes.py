"""Finds the best route to each of thousands of targets in one pass from the asker outwards.

For every target the result equals the first route of graph.introductions.routes, score and order included.
docs/decisions/0015-target-lists.md explains the method and its cost.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.introductions.index.registry import ROUTE_INDEXES, TooManyTies
from graph.introductions.routes import FoundRoute
from graph.viewer import Viewer

FIRST = cypher.load("introductions/expand_first_step")
NEXT = cypher.load("introductions/expand_next_step")
EXTEND_TO_TARGETS = cypher.load("introductions/extend_to_targets")

PATHS_PER_QUERY, TARGETS_PER_QUERY = 10_000, 2_500
SECONDS_IN_MEMORY = 0.005
"""Seconds of searching in memory after which other requests have their turn."""
TOLERANCE = 1 - 1e-12
"""Tolerance that covers the rounding of a few products, a relative 2e-16 each."""


@dataclass(frozen=True, slots=True)
class _Path:
    """A path from the viewer to a person who may know a target.

    `steps` run from that person back to the viewer, in the form that the queries return. `targets_on_path` are targets
    before the end of the path; the path is not valid for them.
    """

    score: float
    steps: tuple[list[Any], ...]
    targets_on_path: tuple[str, ...]

    @property
    def as_parameter(self) -> list[Any]:
        """The path in the form that the queries take."""
        return [self.score, list(self.targets_on_path) or None, list(self.steps)]


_Paths = dict[str, list[_Path]]
"""Paths by the person at their end."""


async def find_best_routes(
    graph: Graph,
    viewer: Viewer,
    targets: Mapping[int, Sequence[str]],
    *,
    colleagues: Sequence[str] = (),
    max_introducers: int = 2,
    advance: Callable[[int], None] = lambda _: None,
) -> dict[int, FoundRoute]:
    """Return the best route to each target that has one, by the caller's number of the target.

    A target is several ids where these are probably one person. Routes start at people who know the viewer and at
    `colleagues`, as in graph.introductions.routes. `advance` is called with the number of further targets done. It is
    negative if the search starts again in Neo4j.
    """
    if not targets:
        return {}
    routes = await _find_in_memory(viewer, targets, colleagues, max_introducers, advance)
    if routes is not None:
        return routes
    search = _Search(graph, viewer, targets)
    paths = await search.first(colleagues)
    if max_introducers > 1:
        longer = await search.next(paths)
        paths = _merge(paths, longer)
    await search.extend_to_targets(paths, advance if max_introducers < 3 else lambda _: None)
    if max_introducers > 2:
        await search.extend_to_targets(await search.next(longer, known=paths), advance)
    return {place: _found_route(route) for place, route in search.best.items()}


async def _find_in_memory(
    viewer: Viewer,
    targets: Mapping[int, Sequence[str]],
    colleagues: Sequence[str],
    max_introducers: int,
    advance: Callable[[int], None],
) -> dict[int, FoundRoute] | None:
    """Search in the index of the network; None if it is not current or the search reads too many ties."""
    index = ROUTE_INDEXES.find(viewer)
    if index is None:
        return None
    searching = index.search_list(
        asker=viewer.person_id or "",
        targets=targets.values(),
        never=viewer.ineligible_introducers,
        audiences=viewer.audiences,
        colleagues={*colleagues}.difference(viewer.ineligible_introducers),
        max_introducers=max_introducers,
    )
    routes: dict[int, FoundRoute] = {}
    reported, turn = 0, monotonic()
    try:
        for done, (place, route) in enumerate(zip(targets, searching, strict=True), 1):
            if route is not None:
                routes[place] = FoundRoute(*route)
            if monotonic() - turn > SECONDS_IN_MEMORY:
                advance(done - reported)
                await asyncio.sleep(0)
                reported, turn = done, monotonic()
    except TooManyTies:
        advance(-reported)  # Neo4j searches all of them
        return None
    advance(len(targets) - reported)
    return routes


class _Search:
    def __init__(self, graph: Graph, viewer: Viewer, targets: Mapping[int, Sequence[str]]) -> None:
        self.graph, self.viewer, self.targets = graph, viewer, targets
        self.target_ids = {id for ids in targets.values() for id in ids}
        self.best: dict[int, list[Any]] = {}
        self.view = {"network": viewer.network, "audiences": viewer.audiences}
        self.ineligible = list(viewer.ineligible_introducers)

    async def first(self, colleagues: Sequence[str]) -> _Paths:
        """Return the paths of one step: to everybody whom the viewer can ask."""
        rows = await self.graph.run(
            FIRST, **self.view, viewer_id=self.viewer.person_id, colleagues=list(colleagues), never=self.ineligible
        )
        return {
            row["id"]: [self._extend(row["strength"], [row["strength"], row["lacking"], row["name"], row["id"]], None)]
            for row in rows
        }

    async def next(self, paths: _Paths, known: _Paths | None = None) -> _Paths:
        """Return the paths one step longer that may beat the known ones: `known`, or else `paths`."""
        scores = {id: own[0].score for id, own in (known or paths).items() if not own[0].targets_on_path}
        floor = min(map(self._bound, self.targets)) * TOLERANCE
        open_paths = [(id, path) for id, own in paths.items() for path in own if path.score > floor]
        longer_paths: dict[str, list[_Path]] = defaultdict(list)
        for some in batches(enumerate(open_paths), PATHS_PER_QUERY):
            (row,) = await self.graph.run(
                NEXT,
                **self.view,
                paths=[
                    [id, path.score, bool(path.targets_on_path) or id in self.target_ids, place]
                    for place, (id, path) in some
                ],
                never=self.ineligible,
                known=scores,
                floor=floor,
                hair=TOLERANCE,
            )
            for id, name, kept in row["ends"]:
                longer_paths[id] += [
                    self._extend(score, [strength, name, id], open_paths[place][1]) for place, strength, score in kept
                ]
        return {id: _best_paths(some) for id, some in longer_paths.items()}

    async def extend_to_targets(self, paths: _Paths, advance: Callable[[int], None]) -> None:
        """Keep the best route over these paths to each target where it beats the present one."""
        parameters = {id: [path.as_parameter for path in own] for id, own in paths.items()}
        for some in batches(self.targets.items(), TARGETS_PER_QUERY):
            asked = [{"place": place, "ids": list(ids), "bound": self._bound(place)} for place, ids in some]
            (row,) = await self.graph.run(
                EXTEND_TO_TARGETS, **self.view, targets=asked, paths=parameters, hair=TOLERANCE
            )
            self.best |= dict(row["routes"])
            advance(len(some))

    def _bound(self, place: int) -> float:
        return -self.best[place][0] if place in self.best else 0.0

    def _extend(self, score: float, step: list[Any], before: _Path | None) -> _Path:
        if before is None:
            return _Path(score, (step,), ())
        passed = before.steps[0][-1]
        is_target = passed in self.target_ids
        on_path = (*before.targets_on_path, passed) if is_target else before.targets_on_path
        return _Path(score, (step, *before.steps), on_path)


def _best_paths(paths: Iterable[_Path]) -> list[_Path]:
    """Return the best path to one person without a target on it and all paths at least as good, best first."""
    by_score = sorted(paths, key=lambda path: -path.score)
    best = max((path.score for path in by_score if not path.targets_on_path), default=0.0)
    return [path for path in by_score if path.score >= best * TOLERANCE]


def _merge(one: _Paths, other: _Paths) -> _Paths:
    return {id: _best_paths([*one.get(id, ()), *other.get(id, ())]) for id in one.keys() | other.keys()}


def _found_route(route: list[Any]) -> FoundRoute:
    *people, target = route[4::3]
    return FoundRoute(people=tuple(people), score=-route[0], target=target)
