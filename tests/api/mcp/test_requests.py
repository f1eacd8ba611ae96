"""The tool request_status shows each party its requests, and others nothing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import neo4j
import pytest_asyncio

from api.mcp.addresses import shorten_addresses
from graph.database.client import Graph
from graph.networks.tokens import grant_token
from graph.requests.states import RequestRules
from tests.api.conftest import LIMITS
from tests.api.mcp.conftest import assistant, serving
from tests.api.test_answer_json import ON_REQUEST, fragments
from tests.conftest import wipe
from tests.operations.requests_team import create_request_team, draft_request, sent_request

LEFT_OUT = {("IntroductionRequest", "nextMessage"), ("IntroductionRequest", "nextRoute")}
QUERY = fragments("introductionRequests", "first: 10", ON_REQUEST | LEFT_OUT, "")


@pytest_asyncio.fixture(loop_scope="session")
async def address(driver: neo4j.AsyncDriver) -> AsyncIterator[str]:
    """A service on a network in which Ana sent Ben a request and has the draft of another."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_request_team(driver, graph)
    await sent_request(graph)
    await draft_request(graph, "dan@near.example", "draft")
    for member in ("ana", "ben", "cleo"):
        await grant_token(graph, network, member, member)
    async with serving(graph) as address:
        yield address


async def listed(address: str, member: str, **arguments: Any) -> Any:
    async with assistant(address, member) as client:
        result = await client.call_tool("request_status", arguments)
    assert not result.is_error, result.content
    return result.structured_content["introductionRequests"]


async def test_each_party_sees_its_requests_as_graphql_shows_them(address: str) -> None:
    expected: dict[str, set[str]] = {"ana": {"SENT", "DRAFT"}, "ben": {"SENT"}, "cleo": set()}
    for member, statuses in expected.items():
        signed = {"Authorization": f"Bearer {member}"}
        async with httpx.AsyncClient(base_url=address, headers=signed, timeout=60, trust_env=False) as client:
            answer = (await client.post("/graphql", json={"query": QUERY})).json()
        shown = await listed(address, member)
        assert shown == shorten_addresses(answer["data"]["introductionRequests"]["nodes"])
        assert {request["status"] for request in shown} == statuses


async def test_requests_are_listed_by_role_and_state(address: str) -> None:
    assert [request["status"] for request in await listed(address, "ana", status="SENT")] == ["SENT"]
    assert await listed(address, "ana", role="INTRODUCER") == []
    assert len(await listed(address, "ana", first=1)) == 1


async def test_introducers_have_the_caps_of_the_operator(address: str, driver: neo4j.AsyncDriver) -> None:
    limits = replace(LIMITS, request_rules=RequestRules(monthly_cap=0))

    async with serving(Graph(driver), limits) as capped, assistant(capped, "ana") as client:
        answer = await client.call_tool("find_introductions", {"target": "jane@far.example"})

    assert answer.structured_content is not None
    assert {route["introducerAvailability"]["takesRequests"] for route in answer.structured_content["routes"]} == {
        False
    }
