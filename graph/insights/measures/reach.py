"""Finds everybody whom the viewer can reach, with the least number of introducers.

The definition of a route is that of graph.introductions.routes; tests compare both. Routes that start at colleagues are
left out.
"""

import asyncio
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.insights.listed_people import LIST_TIES_OF_VIEWER
from graph.introductions.index.registry import ROUTE_INDEXES, TooManyTies
from graph.viewer import Viewer

_LIST_TIES_OF_INTRODUCERS = cypher.load("insights/list_ties_of_introducers")

MAX_INTRODUCERS_COUNTED = 3
_IN_MEMORY_AT_ONCE = 100
"""People whose ties are read in memory before other requests have their turn."""


@dataclass(frozen=True, slots=True)
class ReachedPerson:
    """A person to whom a route leads.

    `introducers` are the ids of those on the best of the routes with the fewest, the one to ask first. `score` is that
    of this route.
    """

    person_id: str
    introducers: tuple[str, ...]
    score: float

    @property
    def first_introducer(self) -> str:
        """The id of the person to ask."""
        return self.introducers[0]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom the viewer can reach: `known` are the strengths of ties to the viewer; `reached` need introducers."""

    known: Mapping[str, float]
    reached: Mapping[str, ReachedPerson]

    def among(self, ids: AbstractSet[str] | None) -> "Reach":
        """Return the part about these people; None stands for everybody."""
        if ids is None:
            return self
        known = {id: strength for id, strength in self.known.items() if id in ids}
        return Reach(known, {id: one for id, one in self.reached.items() if id in ids})

    def counts(self) -> dict[int, int]:
        """Return the number of people by the number of introducers, 0 for those who know the viewer."""
        numbers = [len(each.introducers) for each in self.reached.values()]
        return {0: len(self.known)} | {count: numbers.count(count) for count in range(1, MAX_INTRODUCERS_COUNTED + 1)}


@dataclass(frozen=True, slots=True)
class IntroducerTies:
    """The ties of a person who may introduce: whom they know, by mutual strength, and who knows them, by strength."""

    id: str
    knows: Sequence[tuple[str, float]]
    known_by: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Path:
    """The best path to an introducer who is its end: its score, its introducers, and who is before the end."""

    score: float
    introducers: tuple[str, ...]
    before: str


async def read_reach(
    graph: Graph, viewer: Viewer, *, min_score: float, max_introducers: int = MAX_INTRODUCERS_COUNTED
) -> Reach:
    """Return everybody to whom a route with a score of at least `min_score` leads."""
    me = viewer.person_id or ""
    left_out = viewer.archived_people.union(viewer.objectors)
    never = left_out.union(viewer.ineligible_introducers)
    (row,) = await graph.run(LIST_TIES_OF_VIEWER, network=viewer.network, viewer_id=me, audiences=viewer.audiences)
    known = {id: strength for id, strength, _, _ in row["ties"] if strength is not None}
    reached: dict[str, ReachedPerson] = {}
    awake = {id: strength for id, _, _, strength in row["ties"] if strength is not None}
    paths = {id: [_Path(strength, (id,), me)] for id, strength in sorted(awake.items()) if id not in never}
    for _ in range(max_introducers):
        if not paths:
            break
        ties = await read_ties_of_introducers(graph, viewer, [*paths])
        ends = _best_ends(paths, ties, min_score)
        reached |= {
            id: one
            for id, one in ends.items()
            if id != me and id not in known and id not in reached and id not in left_out
        }
        paths = _longer_paths(paths, ties, never, min_score)
    return Reach({id: strength for id, strength in known.items() if id not in left_out}, reached)


async def read_ties_of_introducers(graph: Graph, viewer: Viewer, ids: Sequence[str]) -> list[IntroducerTies]:
    """Return the ties of these people that routes may use: of the route index if it is current, or else of Neo4j."""
    index = ROUTE_INDEXES.find(viewer)
    if index is not None:
        rows: list[IntroducerTies] = []
        try:
            for some in batches(ids, _IN_MEMORY_AT_ONCE):
                rows += [IntroducerTies(*ties) for ties in index.ties_of(some, viewer.audiences)]
                await asyncio.sleep(0)  # other requests have their turn
        except TooManyTies:
            pass
        else:
            return rows
    (row,) = await graph.run(_LIST_TIES_OF_INTRODUCERS, network=viewer.network, ids=ids, audiences=viewer.audiences)
    return [IntroducerTies(id, knows, known_by) for id, knows, known_by in row["people"]]


def _best_ends(
    paths: Mapping[str, Sequence[_Path]],
    ties: Sequence[IntroducerTies],
    least: float,
) -> dict[str, ReachedPerson]:
    best: dict[str, ReachedPerson] = {}
    for row in ties:
        for target, mutual_strength in row.knows:
            # a path that leads over the target is no route to the target
            path = next((path for path in paths[row.id] if path.before != target), None)
            if path is None or path.score * mutual_strength < least:
                continue
            score = path.score * mutual_strength
            if target not in best or (-score, path.introducers) < (-best[target].score, best[target].introducers):
                best[target] = ReachedPerson(target, path.introducers, score)
    return best


def _longer_paths(
    paths: Mapping[str, Sequence[_Path]],
    ties: Sequence[IntroducerTies],
    never: AbstractSet[str],
    least: float,
) -> dict[str, list[_Path]]:
    """Return the best two paths to each next introducer that differ in the person before them."""
    longer: dict[str, list[_Path]] = {}
    for row in ties:
        last = row.id
        for following, strength in row.known_by:
            path = next((path for path in paths[last] if path.before != following), None)
            if path is None or following in never or following == path.introducers[0]:
                continue
            if (score := path.score * strength) >= least:
                longer.setdefault(following, []).append(_Path(score, (*path.introducers, following), last))
    return {
        id: sorted(candidates, key=lambda path: (-path.score, path.introducers))[:2]
        for id, candidates in longer.items()
    }
