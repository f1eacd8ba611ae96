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
from graph.introductions.target_list import Standing, answer_target_list
from graph.lookup.resolve import Asked
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
    graph: Graph, driver: neo4j.AsyncDriver, drawn: Drawn, return_1: float, *, listed: int, beside: int
) -> AsyncIterator[Figure]:
    """Measure `listed` targets at once by address and name, and `beside` of them one by one, scaled to all."""
    dice = random.Random(5)
    rows = [{"id": id, "email": address(id), "name": _name(dice)} for id in drawn.people]
    for some in batches(rows, 5_000):
        named = [{**row, "folded": fold_name(row["name"])} for row in some]
        await driver.execute_query(NAMES, rows=named, network=drawn.network, source=SOURCE)
    await driver.execute_query("CALL db.awaitIndexes()")
    viewer = view(drawn)
    chosen = dice.sample(rows, listed)
    ways: dict[str, list[Asked]] = {
        "address": [row["email"] for row in chosen],
        "name": [row["name"] for row in chosen],
    }
    await answer_target_list(graph, viewer, ways["address"][:beside], team=True, max_introducers=3)
    for how, asked in ways.items():
        yield await _at_once(graph, viewer, asked, 2, f"{listed:,} targets by {how} at once")
    yield await _at_once(graph, viewer, ways["address"], 3, f"{listed:,} targets by address at once")
    for introducers in (2, 3):

        async def ask(row: dict[str, str], introducers: int = introducers) -> None:
            await introductions(graph, viewer, row["email"], limit=1, max_introducers=introducers, team=True)

        await timed(ask, chosen[: beside // 10 or 1])
        taken = await timed(ask, chosen[:beside])
        figure = spread(f"{beside:,} of them one by one, {introducers} introducers", taken, return_1)
        figure.values["seconds for all"] = sum(taken) / 1000 / len(taken) * listed
        yield figure


def view(drawn: Drawn) -> Viewer:
    """The view of one member of a team of the best-known people, over a source that names everybody."""
    known = [0] * (len(drawn.people) + len(drawn.hubs))
    for _, towards, _ in drawn.ties:
        known[towards] += 1
    me, *others = sorted(range(len(drawn.people)), key=lambda place: -known[place])[:TEAM]
    colleagues = tuple(drawn.people[place] for place in others)
    return replace(drawn.viewer(drawn.people[me]), sources=(SOURCE,), colleagues=colleagues)


async def _at_once(graph: Graph, viewer: Viewer, asked: list[Asked], introducers: int, what: str) -> Figure:
    _forget_peak()
    began = time.perf_counter()
    ranked = await answer_target_list(graph, viewer, asked, team=True, max_introducers=introducers)
    values = {"seconds": time.perf_counter() - began, "peak MB": _peak()}
    values |= {standing.value: sum(one.standing is standing for one in ranked) for standing in Standing}
    return Figure(f"{what}, a team of {TEAM}, {introducers} introducers", "s", values)


def address(id: str) -> str:
    """The address under which the source names a generated person."""
    return f"{id}@works.example"


def _name(dice: random.Random) -> str:
    return f"{word(dice, 2)} {word(dice, 3)}"


def _forget_peak() -> None:
    """Reset the peak memory of this process (Linux only)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def _peak() -> float:
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(peak) / 1000
