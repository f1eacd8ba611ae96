"""Measures a target list for one member of a team against separate searches."""

import random
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import neo4j

from benchmarks.figures import Figure, spread, timed
from benchmarks.loading import word
from benchmarks.ties import Drawn
from graph.database.batching import batches
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.target_answer import TargetOutcome
from graph.introductions.target_list import answer_target_list
from graph.lookup.resolve import PersonReference
from graph.names.keys import fold_name
from graph.viewer import Viewer

TEAM = 40
SOURCE = "everybody"
NAMES = """
MERGE (s:Source {network: $network, id: $source})
WITH s
UNWIND $rows AS row
MATCH (p:Person {network: $network, id: row.id})
CREATE (i:Identity {network: $network, key: 'email:' + row.email})-[:OF]->(p)
CREATE (s)-[:NAMES {key: $network + row.email, network: $network, name: row.name, folded: row.folded}]->(i)
SET p.name = row.name, p.names = [row.name]
"""


async def lists(
    graph: Graph, driver: neo4j.AsyncDriver, drawn: Drawn, return_1: float, *, listed: int, comparisons: int
) -> AsyncIterator[Figure]:
    """Measure `listed` targets at once by address and name, and `comparisons` of them one by one, scaled to all."""
    rng = random.Random(5)
    rows = [{"id": id, "email": address(id), "name": _name(rng)} for id in drawn.people]
    for batch in batches(rows, 5_000):
        folded_rows = [{**row, "folded": fold_name(row["name"])} for row in batch]
        await driver.execute_query(NAMES, rows=folded_rows, network=drawn.network, source=SOURCE)
    await driver.execute_query("CALL db.awaitIndexes()")
    viewer = view(drawn)
    chosen = rng.sample(rows, listed)
    targets_by_kind: dict[str, list[PersonReference]] = {
        "address": [row["email"] for row in chosen],
        "name": [row["name"] for row in chosen],
    }
    await answer_target_list(graph, viewer, targets_by_kind["address"][:comparisons], team=True, max_introducers=3)
    for how, asked in targets_by_kind.items():
        yield await _measure_list(graph, viewer, asked, 2, f"{listed:,} targets by {how} at once")
    yield await _measure_list(graph, viewer, targets_by_kind["address"], 3, f"{listed:,} targets by address at once")
    for introducers in (2, 3):

        async def ask(row: dict[str, str], introducers: int = introducers) -> None:
            await introductions(graph, viewer, row["email"], limit=1, max_introducers=introducers, team=True)

        await timed(ask, chosen[: comparisons // 10 or 1])
        durations = await timed(ask, chosen[:comparisons])
        figure = spread(f"{comparisons:,} of them one by one, {introducers} introducers", durations, return_1)
        figure.values["seconds for all"] = sum(durations) / 1000 / len(durations) * listed
        yield figure


def view(drawn: Drawn) -> Viewer:
    """The view of one member of a team of the best-known people, over a source that names everybody."""
    known = [0] * (len(drawn.people) + len(drawn.hubs))
    for _, towards, _ in drawn.ties:
        known[towards] += 1
    me, *others = sorted(range(len(drawn.people)), key=lambda place: -known[place])[:TEAM]
    colleagues = tuple(drawn.people[place] for place in others)
    return replace(drawn.viewer(drawn.people[me]), sources=(SOURCE,), colleagues=colleagues)


async def _measure_list(
    graph: Graph, viewer: Viewer, asked: list[PersonReference], introducers: int, what: str
) -> Figure:
    _reset_peak()
    start = time.perf_counter()
    ranked = await answer_target_list(graph, viewer, asked, team=True, max_introducers=introducers)
    values = {"seconds": time.perf_counter() - start, "peak MB": _peak()}
    values |= {standing.value: sum(one.standing is standing for one in ranked) for standing in TargetOutcome}
    return Figure(f"{what}, a team of {TEAM}, {introducers} introducers", "s", values)


def address(id: str) -> str:
    """The address under which the source names a generated person."""
    return f"{id}@works.example"


def _name(rng: random.Random) -> str:
    return f"{word(rng, 2)} {word(rng, 3)}"


def _reset_peak() -> None:
    """Reset the peak memory of this process (Linux only)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def _peak() -> float:
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(peak) / 1000
