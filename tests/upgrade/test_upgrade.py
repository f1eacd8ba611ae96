"""Tests that a store of the schema before the baseline is upgraded in place and gives the same answers."""

import json
from collections.abc import AsyncIterator
from typing import Any

import neo4j
import pytest
import pytest_asyncio

from graph.database.client import Graph
from graph.database.migrations import count_pending, migrate
from graph.derivation.refresh import recover_if_interrupted
from graph.errors import SchemaTooOld
from graph.networks.idempotency import IdempotentRequest
from graph.networks.registry import list_networks
from graph.networks.tokens import find_token_holder
from graph.privacy.proof_links import find_proved_address
from tests.conftest import wipe
from tests.upgrade.answers import StoredView, answer, open_view
from tests.upgrade.store import clear, replay

COMPARED = {"introductions", "introductions_as_of", "people", "ties", "sources", "statements"}
SENTENCES = {"suggestion", "possible_connectors"}
CHANGED_SINCE = {"desk@meadow.example": "a role word does not override a personal name"}
"""Targets whose answer a later rule changes, with that rule."""
PROVED = "email:proved@later.example"
"""An identity that members prove before the upgrade."""
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


def without_sentences(question: dict[str, Any], result: Any) -> Any:
    """The answer without sentences; lists that have no order are sorted."""
    if question["ask"] in ("people", "ties", "sources"):
        return sorted(result, key=lambda row: json.dumps(row, sort_keys=True))
    if isinstance(result, dict):
        ignored = SENTENCES | ({"reason"} if result["kind"] == "unknown" else set())
        return {key: value for key, value in result.items() if key not in ignored}
    return result


@pytest.mark.replans
async def test_a_store_of_schema_22_is_upgraded(
    old_store: dict[str, Any], migrated: Address, driver: neo4j.AsyncDriver
) -> None:
    graph = Graph(driver)
    await refuses_an_older_schema(migrated, driver)
    await interrupted_upgrade(driver)
    assert count_pending(*migrated) > 0
    await driver.execute_query("MATCH (m:Member) WHERE m.key IS NOT NULL SET m.proved_keys = [$key]", key=PROVED)
    await driver.execute_query("CREATE (:LoadJob {network: 'elsewhere', id: 'j', held_about: 'Carla Boss'})")

    migrate(*migrated)

    assert count_pending(*migrated) == 0
    await has_no_old_names(driver)
    await confirmed_keys_are_one_list(driver)
    await load_jobs_name_their_data_subject(driver)
    await answers_as_before(graph, driver, old_store)
    await secrets_are_valid(graph, driver, old_store)


async def refuses_an_older_schema(migrated: Address, driver: neo4j.AsyncDriver) -> None:
    """A store of an earlier schema is refused and not changed."""
    rename = "MATCH (m:__Neo4jMigration {version: $now}) SET m.version = $then"
    await driver.execute_query(rename, now="0022", then="0020")
    with pytest.raises(SchemaTooOld, match=r"schema 002[01]"):
        migrate(*migrated)
    await driver.execute_query(rename, now="0020", then="0022")


async def interrupted_upgrade(driver: neo4j.AsyncDriver) -> None:
    """Repeat the first statements of an upgrade, as if it had been interrupted."""
    await driver.execute_query("DROP CONSTRAINT job_id")
    await driver.execute_query("MATCH (n:Network) SET n.day_is_pinned = n.held REMOVE n.held")


async def has_no_old_names(driver: neo4j.AsyncDriver) -> None:
    """No node or tie has a label, type or property of the old schema."""
    labels = await column(driver, "MATCH (n) UNWIND labels(n) AS name RETURN DISTINCT name")
    types = await column(driver, "MATCH ()-[r]->(n) WHERE NOT n:IntroductionRequest RETURN DISTINCT type(r) AS name")
    properties = await column(driver, "MATCH ()-[r:KNOWS|OF|NAMES]->() UNWIND keys(r) AS name RETURN DISTINCT name")

    assert not labels & {"Job", "Done", "Forgotten", "Decision", "Concealed", "NotARoute", "Reveal", "Audit", "Link"}
    assert not types & {"ASKED", "CONCEALS", "PASSES_OVER", "SEEKS", "MAY_REVEAL", "PROBABLY"}
    assert not properties & {"acts", "reach", "last", "mutual", "because", "self", "wrote_as"}


async def confirmed_keys_are_one_list(driver: neo4j.AsyncDriver) -> None:
    """What an invitation or a sign-in confirmed for a member comes first, what the member proved after it."""
    rows, _, _ = await driver.execute_query(
        "MATCH (m:Member) WHERE m.confirmed_keys IS NOT NULL RETURN m.confirmed_keys AS keys, properties(m) AS all"
    )

    assert rows
    assert all(len(row["keys"]) == 2 and row["keys"][1] == PROVED for row in rows)
    assert not any(row["all"].keys() & {"confirmed_key", "proved_keys"} for row in rows)


async def load_jobs_name_their_data_subject(driver: neo4j.AsyncDriver) -> None:
    """A load job of another person's export keeps whose it is."""
    of_job = "MATCH (j:LoadJob {network: 'elsewhere'})"

    assert await column(driver, f"{of_job} RETURN j.data_subject AS name") == {"Carla Boss"}
    assert await column(driver, f"{of_job} RETURN j.held_about AS name") == {None}
    await driver.execute_query(f"{of_job} DETACH DELETE j")


async def answers_as_before(graph: Graph, driver: neo4j.AsyncDriver, old_store: dict[str, Any]) -> None:
    """Every network gives the same answers. Networks with an interrupted load or departure do so after recovery."""
    names = {await network_name(driver, id): id for id in await list_networks(graph)}
    for name, id in names.items():
        if name not in old_store["interrupted"]:
            await recover_if_interrupted(graph, id)
    await compare(graph, driver, old_store["questions"], old_store["answers"])
    for name in old_store["interrupted"]:
        await recover_if_interrupted(graph, names[name])
    await compare(graph, driver, old_store["recovered_questions"], old_store["recovered"])


async def compare(
    graph: Graph, driver: neo4j.AsyncDriver, questions: list[dict[str, Any]], expected: list[Any]
) -> None:
    """Compare the answers to the questions that `answer` supports."""
    for question, before in zip(questions, expected, strict=True):
        if question["ask"] in COMPARED and question.get("target") not in CHANGED_SINCE:
            member = await open_view(graph, driver, question["network"], question["member"])
            now = without_sentences(question, await answer(member, question))
            if await states_duplicates(driver, member):
                assert not isinstance(now, dict) or now["kind"] == before["kind"], question
            else:
                assert now == without_sentences(question, before), question


async def states_duplicates(driver: neo4j.AsyncDriver, member: StoredView) -> bool:
    """Whether a private row of the member names one person twice. Such a row joined them (decision 32)."""
    rows, _, _ = await driver.execute_query(
        "MATCH (:Person {network: $network})-[d:PROBABLE_DUPLICATE {is_stated: true, audience: $member}]->() RETURN d",
        network=member.viewer.network,
        member=member.viewer.member,
    )
    return bool(rows)


async def secrets_are_valid(graph: Graph, driver: neo4j.AsyncDriver, old_store: dict[str, Any]) -> None:
    """Tokens, proofs and idempotency keys of the old store are still valid."""
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
    member = await open_view(graph, driver, done["network"], done["member"])
    response = await IdempotentRequest(member.viewer, done["key"], done["asked"].encode()).claim(graph)
    assert response == opened["idempotency"]["done"].encode()


async def network_name(driver: neo4j.AsyncDriver, id: str) -> str:
    """The name of a network."""
    rows, _, _ = await driver.execute_query("MATCH (n:Network {id: $id}) RETURN n.name AS name", id=id)
    return str(rows[0]["name"])


async def column(driver: neo4j.AsyncDriver, query: str) -> set[str]:
    """The values of the column `name`."""
    rows, _, _ = await driver.execute_query(query)
    return {row["name"] for row in rows}
