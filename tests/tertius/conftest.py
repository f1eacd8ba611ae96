"""The command on the sample network, for every file here."""

import neo4j
import pytest
import pytest_asyncio
from typer.testing import CliRunner

from tertius.cli.app import app
from tertius.sample import EXPORTS
from tests.prepared_stores import LoadedSample, read_content
from tests.tertius.cli.test_app import here, sample_environment

__all__ = ["here", "sample_environment"]


@pytest.fixture(scope="session")
def loading_environment(migrated: tuple[str, str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a command that emptied the database and loaded the sample into the network `demo`."""
    uri, user, password = migrated
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    environment = {
        "TERTIUS_NEO4J__URI": uri,
        "TERTIUS_NEO4J__USER": user,
        "TERTIUS_NEO4J__PASSWORD": password,
        "TERTIUS_NETWORK": "demo",
        "TERTIUS_HOME": str(tmp_path_factory.mktemp("home")),
    }
    assert CliRunner().invoke(app, ["load", str(EXPORTS)], env=environment).exit_code == 0
    return environment


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def loaded_sample(driver: neo4j.AsyncDriver, loading_environment: dict[str, str]) -> LoadedSample:
    """What a load of the sample leaves, read once: the files of a later test start from it."""
    return LoadedSample(loading_environment, await read_content(driver))
