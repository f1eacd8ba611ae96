"""Measures a target list for one member of a team, with evidence and CSV, against separate searches."""

import random
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figure, spread, timed
from benchmarks.ties import Drawn, address
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.introductions.index.route_index import RouteIndex
from graph.introductions.target_answer import TargetOutcome
from graph.introductions.target_list import answer_target_list, with_addresses, with_evidence
from graph.lookup.resolve import PersonReference
from graph.viewer import Viewer
from presentation.target_list_csv import target_list_lines
from sources.tables.target_list import TargetList, TargetRow

TEAM = 40


async def lists(
    graph: Graph, drawn: Drawn, index: RouteIndex, return_1: float, *, listed: int, comparisons: int
) -> AsyncIterator[Figure]:
    """Measure `listed` targets at once by address and name, and `comparisons` of them one by one, scaled to all."""
    viewer = view(drawn)
    chosen = random.Random(5).sample(drawn.people, listed)
    by_address: list[PersonReference] = [address(id) for id in chosen]
    by_name: list[PersonReference] = [drawn.names[id] for id in chosen]
    ROUTE_INDEXES.keep(index, index.nbytes)
    try:
        for some in (by_address, by_name[:comparisons]):
            await _measure_list(graph, viewer, some, 3, "")  # plans the queries
        for how, asked, introducers in (("address", by_address, 2), ("name", by_name, 2), ("address", by_address, 3)):
            what = f"{listed:,} targets by {how}, a team of {TEAM}, {introducers} introducers"
            yield await _measure_list(graph, viewer, asked, introducers, what)
        for introducers in (2, 3):

            async def ask(id: str, introducers: int = introducers) -> None:
                await introductions(graph, viewer, address(id), limit=1, max_introducers=introducers, team=True)

            await timed(ask, chosen[: comparisons // 10 or 1])
            durations = await timed(ask, chosen[:comparisons])
            figure = spread(f"{comparisons:,} of them one by one, {introducers} introducers", durations, return_1)
            figure.values["seconds for all"] = sum(durations) / 1000 / len(durations) * listed
            yield figure
    finally:
        ROUTE_INDEXES.clear()


def view(drawn: Drawn) -> Viewer:
    """The view of one member of a team of the best-known people."""
    known = [0] * (len(drawn.people) + len(drawn.hubs))
    for _, towards, _ in drawn.ties:
        known[towards] += 1
    me, *others = sorted(range(len(drawn.people)), key=lambda place: -known[place])[:TEAM]
    return replace(drawn.viewer(drawn.people[me]), colleagues=tuple(drawn.people[place] for place in others))


async def _measure_list(
    graph: Graph, viewer: Viewer, asked: list[PersonReference], introducers: int, what: str
) -> Figure:
    """The time from the references to the CSV."""
    rows = TargetList(("person",), tuple(TargetRow(line, (str(each),)) for line, each in enumerate(asked)))
    _reset_peak()
    start = time.perf_counter()
    ranked = await answer_target_list(graph, viewer, asked, team=True, max_introducers=introducers)
    ranked = await with_addresses(graph, viewer, await with_evidence(graph, viewer, ranked))
    size = sum(len(line) for line in target_list_lines(rows, ranked))
    values = {"seconds": time.perf_counter() - start, "peak MB": _peak(), "CSV MB": size / 1e6}
    values |= {standing.value: sum(one.standing is standing for one in ranked) for standing in TargetOutcome}
    return Figure(what, "s", values)


def _reset_peak() -> None:
    """Reset the peak memory of this process (Linux only)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def _peak() -> float:
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(peak) / 1000
