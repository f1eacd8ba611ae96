"""A change that is sent again under its key is made once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import graphql
import httpx
import neo4j
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.networks.tokens import grant_token
from tests.api.conftest import served
from tests.api.documents import CHANGES
from tests.graph.worlds import home, load_export, own, talk

INVITE = 'mutation { createInvitation(input: {idempotencyKey: "one", role: ASKER}) { secret invitation { id } } }'
LISTED = "{ invitations { nodes { id } } members { nodes { name } } tokens { nodes { name } } loadJobs { fileName } }"


@pytest_asyncio.fixture(loop_scope="session")
async def client(graph: Graph) -> AsyncIterator[httpx.AsyncClient]:
    network, member = await home(graph)
    await load_export(graph, [own("ana@home.example", "Ana Silva"), *talk("ben@near.example", "ana@home.example")])
    await grant_token(graph, network, member, "ana")
    async with served(graph) as client:
        yield client


async def ask(client: httpx.AsyncClient, query: str, who: str = "ana", **variables: Any) -> dict[str, Any]:
    signed = {"Authorization": f"Bearer {who}"}
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=signed)
    body: dict[str, Any] = answer.json()
    for error in body.get("errors", ()):
        del error["extensions"]["requestId"]
    return body


def code(answer: dict[str, Any]) -> str:
    (error,) = answer["errors"]
    return str(error["extensions"]["code"])


def keyed(change: graphql.GraphQLField) -> set[str]:
    """The fields of the input of a mutation."""
    (argument,) = change.args.items()
    name, given = argument
    kind = graphql.get_named_type(given.type)
    assert name == "input"
    assert isinstance(kind, graphql.GraphQLInputObjectType)
    return set(kind.fields)


def test_every_change_takes_a_key() -> None:
    assert all("idempotencyKey" in keyed(change) for change in CHANGES.values())


async def test_a_repeated_change_is_made_once_and_returns_the_same_answer(client: httpx.AsyncClient) -> None:
    first = await ask(client, INVITE)

    assert await ask(client, INVITE) == first
    assert first["data"]["createInvitation"]["secret"]
    assert len((await ask(client, LISTED))["data"]["invitations"]["nodes"]) == 1


async def test_a_key_is_for_one_change_of_one_member(client: httpx.AsyncClient, graph: Graph) -> None:
    await ask(client, INVITE)
    network, _ = await home(graph, "elsewhere")
    await grant_token(graph, network, (await home(graph, "elsewhere"))[1], "eve")

    assert code(await ask(client, INVITE.replace("ASKER", "MEMBER"))) == "IDEMPOTENCY_KEY_REUSED"
    assert "errors" not in await ask(client, INVITE.replace("ASKER", "MEMBER"), who="eve")
    two = (
        'mutation { a: renameViewer(input: {name: "A", idempotencyKey: "two"}) { member { id } } '
        'b: renameViewer(input: {name: "B"}) { member { id } } }'
    )
    for unfit in (two, INVITE.replace('"one"', '""'), INVITE.replace("one", "x" * 256)):
        assert code(await ask(client, unfit)) == "BAD_USER_INPUT"


async def test_a_failed_change_may_be_repeated_with_its_key(client: httpx.AsyncClient) -> None:
    change = 'mutation($name: String!) { renameViewer(input: {name: $name, idempotencyKey: "k"}) { member { name } } }'

    assert code(await ask(client, change, name="")) == "BAD_USER_INPUT"
    assert (await ask(client, change, name="Ana"))["data"]["renameViewer"] == {"member": {"name": "Ana"}}


async def test_two_concurrent_changes_with_one_key_are_made_once(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(ask(client, INVITE) for _ in range(8)))

    made = [answer for answer in answers if "errors" not in answer]
    assert made
    assert all(answer == made[0] for answer in made)
    assert {code(answer) for answer in answers if answer not in made} <= {"IDEMPOTENCY_IN_PROGRESS"}
    assert len((await ask(client, LISTED))["data"]["invitations"]["nodes"]) == 1


async def test_a_stored_answer_is_readable_only_with_its_key(
    client: httpx.AsyncClient, driver: neo4j.AsyncDriver
) -> None:
    secret = (await ask(client, INVITE))["data"]["createInvitation"]["secret"]

    rows, _, _ = await driver.execute_query("MATCH (n) UNWIND keys(n) AS key RETURN toStringOrNull(n[key]) AS text")
    assert not any(secret in (row["text"] or "") for row in rows)
    (row,), _, _ = await driver.execute_query("MATCH (r:IdempotencyRecord) RETURN r.response AS result")
    assert b"secret" not in row["result"]


CHANGED = (
    'createInvitation(input: {role: ASKER, idempotencyKey: "1"}) { secret }',
    'renameViewer(input: {name: "Ana", idempotencyKey: "2"}) { member { name } }',
    'renameViewer(input: {name: "Anna", idempotencyKey: "3"}) { member { name } }',
    'createLoadJob(input: {fileName: "mail.mbox", idempotencyKey: "4"}) { job { id } }',
    'createToken(input: {name: "x", scopes: [READ], idempotencyKey: "5"}) { secret }',
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=st.lists(st.sampled_from(CHANGED), min_size=1, max_size=12))
async def test_changes_sent_again_in_any_order_change_nothing_more(
    client: httpx.AsyncClient, driver: neo4j.AsyncDriver, sent: list[str]
) -> None:
    """A client that hears nothing sends what it sent before, from wherever it begins."""
    await driver.execute_query("MATCH (r:IdempotencyRecord) DETACH DELETE r")
    first = {change: await ask(client, f"mutation {{ {change} }}") for change in dict.fromkeys(sent)}
    before = await ask(client, LISTED)

    for change in sent:
        assert await ask(client, f"mutation {{ {change} }}") == first[change]
    assert await ask(client, LISTED) == before
