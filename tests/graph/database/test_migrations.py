"""Tests of schema migrations, and of the errors when Neo4j cannot be reached."""

import os
from concurrent.futures import ThreadPoolExecutor

import neo4j
import pytest

from graph.database.client import open_graph
from graph.database.migrations import migrate
from graph.errors import DatabaseUnavailable, SchemaTooNew

UNREACHABLE = ("bolt://127.0.0.1:9", "neo4j", "a-secret")


def test_migrating_a_current_schema_changes_nothing(migrated: tuple[str, str, str]) -> None:
    assert migrate(*migrated) == 0


def test_a_schema_newer_than_the_program_is_refused(migrated: tuple[str, str, str]) -> None:
    uri, user, password = migrated
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver:
        driver.execute_query(
            """
            MATCH (last:__Neo4jMigration) WHERE NOT (last)-[:MIGRATED_TO]->()
            CREATE (last)-[:MIGRATED_TO]->(:__Neo4jMigration {version: '9999', description: 'later', type: 'CYPHER'})
            """
        )
        try:
            with pytest.raises(SchemaTooNew, match="schema 9999"):
                migrate(*migrated)
        finally:
            driver.execute_query("MATCH (m:__Neo4jMigration {version: '9999'}) DETACH DELETE m")


async def test_an_unreachable_database_raises_an_error_without_the_password(migrated: tuple[str, str, str]) -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer") as error:
        async with open_graph(*UNREACHABLE):
            pass
    with pytest.raises(DatabaseUnavailable):
        migrate(*UNREACHABLE)

    assert UNREACHABLE[2] not in str(error.value)


@pytest.mark.skipif(
    "TERTIUS_TEST_NEO4J_URI" in os.environ,
    reason="the given Neo4j may not require a password",
)
def test_a_wrong_password_and_a_tls_mismatch_have_their_own_messages(migrated: tuple[str, str, str]) -> None:
    uri, user, _ = migrated

    with pytest.raises(DatabaseUnavailable, match="does not accept this user and password"):
        migrate(uri, user, UNREACHABLE[2])
    with pytest.raises(DatabaseUnavailable, match="TLS settings of Neo4j and Tertius do not match"):
        migrate(uri.replace("bolt://", "bolt+s://"), user, UNREACHABLE[2])


async def test_an_invalid_address_raises_a_plain_error() -> None:
    with pytest.raises(DatabaseUnavailable, match="The address of Neo4j is invalid"):
        async with open_graph("graph.example.org", "neo4j", ""):
            pass


@pytest.mark.replans
def test_concurrent_migrations_apply_each_migration_once(migrated: tuple[str, str, str]) -> None:
    uri, user, password = migrated
    with neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver:
        for kind in ("CONSTRAINT", "INDEX"):
            for row in driver.execute_query(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP'").records:
                driver.execute_query(f"DROP {kind} {row['name']}")
        driver.execute_query("MATCH (n) DETACH DELETE n")

        with ThreadPoolExecutor(4) as pool:
            applied = list(pool.map(lambda _: migrate(*migrated), range(4)))
        (chain,) = driver.execute_query(
            "MATCH (m:__Neo4jMigration) RETURN count(*) AS all, count(DISTINCT m.version) AS versions"
        ).records

    assert sorted(applied)[:3] == [0, 0, 0]
    assert chain["all"] == chain["versions"] == sum(applied) + 1
