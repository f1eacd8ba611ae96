"""Markers by fixture, and a Neo4j that is emptied before each test."""

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import hypothesis
import neo4j
import pytest
import pytest_asyncio

from graph.database.client import Graph
from graph.database.gc_tuning import reduce_gc_frequency
from graph.database.migrations import migrate
from graph.viewer import NETWORK_AUDIENCE
from tests.drawing import AS_OF, NETWORK, people, ties

# Some environments forbid Python to write bytecode. Every process that a test starts would compile all modules anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# as the service and the commands do
reduce_gc_frequency()

# Hypothesis fails examples that take 0.2 s, and tests that generate slowly: a busy machine does.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

pytest_plugins = ["tests.databases", "tests.mail_server"]

Grow = Callable[..., Awaitable[None]]
LAWS = Path(__file__).with_name("laws")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that use a Neo4j as `database`, the mail server as `slow`, and property tests as `law`.

    All tests of a file are `shared_neo4j` if one of them uses the Neo4j of the process: they share what they prepare.
    """
    shared = {item.path for item in items if "neo4j_server" in getattr(item, "fixturenames", ())}
    for item in items:
        if item.path in shared:
            item.add_marker(pytest.mark.shared_neo4j)
        fixtures = getattr(item, "fixturenames", ())
        if "neo4j_server" in fixtures:
            item.add_marker(pytest.mark.database)
        if "mail_server" in fixtures:
            item.add_marker(pytest.mark.slow)
        if LAWS in item.path.parents or getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.law)


@pytest.fixture(scope="session")
def migrated(neo4j_server: tuple[str, str, str]) -> tuple[str, str, str]:
    """The server after all migrations."""
    migrate(*neo4j_server)
    return neo4j_server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def driver(migrated: tuple[str, str, str]) -> AsyncIterator[neo4j.AsyncDriver]:
    """The driver with which tests draw and read graphs; Tertius itself uses `graph`.

    It disables notifications, as the driver of Tertius does: Neo4j warns of each label that a new store does not have.
    """
    uri, user, password = migrated
    async with neo4j.AsyncGraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver:
        yield driver


@pytest_asyncio.fixture(loop_scope="session")
async def graph(driver: neo4j.AsyncDriver) -> Graph:
    """An empty graph."""
    await wipe(driver)
    return Graph(driver)


async def wipe(driver: neo4j.AsyncDriver) -> None:
    """Delete everything except the record of migrations."""
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")


@pytest.fixture
def grow(driver: neo4j.AsyncDriver, graph: Graph) -> Grow:
    """Create people and ties from a drawing: `await grow("ana <-0.9- ben -0.8-> cleo")`. Ids are the names."""

    async def draw(*drawings: str) -> None:
        names = sorted({name for drawing in drawings for name in people(drawing)})
        rows = [row for drawing in drawings for row in ties(drawing)]
        await driver.execute_query(
            """
            UNWIND $names AS name
            MERGE (p:Person {network: $network, id: name}) SET p.name = name, p.names = [name]
            """,
            names=names,
            network=NETWORK,
        )
        await driver.execute_query(
            """
            UNWIND $rows AS row
            MATCH (b:Person {network: $network, id: row.by}), (a:Person {network: $network, id: row.towards})
            MERGE (b)-[k:KNOWS {audience: $audience}]->(a)
            SET k.by = b.id, k.towards = a.id,
                k.strength = row.strength, k.mutual_strength = row.mutual_strength,
                k.last_day = $as_of, k.is_mutual = true
            """,
            rows=rows,
            network=NETWORK,
            audience=NETWORK_AUDIENCE,
            as_of=AS_OF,
        )

    return draw


@pytest.fixture
def environment(graph: Graph, migrated: tuple[str, str, str], tmp_path: Path) -> dict[str, str]:
    """Environment of a command that serves the network `served` of the tests' empty database on a free port."""
    uri, user, password = migrated
    return os.environ | {
        "TERTIUS_NEO4J__URI": uri,
        "TERTIUS_NEO4J__USER": user,
        "TERTIUS_NEO4J__PASSWORD": password,
        "TERTIUS_HTTP__PORT": "0",
        "TERTIUS_NETWORK": "served",
        "TERTIUS_HOME": str(tmp_path / "home"),
    }
