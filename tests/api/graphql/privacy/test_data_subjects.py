"""Tests of the export of a person's data, and of erasure: no answer, no log and no node contains an erased person."""

import json
import logging
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest

from graph.database.client import Graph
from graph.networks.load_jobs import LoadJobStatus, create_load_job, update_load_job
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.networks.tokens import grant_token
from operations.load_exports import load_paths
from tests.api.conftest import LIMITS, TODAY, TOKEN, served
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import own, talk
from tests.operations.test_every_source import write

MARKS = ("okoro", "ben@acme.example", "acme", "4915123456789", "T1/U2", "CTO")
"""Of Ben alone, in every field of five exports (tests/operations/test_every_source.py)."""
FORGET = """mutation($ref: PersonRef!, $sure: Boolean! = false) {
  erasePerson(input: {person: $ref, isConfirmed: $sure}) { result {
    __typename ... on PersonErasure {
      person { name } identities { text } sources possibleDuplicates { name } isApplied } } } }"""
EXPORT = """query($ref: PersonRef!) { dataSubjectExport(person: $ref) {
  __typename ... on DataSubjectExport { person { name } data } ... on UnknownTarget { message } } }"""
REF = {"email": "ben@acme.example"}


async def ask(client: httpx.AsyncClient, document: str, token: str = TOKEN, **variables: Any) -> dict[str, Any]:
    signed = {"Authorization": f"Bearer {token}"}
    answer: dict[str, Any] = (
        await client.post("/graphql", json={"query": document, "variables": variables}, headers=signed)
    ).json()
    return answer


async def everything(driver: neo4j.AsyncDriver) -> str:
    """Every property of every node and relationship."""
    rows, _, _ = await driver.execute_query(
        """
        MATCH (n) WHERE NOT n:__Neo4jMigration
        RETURN collect(properties(n)) + COLLECT { MATCH ()-[r]->() RETURN properties(r) } AS all
        """
    )
    return str(rows[0]["all"])


def seen(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.lower() in text.lower()]


async def test_an_erased_person_is_in_no_answer_log_or_export(
    driver: neo4j.AsyncDriver, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "tertius")
    await wipe(driver)
    write(tmp_path)
    graph = Graph(driver)
    network, member = await find_or_create_network(graph, "every", today=TODAY)

    async def load() -> None:
        await load_paths(graph, network, member, [tmp_path], today=TODAY, owner="ana@home.example")

    await load()
    await grant_token(graph, network, member, TOKEN)
    who = build_viewer(await read_state(graph, network), member)
    job = await create_load_job(graph, who, name="WhatsApp Chat with Ben Okoro.zip", owner_address=None)
    await update_load_job(
        graph, network, job.id, LoadJobStatus.DONE, report=("  Best reached companies:", "    Acme: 1 person")
    )
    await driver.execute_query(
        """
        MATCH (n:Network {id: $network})-[:HAS]->(m)
        CREATE (n)-[:EXCLUDES]->(:ExcludedIntroducer {
          network: $network, id: 'x', label: 'Ben Okoro', excluded_by: m.id, day: 0, keys: ['email:ben@acme.example']})
        """,
        network=network,
    )
    async with served(graph, limits=LIMITS) as client:
        preview = (await ask(client, FORGET, ref=REF))["data"]["erasePerson"]["result"]
        assert (preview["person"], preview["isApplied"], preview["possibleDuplicates"]) == (
            {"name": "Ben Okoro"},
            False,
            [],
        )
        assert {one["text"] for one in preview["identities"]} >= {"ben-okoro", "T1/U2", "+4915123456789"}
        assert sorted(source.partition(" ")[0] for source in preview["sources"]) == [
            "Address",
            "Calendar",
            "LinkedIn",
            "Mailbox",
            "Slack",
        ]
        assert set(seen(await everything(driver))) == set(MARKS)
        held = (await ask(client, EXPORT, ref=REF))["data"]["dataSubjectExport"]
        assert set(seen(json.dumps(held["data"]))) == set(MARKS)
        assert {one["source"].partition(" ")[0] for one in held["data"]["evidence"]} == {"Calendar", "Mailbox", "Slack"}
        assert all(one["days"] for one in held["data"]["evidence"])

        done = (await ask(client, FORGET, ref=REF, sure=True))["data"]["erasePerson"]["result"]
        assert done == {**preview, "isApplied": True}
        rows, _, _ = await driver.execute_query("MATCH (x:ExcludedIntroducer) RETURN x")
        assert rows == []
        caplog.clear()
        for again in (False, True):
            if again:
                await load()
            assert seen(await everything(driver)) == []
            answers = [
                await ask(client, EXPORT, ref=REF),
                await ask(client, FORGET, ref=REF),
                await ask(
                    client, "{ loadJobs { fileName report } sources { nodes { title } } viewer { person { name } } }"
                ),
                await ask(
                    client, "query($s: String!) { people(search: $s, first: 9) { edges { node { name } } } }", s="be"
                ),
                await ask(
                    client,
                    '{ company(name: "acme") { currentContacts { person { name } } formerContacts { title } } }',
                ),
                await ask(
                    client,
                    "{ fadingTies { message } statements { nodes { statedOn } } "
                    "identityDecisions { nodes { decidedOn } } hiddenContacts { nodes { name } } }",
                ),
                await ask(client, "{ possibleDuplicates(first: 9) { edges { node { reason } } } }"),
            ]
            assert [answer for answer in answers if "errors" in answer] == []
            assert seen(json.dumps(answers)) == []
    assert seen(caplog.text) == []


async def test_roles_and_sharing_levels_limit_erasure_and_export(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own("ana@home.example", "Ana"), *talk("ana@home.example", "dan@far.example")])
    await load_for(graph, "ben", [own("ben@home.example", "Ben"), *talk("ben@home.example", "cleo@far.example")])
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    async with served(graph, limits=LIMITS) as client:
        for sure in (False, True):
            refused = await ask(client, FORGET, "ben", ref={"email": "cleo@far.example"}, sure=sure)
            assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        mine = await ask(client, EXPORT, "ben", ref={"email": "cleo@far.example"})
        assert mine["data"]["dataSubjectExport"]["person"] == {"name": "Cleo"}
        hers, nobodys = [
            await ask(client, EXPORT, "ana", ref={"email": one}) for one in ("cleo@far.example", "x@y.example")
        ]
        assert hers == nobodys
        known, hidden = [
            (await ask(client, FORGET, "ana", ref={"email": one}, sure=True))["data"]["erasePerson"]["result"]
            for one in ("x@y.example", "cleo@far.example")
        ]
        assert (
            known
            == hidden
            == {
                "__typename": "PersonErasure",
                "person": None,
                "identities": [],
                "sources": [],
                "possibleDuplicates": [],
                "isApplied": True,
            }
        )
        gone = await ask(client, EXPORT, "ben", ref={"email": "cleo@far.example"})
        assert gone["data"]["dataSubjectExport"]["__typename"] == "UnknownTarget"
        assert "email:cleo@far.example" not in await everything(driver)
