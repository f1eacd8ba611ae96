"""The LDBC social network (scale factor 0.1): with every act at the same odds, the best route is the shortest path."""

import csv
import io
import os
import tarfile
from collections import defaultdict, deque
from itertools import cycle
from pathlib import Path
from random import Random

import neo4j
import pytest

from graph.database.client import Graph
from graph.introductions.routes import Form, search
from graph.viewer import NETWORK_AUDIENCE
from tests.drawing import NETWORK, viewer

SHARED = Path(os.environ.get("TERTIUS_SHARED", Path(__file__).parents[3] / "shared"))
ARCHIVE = SHARED / "data" / "oracles" / "ldbc_snb_sf0.1.tar.gz"
HALVES = ("Person_knows_Person.csv", "Person_knows_Person_1.csv")
INTRODUCERS = 3

pytestmark = pytest.mark.skipif(not ARCHIVE.exists(), reason=f"the LDBC graph is not here: {ARCHIVE.name}")


def friends() -> dict[str, set[str]]:
    """Who is whose friend, both ways."""
    graph: dict[str, set[str]] = defaultdict(set)
    with tarfile.open(ARCHIVE) as archive:
        for half in HALVES:
            member = archive.extractfile(f"ldbc_snb_sf0.1/dataset/ldbc-sf01/{half}")
            assert member is not None
            for one, other, _ in list(csv.reader(io.TextIOWrapper(member, "utf-8"), delimiter="|"))[1:]:
                graph[one].add(other)
                graph[other].add(one)
    return graph


def steps_from(graph: dict[str, set[str]], start: str) -> dict[str, int]:
    """How many friendships away everybody is."""
    steps, queue = {start: 0}, deque([start])
    while queue:
        one = queue.popleft()
        for other in graph[one] - steps.keys():
            steps[other] = steps[one] + 1
            queue.append(other)
    return steps


async def grow(driver: neo4j.AsyncDriver, friends: dict[str, set[str]]) -> None:
    await driver.execute_query(
        "UNWIND $ids AS id CREATE (:Person {network: $network, id: id, name: id})", ids=list(friends), network=NETWORK
    )
    await driver.execute_query(
        """
        UNWIND $rows AS row
        MATCH (a:Person {network: $network, id: row[0]})
        UNWIND row[1] AS id
        MATCH (b:Person {network: $network, id: id})
        CREATE (b)-[:KNOWS {by: b.id, towards: a.id, audience: $audience, strength: 0.5, mutual_strength: 0.5}]->(a)
        """,
        rows=[[one, sorted(others)] for one, others in friends.items()],
        network=NETWORK,
        audience=NETWORK_AUDIENCE,
    )


async def test_the_fewest_introducers_are_the_known_shortest_paths(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    known = friends()
    await grow(driver, known)
    chance = Random(20101122)
    pairs = [("768", "32985348833975"), *(chance.sample(sorted(known), 2) for _ in range(200))]

    async def fewest(asker: str, target: str, form: Form) -> int | None:
        ways = await search(graph, viewer(asker), targets=[target], limit=1, max_introducers=INTRODUCERS, form=form)
        found = ways.routes
        return len(found[0].people) + 1 if found else None

    distances = {asker: steps_from(known, asker) for asker, _ in pairs}

    assert distances["768"]["32985348833975"] == 3  # as the Kùzu project's tests have it (IC13)
    for (asker, target), form in zip(pairs, cycle(Form), strict=False):
        distance = distances[asker].get(target)
        if distance == 1:
            continue  # they know each other: no introducer is needed, and the direct tie is no route
        expected = distance if distance is not None and distance <= INTRODUCERS + 1 else None
        assert await fewest(asker, target, form) == expected, (asker, target, form)
