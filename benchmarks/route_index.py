"""Measures the route index, and compares each of its answers with that of Neo4j."""

import random
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import neo4j

from benchmarks.figures import Figure, spread, timed
from benchmarks.ties import TIES_ID, Drawn
from graph.database.client import Graph
from graph.introductions.index.build import read_route_index
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.introductions.index.route_index import RouteIndex
from graph.introductions.routes import RouteQuestion, search_in_database, search_in_memory

_CHANGE = """
MATCH (n:Network {id: $network}) SET n.ties_id = $ties_id, n.recent_ties_ids = [$ties_id] + n.recent_ties_ids
WITH n UNWIND $people AS id MATCH (p:Person {network: n.id, id: id}) SET p.ties_id = n.ties_id
"""
_UNCHANGE = """
MATCH (n:Network {id: $network}) SET n.ties_id = $ties_id, n.recent_ties_ids = [$ties_id]
WITH n UNWIND $people AS id MATCH (p:Person {network: n.id, id: id}) REMOVE p.ties_id
"""
_ROOM = 10**9
_CHANGED_ID = "changed"
_CHANGED = 100
"""People whose ties a small load changes."""


async def read_index(graph: Graph, drawn: Drawn) -> RouteIndex:
    """Read the index of the network, which answers the viewers of `drawn` once it is kept."""
    index = await read_route_index(graph, drawn.network, max_bytes=_ROOM)
    if index is None or index.ties_id != TIES_ID:
        raise RuntimeError("the ties have changed")
    return index


async def route_index(
    graph: Graph, driver: neo4j.AsyncDriver, drawn: Drawn, return_1: float, *, pairs: int
) -> AsyncIterator[Figure]:
    """Measure reading the index, applying a change to it, and `pairs` searches of each kind."""
    start = time.perf_counter()
    index = await read_index(graph, drawn)
    seconds = time.perf_counter() - start
    millions = index.tie_count / 1e6
    yield Figure(
        f"route index of {len(drawn.people):,} people",
        "s",
        {"seconds": seconds, "a million ties": seconds / millions, "bytes a tie": index.nbytes / index.tie_count},
    )
    changed = random.Random(6).sample(drawn.people, min(_CHANGED, len(drawn.people) // 10))
    await driver.execute_query(_CHANGE, network=drawn.network, ties_id=_CHANGED_ID, people=changed)
    start = time.perf_counter()
    updated = await read_route_index(graph, drawn.network, max_bytes=_ROOM, present=index)
    seconds = time.perf_counter() - start
    if updated is None or updated.ties_id != _CHANGED_ID:
        raise RuntimeError("the index was not brought up to date")
    yield Figure(f"changes of {len(changed)} people applied to the route index", "s", {"seconds": seconds})
    await driver.execute_query(_UNCHANGE, network=drawn.network, ties_id=TIES_ID, people=changed)
    ROUTE_INDEXES.keep(index, _ROOM)
    try:
        rng = random.Random(7)
        ordinary = [tuple(rng.sample(drawn.people, 2)) for _ in range(pairs)]
        for what, hub in {"ordinary": None, **drawn.hubs}.items():
            for introducers in (1, 2, 3):

                async def ask(pair: tuple[str, ...], hub: str | None = hub, introducers: int = introducers) -> None:
                    question = RouteQuestion(drawn.viewer(hub or pair[0]), [pair[1]], max_introducers=introducers)
                    await search_in_memory(graph, question)

                await timed(ask, ordinary[: pairs // 10])
                label = f"routes in memory, {len(drawn.people):,} people, asker {what}, {introducers} introducers"
                yield spread(label, await timed(ask, ordinary), return_1)
    finally:
        ROUTE_INDEXES.clear()


async def compare_engines(graph: Graph, drawn: Drawn, index: RouteIndex, compared: int) -> Figure:
    """Ask both engines the same random questions, also with colleagues and excluded introducers."""
    ROUTE_INDEXES.keep(index, _ROOM)
    try:
        return await _compare(graph, drawn, compared)
    finally:
        ROUTE_INDEXES.clear()


async def _compare(graph: Graph, drawn: Drawn, compared: int) -> Figure:
    rng = random.Random(8)
    askers = [*drawn.people, *(hub for hub in drawn.hubs.values() for _ in range(len(drawn.people) // 10))]
    route_count = 0
    for _ in range(compared):
        viewer = replace(
            drawn.viewer(rng.choice(askers)), excluded_introducers=tuple(rng.sample(drawn.people, rng.choice((0, 9))))
        )
        question = RouteQuestion(
            viewer,
            rng.sample(drawn.people, rng.choice((1, 1, 1, 2))),
            limit=rng.choice((1, 5, 20)),
            max_introducers=rng.choice((1, 2, 3, 3)),
            colleagues=rng.sample(drawn.people, rng.choice((0, 0, 5))),
        )
        in_memory, in_database = await search_in_memory(graph, question), await search_in_database(graph, question)
        if in_memory != in_database:
            raise RuntimeError(f"the engines differ for {question}: {in_memory}, {in_database}")
        route_count += len(in_database.routes)
    return Figure(
        "searches with the same result in memory and in Neo4j",
        "",
        {"people": len(drawn.people), "searches": compared, "routes": route_count},
    )
