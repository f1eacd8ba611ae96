"""Tests on the LDBC social network (scale factor 0.1). With equal strengths, the best route is the shortest path."""

import csv
import io
import tarfile
from collections import defaultdict, deque
from itertools import cycle
from random import Random

import neo4j
import pytest

from graph.database.client import Graph
from graph.introductions.routes import RouteQuestion, SearchDirection, search_in_database
from graph.viewer import NETWORK_AUDIENCE
from tests.drawing import NETWORK, viewer
from tests.sources.shared_exports import SHARED

ARCHIVE = SHARED / "oracles" / "ldbc_snb_sf0.1.tar.gz"
FILES = ("Person_knows_Person.csv", "Person_knows_Person_1.csv")
INTRODUCERS = 3

pytestmark = pytest.mark.skipif(not ARCHIVE.exists(), reason=f"the LDBC graph is not here: {ARCHIVE.name}")


def read_friends() -> dict[str, set[str]]:
    """The friends of each person, in both directions."""
    graph: dict[str, set[str]] = defaultdict(set)
    with tarfile.open(ARCHIVE) as archive:
        for half in FILES:
            member = archive.extractfile(f"ldbc_snb_sf0.1/dataset/ldbc-sf01/{half}")
            assert member is not None
            for one, other, _ in list(csv.reader(io.TextIOWrapper(member, "utf-8"), delimiter="|"))[1:]:
                graph[one].add(other)
                graph[other].add(one)
    return graph


def steps_from(graph: dict[str, set[str]], start: str) -> dict[str, int]:
    """The number of friendships between a person and every other."""
    steps, queue = {start: 0}, deque([start])
    while queue:
        person = queue.popleft()
        for friend in graph[person] - steps.keys():
            steps[friend] = steps[person] + 1
            queue.append(friend)
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


async def test_best_routes_with_equal_strengths_are_the_shortest_paths(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    friends_of = read_friends()
    await grow(driver, friends_of)
    chance = Random(20101122)
    pairs = [("768", "32985348833975"), *(chance.sample(sorted(friends_of), 2) for _ in range(60))]

    async def route_length(asker: str, target: str, form: SearchDirection) -> int | None:
        result = await search_in_database(
            graph, RouteQuestion(viewer(asker), [target], limit=1, max_introducers=INTRODUCERS), form=form
        )
        routes = result.routes
        return len(routes[0].people) + 1 if routes else None

    distances = {asker: steps_from(friends_of, asker) for asker, _ in pairs}

    assert distances["768"]["32985348833975"] == 3  # the value in the tests of the Kùzu project (IC13)
    for (asker, target), form in zip(pairs, cycle(SearchDirection), strict=False):
        distance = distances[asker].get(target)
        if distance == 1:
            continue  # direct friends need no introducer, and a direct tie is not a route
        expected = distance if distance is not None and distance <= INTRODUCERS + 1 else None
        assert await route_length(asker, target, form) == expected, (asker, target, form)
