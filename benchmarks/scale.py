"""Measures how the cost of a network grows with its people: load, derivation, route index, searches and memory."""

import os
import random
import resource
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import psutil

from benchmarks.figures import Figure, spread, timed
from benchmarks.loading import TODAY, TimedGraph, messages
from graph.derivation.refresh import refresh_network
from graph.ingest.load import load_records
from graph.introductions.index.build import read_route_index
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.introductions.routes import RouteQuestion, search_in_memory
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.people.build import stored_digests

SIZES = (12_500, 50_000, 200_000, 800_000)
"""The people of the default networks. Each has three pairs of evidence a person."""
_ROOM = 10**10
_MB = 1e6


async def scale(
    graph: TimedGraph, sizes: Sequence[int], return_1: float, *, searches: int, server: int | None
) -> AsyncIterator[Figure]:
    """Measure one network of each size. `server` is the process id of Neo4j, None if it runs elsewhere."""
    for people in sizes:
        values = await _loaded(graph, f"scale-{people}-{time.time_ns()}", people, return_1, searches)
        values["process MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MB
        if server is not None:
            values["Neo4j MB"] = psutil.Process(server).memory_info().rss / _MB
        values["load average"], *_ = os.getloadavg()
        yield Figure(f"{people:,} people", "", values)


async def _loaded(graph: TimedGraph, name: str, people: int, return_1: float, searches: int) -> dict[str, float]:
    network, member = await find_or_create_network(graph, name, today=TODAY)
    start = time.perf_counter()
    await load_records(graph, network, member, kind="mailbox", records=messages(people), today=TODAY)
    loaded = time.perf_counter()
    await refresh_network(graph, network, as_of=TODAY - timedelta(days=1))
    moved = time.perf_counter()
    index = await read_route_index(graph, network, max_bytes=_ROOM)
    indexed = time.perf_counter()
    if index is None:
        raise RuntimeError("the ties changed while they were read")
    ROUTE_INDEXES.keep(index, _ROOM)
    try:
        viewer = build_viewer(await read_state(graph, network), member)
        rng = random.Random(9)
        everybody = sorted(await stored_digests(graph, network))
        pairs = [rng.sample(everybody, 2) for _ in range(searches)]

        async def search(pair: list[str]) -> None:
            await search_in_memory(graph, RouteQuestion(replace(viewer, person_id=pair[0]), [pair[1]]))

        await timed(search, pairs[: searches // 10])
        durations = spread("", await timed(search, pairs), return_1).values
    finally:
        ROUTE_INDEXES.clear()
    return {
        "evidence pairs": 3 * people,
        "load s": loaded - start,
        "of it before derivation s": graph.published_at - start,
        "pairs/s": 3 * people / (loaded - start),
        "new day s": moved - loaded,
        "index s": indexed - moved,
        "index MB": index.nbytes / _MB,
        "ties": index.tie_count,
        "search p50 ms": durations["p50"],
        "search p99 ms": durations["p99"],
    }
