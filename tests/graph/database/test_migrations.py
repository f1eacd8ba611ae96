"""The schema is made once, refused when it is from the future, and an absent database is one sentence."""

import os
from concurrent.futures import ThreadPoolExecutor

import neo4j
import pytest

from graph.database.client import open_graph
from graph.database.migrations import migrate
from graph.errors import DatabaseUnavailable, SchemaTooNew

NOBODY = ("bolt://127.0.0.1:9", "neo4j", "a-secret")


def test_a_made_schema_is_left_alone(migrated: tuple[str, str, str]) -> None:
    assert migrate(*migrated) == 0


def test_a_database_of_a_later_tertius_is_refused(migrated: tuple[str, str, str]) -> None:
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


async def test_an_absent_database_is_one_sentence_without_the_password(migrated: tuple[str, str, str]) -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer") as told:
        async with open_graph(*NOBODY):
            pass
    with pytest.raises(DatabaseUnavailable):
        migrate(*NOBODY)

    assert NOBODY[2] not in str(told.value)


@pytest.mark.skipif("TERTIUS_TEST_NEO4J_URI" in os.environ, reason="a Neo4j that was given may ask for no password")
def test_a_wrong_password_and_a_tls_that_is_not_spoken_are_one_sentence_each(migrated: tuple[str, str, str]) -> None:
    uri, user, _ = migrated

    with pytest.raises(DatabaseUnavailable, match="does not accept this user and password"):
        migrate(uri, user, NOBODY[2])
    with pytest.raises(DatabaseUnavailable, match="TLS settings of Neo4j and Tertius do not match"):
        migrate(uri.replace("bolt://", "bolt+s://"), user, NOBODY[2])


async def test_an_address_that_is_none_is_one_sentence() -> None:
    with pytest.raises(DatabaseUnavailable, match="The address of Neo4j is invalid"):
        async with open_graph("graph.example.org", "neo4j", ""):
            pass


def test_many_who_make_the_schema_at_once_make_it_once(migrated: tuple[str, str, str]) -> None:
    uri, user, password = migrated
    with neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver:
        for kind in ("CONSTRAINT", "INDEX"):
            for row in driver.execute_query(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP'").records:
                driver.execute_query(f"DROP {kind} {row['name']}")
        driver.execute_query("MATCH (n) DETACH DELETE n")

        with ThreadPoolExecutor(4) as together:
            made = list(together.map(lambda _: migrate(*migrated), range(4)))
        (chain,) = driver.execute_query(
            "MATCH (m:__Neo4jMigration) RETURN count(*) AS all, count(DISTINCT m.version) AS versions"
        ).records

    assert sorted(made)[:3] == [0, 0, 0]
    assert chain["all"] == chain["versions"] == sum(made) + 1
