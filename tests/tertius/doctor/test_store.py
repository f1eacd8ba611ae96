"""Database checks: their results, and messages without personal data."""

from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from pydantic import SecretStr

from graph.database.client import Graph
from graph.database.health import SAMPLE_SIZE, DatabaseHealth
from tertius.doctor import store
from tertius.doctor.check import Check, CheckStatus
from tertius.localdb.lifecycle import Address
from tertius.settings import Neo4j, Settings
from tests.databases import local_settings
from tests.graph.worlds import load_export, talk

HEALTHY = DatabaseHealth(
    nodes=10,
    relationships=20,
    ties=5,
    clock_skew=0.1,
    offline_indexes=(),
    nodes_without_network=0,
    relationships_across_networks=0,
)


async def run_checks(server: tuple[str, str, str]) -> dict[str, Check]:
    uri, user, password = server
    return {check.name: check for check in await store.check_store(Address(uri, user, SecretStr(password)), 1)}


async def test_nodes_outside_networks_and_ties_across_them_are_errors(
    driver: neo4j.AsyncDriver, graph: Graph, migrated: tuple[str, str, str]
) -> None:
    await load_export(graph, talk("ana@home.example", "ben@far.example"))
    before = await run_checks(migrated)
    await driver.execute_query(
        """
        MATCH (p:Person)
        WITH p LIMIT 1
        CREATE (p)-[:KNOWS]->(:Person {network: 'another', id: 'somebody'})
        CREATE (:Person {name: 'Zenobia'})
        """
    )
    after = await run_checks(migrated)

    assert {name: check.ok for name, check in before.items()} == dict.fromkeys(
        ("store", "schema", "networks", "clock", "route index"), True
    )
    assert [name for name, check in after.items() if not check.ok] == ["networks"]
    assert after["networks"].message.startswith("1 nodes are in no network, 1 relationships connect two networks.")
    assert "Zenobia" not in str(after)


@pytest.mark.parametrize(
    ("health", "missing", "name", "status", "message"),
    [
        (replace(HEALTHY, offline_indexes=("person_names",)), 0, "schema", CheckStatus.ERROR, "person_names"),
        (HEALTHY, 2, "schema", CheckStatus.WARNING, "2 schema migrations"),
        (replace(HEALTHY, clock_skew=61.0), 0, "clock", CheckStatus.WARNING, "61 s"),
    ],
)
def test_each_problem_has_its_status_and_message(
    health: DatabaseHealth, missing: int, name: str, status: CheckStatus, message: str
) -> None:
    checks = {check.name: check for check in store.evaluate(health, missing)}

    assert [name for name, check in checks.items() if not check.ok] == [name]
    assert checks[name].status is status
    assert message in checks[name].message


@pytest.mark.parametrize(("limit_mb", "status"), [(25, CheckStatus.OK), (24, CheckStatus.WARNING), (0, CheckStatus.OK)])
def test_ties_that_exceed_the_memory_for_route_indexes_are_a_warning(limit_mb: int, status: CheckStatus) -> None:
    check = store.check_route_index(1_000_000, limit_mb)

    assert check.status is status
    assert "1,000,000 ties take 25 MB" in check.message


def test_an_empty_database_has_no_migration_warning() -> None:
    assert all(check.ok for check in store.evaluate(replace(HEALTHY, nodes=0, relationships=0), 16))


def test_a_sample_of_a_large_database_is_checked() -> None:
    checks = {check.name: check for check in store.evaluate(replace(HEALTHY, nodes=SAMPLE_SIZE + 1), 0)}

    assert "the first 1,000,000" in checks["networks"].message


async def test_an_unreachable_database_is_one_error() -> None:
    (check,) = (await run_checks(("bolt://127.0.0.1:9", "neo4j", "canary"))).values()

    assert check.status is CheckStatus.ERROR
    assert "canary" not in check.message


def test_readable_secrets_and_default_passwords_are_warnings(tmp_path: Path) -> None:
    settings = local_settings(tmp_path)
    token, password = tmp_path / "home.token", tmp_path / "password"
    for file in (token, password):
        file.write_text("canary")
        file.chmod(0o600)
    assert store.check_secrets(settings).ok

    token.chmod(0o644)
    check = store.check_secrets(settings)
    assert check.status is CheckStatus.WARNING
    assert f"chmod 600 '{token}'" in check.message

    token.chmod(0o600)
    own = Settings(home=tmp_path, neo4j=Neo4j(uri="bolt://localhost", password=SecretStr("neo4j")))
    assert not store.check_secrets(own).ok


def test_a_settings_file_with_secrets_must_be_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "team.env"
    file.write_text("TERTIUS_IMAP__PASSWORD=canary\n")
    file.chmod(0o644)

    check = store.check_secrets(Settings(home=tmp_path, env_file=file))

    assert check.status is CheckStatus.WARNING
    assert f"chmod 600 '{file}'" in check.message
