"""Introduction requests over GraphQL: the whole story, and the same JSON at the command line."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import pytest_asyncio

from graph.database.client import Graph
from graph.networks.tokens import grant_token
from operations.requests.reading import find_request, message_to_send
from operations.requests.webhooks import WebhookSender
from presentation.request_json import request_data
from tests.api.conftest import served
from tests.conftest import wipe
from tests.operations.requests_team import BEN, JANE, create_request_team, sent_request, session_of

FIELDS = """
  __typename id role status askerName askerId isIntroducerMember isIntroducerHidden
  reasonForIntroducer benefitForTarget forwardableNote
  introducer { __typename id name title company isSharedMailbox } contact { __typename id name title company
  isSharedMailbox } target { __typename id name title company isSharedMailbox } outcome redirectedTo createdAt updatedAt
  expiresAt availableActions transitions { __typename action status role occurredAt }
  suggestedOutcome { __typename outcome evidence }
  nextMessage { __typename recipientAddress subject text mailtoUrl eml }
"""
CREATE = """mutation($target: String!, $introducer: String!) { createIntroductionRequest(input: {
  target: {email: $target}, introducer: {email: $introducer}, purpose: "I want to meet you", idempotencyKey: "one"
}) { request { id status availableActions nextMessage { subject } } } }"""


@pytest_asyncio.fixture(loop_scope="session")
async def graph_of_team(driver: neo4j.AsyncDriver) -> Graph:
    """The team of requests; the names of its members are their tokens."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_request_team(driver, graph)
    for member in ("ana", "ben", "cleo"):
        await grant_token(graph, network, member, member)
    return graph


@pytest_asyncio.fixture(loop_scope="session")
async def client(graph_of_team: Graph) -> AsyncIterator[httpx.AsyncClient]:
    async with served(graph_of_team) as client:
        yield client


async def ask(client: httpx.AsyncClient, member: str, document: str, **variables: Any) -> dict[str, Any]:
    body = {"query": document, "variables": variables}
    answer = await client.post("/graphql", json=body, headers={"Authorization": f"Bearer {member}"})
    data: dict[str, Any] = answer.json()
    return data if "errors" in data else dict(data["data"])


async def change(client: httpx.AsyncClient, member: str, mutation: str, id: str, values: str = "") -> Any:
    answer = await ask(
        client, member, f'mutation {{ {mutation}(input: {{id: "{id}"{values}}}) {{ request {{ status }} }} }}'
    )
    if "errors" in answer:
        return answer["errors"][0]["extensions"]["code"]
    request = answer[mutation]["request"]
    return request and request["status"]


async def test_a_request_is_made_answered_and_closed(client: httpx.AsyncClient) -> None:
    created = await ask(client, "ana", CREATE, target=JANE, introducer=BEN)
    request = created["createIntroductionRequest"]["request"]
    assert (request["status"], request["nextMessage"]) == ("DRAFT", None)
    assert await ask(client, "ana", CREATE, target=JANE, introducer=BEN) == created
    id = request["id"]

    assert await change(client, "ana", "updateIntroductionRequest", id, ', forwardableNote: "A note."') == "DRAFT"
    assert await change(client, "ben", "sendIntroductionRequest", id) is None
    assert await change(client, "ana", "sendIntroductionRequest", id) == "SENT"
    assert await change(client, "ben", "recordIntroduction", id) == "CONFLICT"
    assert await change(client, "ana", "respondToIntroductionRequest", id, ", response: ACCEPT") == "BAD_USER_INPUT"
    assert await change(client, "ben", "respondToIntroductionRequest", id, ", response: ACCEPT") == "ACCEPTED"
    assert await change(client, "ben", "recordTargetResponse", id, ", response: ASKED") == "TARGET_ASKED"
    assert await change(client, "ben", "recordTargetResponse", id, ", response: AGREED") == "TARGET_AGREED"
    received = await ask(client, "ben", f'{{ introductionRequest(id: "{id}") {{ nextMessage {{ text mailtoUrl }} }} }}')
    assert "You both agreed" in received["introductionRequest"]["nextMessage"]["text"]
    assert await change(client, "ben", "recordIntroduction", id) == "INTRODUCED"
    inbox = "{ unreadNotificationCount notifications(first: 1) { nodes { text request { id } } } }"
    listed = await ask(client, "ana", inbox)
    assert listed["unreadNotificationCount"] == 4
    assert listed["notifications"]["nodes"] == [
        {"text": "Ben recorded the introduction: the request for Jane.", "request": {"id": id}}
    ]
    marked = await ask(client, "ana", "mutation { markNotificationsRead(input: {}) { unreadCount } }")
    assert marked["markNotificationsRead"] == {"unreadCount": 0}
    assert await change(client, "ana", "recordIntroductionOutcome", id, ", outcome: MET") == "CLOSED"

    mine = "{ introductionRequests(role: ASKER, status: CLOSED) { totalCount nodes { outcome } } }"
    assert (await ask(client, "ana", mine))["introductionRequests"] == {"totalCount": 1, "nodes": [{"outcome": "MET"}]}


async def test_a_third_member_cannot_tell_a_request_from_none(client: httpx.AsyncClient, graph_of_team: Graph) -> None:
    id = await sent_request(graph_of_team)
    lists = "introductionRequests { totalCount nodes { id } }"
    document = '{ introductionRequest(id: "%s") { id } node(id: "%s") { id } ' + lists + " }"

    assert await ask(client, "cleo", document % (id, id)) == await ask(client, "cleo", document % ("0" * 24, "0" * 24))
    assert await change(client, "cleo", "withdrawIntroductionRequest", id) is None
    received = await ask(client, "ben", document % (id, id))
    assert (received["node"], received["introductionRequests"]["totalCount"]) == ({"id": id}, 1)


async def test_json_has_the_fields_of_the_schema(client: httpx.AsyncClient, graph_of_team: Graph) -> None:
    id = await sent_request(graph_of_team, "dan@near.example")
    session = await session_of(graph_of_team, "ana")
    request = await find_request(session, id)
    assert request

    answer = await ask(client, "ana", f'{{ introductionRequest(id: "{id}") {{ {FIELDS} }} }}')

    assert (
        json.loads(json.dumps(request_data(request, await message_to_send(session, request))))
        == answer["introductionRequest"]
    )


async def test_owners_manage_webhooks_and_see_the_secret(graph_of_team: Graph) -> None:
    sender = WebhookSender("k" * 32)
    create = 'mutation { createWebhook(input: {url: "%s"}) { webhook { id url deliveredAt failedAt } signingSecret } }'
    address = "https://crm.example.org/tertius"
    async with served(graph_of_team, webhooks=sender) as client:
        created = (await ask(client, "ana", create % address))["createWebhook"]
        again = (await ask(client, "ana", create % address))["createWebhook"]
        for url in ("http://crm.example.org", "https://user@crm.example.org"):
            refused = await ask(client, "ana", create % url)
            assert refused["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        forbidden = await ask(client, "ben", create % address)
        listed = (await ask(client, "ana", "{ webhooks { nodes { id url } } }"))["webhooks"]["nodes"]
        id = created["webhook"]["id"]
        delete = f'mutation {{ deleteWebhook(input: {{id: "{id}"}}) {{ deletedWebhookId }} }}'
        deleted = [(await ask(client, "ana", delete))["deleteWebhook"]["deletedWebhookId"] for _ in range(2)]

    assert created["signingSecret"] == sender.secret_of((await session_of(graph_of_team, "ana")).state.network, id)
    assert again == created
    assert forbidden["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert listed == [{"id": id, "url": address}]
    assert deleted == [id, None]
    async with served(graph_of_team) as client:
        assert "has not set a key" in (await ask(client, "ana", create % address))["errors"][0]["message"]
