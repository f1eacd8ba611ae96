"""A store of the schema before the baseline is upgraded in place and answers as it did before."""

import json
from collections.abc import AsyncIterator
from typing import Any

import neo4j
import pytest
import pytest_asyncio

from graph.database.client import Graph
from graph.database.migrations import count_pending, latest_version, migrate
from graph.derivation.refresh import recover_if_interrupted
from graph.errors import SchemaTooOld
from graph.networks.idempotency import IdempotentRequest
from graph.networks.registry import list_networks
from graph.networks.tokens import find_token_holder
from graph.privacy.proof_links import find_proved_address
from tests.conftest import wipe
from tests.upgrade.answers import answer, asker
from tests.upgrade.store import clear, replay

ASKED = {"introductions", "introductions_as_of", "people", "ties", "sources", "statements"}
SENTENCES = {"suggestion", "possible_connectors"}
Address = tuple[str, str, str]


@pytest_asyncio.fixture(loop_scope="session")
async def old_store(migrated: Address, driver: neo4j.AsyncDriver) -> AsyncIterator[dict[str, Any]]:
    """The dump, replayed into the emptied database. The present schema is back at the end."""
    await clear(driver)
    try:
        yield await replay(driver)
    finally:
        await clear(driver)
        migrate(*migrated)
        await wipe(driver)


def sorted_if_unordered(question: dict[str, Any], found: Any) -> Any:
    """The answer without sentences; lists that have no order are sorted."""
    if question["ask"] in ("people", "ties", "sources"):
        return sorted(found, key=lambda row: json.dumps(row, sort_keys=True))
    if isinstance(found, dict):
        ignored = SENTENCES | ({"reason"} if found["kind"] == "unknown" else set())
        return {key: value for key, value in found.items() if key not in ignored}
    return found


async def test_an_old_store_answers_as_before(
    old_store: dict[str, Any], migrated: Address, driver: neo4j.AsyncDriver
) -> None:
    graph = Graph(driver)
    assert count_pending(*migrated) > 0

    migrate(*migrated)

    assert count_pending(*migrated) == 0
    names = {name: id for id in await list_networks(graph) for name in [await network_name(driver, id)]}
    for name, id in names.items():
        if name not in old_store["interrupted"]:
            await recover_if_interrupted(graph, id)
    for question, expected in zip(old_store["questions"], old_store["answers"], strict=True):
        if question["ask"] in ASKED:
            who = await asker(graph, driver, question["network"], question["member"])
            found = sorted_if_unordered(question, await answer(who, question))
            assert found == sorted_if_unordered(question, expected), question
    for name in old_store["interrupted"]:
        await recover_if_interrupted(graph, names[name])
    for question, expected in zip(old_store["recovered_questions"], old_store["recovered"], strict=True):
        if question["ask"] in ASKED:
            who = await asker(graph, driver, question["network"], question["member"])
            found = sorted_if_unordered(question, await answer(who, question))
            assert found == sorted_if_unordered(question, expected), question


async def network_name(driver: neo4j.AsyncDriver, id: str) -> str:
    """The name of a network."""
    rows, _, _ = await driver.execute_query("MATCH (n:Network {id: $id}) RETURN n.name AS name", id=id)
    return str(rows[0]["name"])


async def test_secrets_of_an_old_store_stay_valid(
    old_store: dict[str, Any], migrated: Address, driver: neo4j.AsyncDriver
) -> None:
    migrate(*migrated)
    graph = Graph(driver)
    secrets, opened = old_store["secrets"], old_store["opened"]

    holders = {name: await find_token_holder(graph, token) for name, token in secrets["tokens"].items()}
    proofs = {name: await find_proved_address(graph, proof) for name, proof in secrets["proofs"].items()}

    assert {name: holder and holder.role.value for name, holder in holders.items()} == {
        name: expected and expected["role"] for name, expected in opened["tokens"].items()
    }
    assert {name: proof and proof.key for name, proof in proofs.items()} == {
        name: expected["identity"] for name, expected in opened["proofs"].items()
    }
    done = secrets["idempotency"]["done"]
    who = await asker(graph, driver, done["network"], done["member"])
    claimed = await IdempotentRequest(who.viewer, done["key"], done["asked"].encode()).claim(graph)
    assert claimed == opened["idempotency"]["done"].encode()


async def test_no_old_name_is_left(old_store: dict[str, Any], migrated: Address, driver: neo4j.AsyncDriver) -> None:
    migrate(*migrated)

    labels = await column(driver, "MATCH (n) UNWIND labels(n) AS name RETURN DISTINCT name")
    types = await column(driver, "MATCH ()-[r]->() RETURN DISTINCT type(r) AS name")
    properties = await column(driver, "MATCH ()-[r:KNOWS|OF|PROBABLY]->() UNWIND keys(r) AS name RETURN DISTINCT name")

    assert not labels & {"Job", "Done", "Forgotten", "Decision", "Concealed", "NotARoute", "Reveal", "Audit", "Link"}
    assert not types & {"ASKED", "CONCEALS", "PASSES_OVER", "SEEKS", "MAY_REVEAL"}
    assert not properties & {"acts", "reach", "last", "mutual", "because"}


async def column(driver: neo4j.AsyncDriver, query: str) -> set[str]:
    """The values of the column `name`."""
    rows, _, _ = await driver.execute_query(query)
    return {row["name"] for row in rows}


async def test_an_interrupted_upgrade_continues(
    old_store: dict[str, Any], migrated: Address, driver: neo4j.AsyncDriver
) -> None:
    await driver.execute_query("MATCH (j:Job) SET j:UploadJob, j.owner_address = j.said REMOVE j:Job, j.said")
    await driver.execute_query("MATCH (n:Network) SET n.day_is_pinned = n.held REMOVE n.held")

    migrate(*migrated)

    pinned = await driver.execute_query("MATCH (n:Network {name: 'juniper'}) RETURN n.day_is_pinned AS pinned")
    assert pinned.records[0]["pinned"] is True
    assert count_pending(*migrated) == 0


async def test_a_store_older_than_that_is_refused(
    old_store: dict[str, Any], migrated: Address, driver: neo4j.AsyncDriver
) -> None:
    await driver.execute_query("MATCH (m:__Neo4jMigration {version: '0022'}) DETACH DELETE m")

    with pytest.raises(SchemaTooOld, match="schema 0021"):
        migrate(*migrated)
    assert latest_version() == "23"
