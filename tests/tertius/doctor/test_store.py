"""What the doctor sees of a database, and says in sentences that name nobody."""

from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from pydantic import SecretStr

from graph.database.client import Graph
from graph.database.health import SAMPLE, Soundness
from tertius.doctor import store
from tertius.localdb.lifecycle import Address
from tertius.settings import Neo4j, Settings
from tests.databases import at_home_in
from tests.graph.worlds import bring, talk

WELL = Soundness(nodes=10, relationships=20, apart=0.1, offline=(), strays=0, crossings=0)


async def told(place: tuple[str, str, str]) -> dict[str, store.Fact]:
    uri, user, password = place
    return {fact.name: fact for fact in await store.of_the_store(Address(uri, user, SecretStr(password)))}


async def test_a_database_is_looked_at_network_by_network(
    driver: neo4j.AsyncDriver, graph: Graph, migrated: tuple[str, str, str]
) -> None:
    await bring(graph, talk("ana@home.example", "ben@far.example"))
    well = await told(migrated)
    await driver.execute_query(
        """
        MATCH (p:Person)
        WITH p LIMIT 1
        CREATE (p)-[:KNOWS]->(:Person {network: 'another', id: 'somebody'})
        CREATE (:Person {name: 'Zenobia'})
        """
    )
    ill = await told(migrated)

    assert {name: fact.ok for name, fact in well.items()} == dict.fromkeys(
        ("store", "schema", "networks", "clock"), True
    )
    assert [name for name, fact in ill.items() if not fact.ok] == ["networks"]
    assert ill["networks"].sentence.startswith("1 nodes are in no network, 1 relationships lead from one into another.")
    assert "Zenobia" not in str(ill)


@pytest.mark.parametrize(
    ("found", "missing", "name", "says"),
    [
        (replace(WELL, offline=("person_names",)), 0, "schema", "person_names"),
        (WELL, 2, "schema", "2 changes"),
        (replace(WELL, apart=61.0), 0, "clock", "61 s"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(found: Soundness, missing: int, name: str, says: str) -> None:
    facts = {fact.name: fact for fact in store.facts(found, missing)}

    assert [name for name, fact in facts.items() if not fact.ok] == [name]
    assert says in facts[name].sentence


def test_a_database_that_nobody_used_yet_is_well() -> None:
    assert all(fact.ok for fact in store.facts(replace(WELL, nodes=0, relationships=0), 16))


def test_of_a_large_database_it_is_said_how_far_it_was_looked_at() -> None:
    facts = {fact.name: fact for fact in store.facts(replace(WELL, nodes=SAMPLE + 1), 0)}

    assert "the first 1,000,000" in facts["networks"].sentence


async def test_a_database_that_is_away_is_one_sentence() -> None:
    (fact,) = (await told(("bolt://127.0.0.1:9", "neo4j", "canary"))).values()

    assert not fact.ok
    assert "canary" not in fact.sentence


def test_secrets_are_for_their_owners_eyes_and_no_first_passwords(tmp_path: Path) -> None:
    settings = at_home_in(tmp_path)
    token, password = tmp_path / "home.token", tmp_path / "password"
    for file in (token, password):
        file.write_text("canary")
        file.chmod(0o600)
    assert store.secrets(settings).ok

    token.chmod(0o644)
    fact = store.secrets(settings)
    assert not fact.ok
    assert f"chmod 600 '{token}'" in fact.sentence

    token.chmod(0o600)
    own = Settings(home=tmp_path, neo4j=Neo4j(uri="bolt://localhost", password=SecretStr("neo4j")))
    assert not store.secrets(own).ok
