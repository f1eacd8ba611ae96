"""Cross-origin requests over HTTP: allowed origins, other origins, and errors."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import neo4j
import pytest
import pytest_asyncio

from api.http.waiting import unavailable_app
from graph.database.client import Graph
from graph.networks.registry import find_or_create_network
from graph.networks.tokens import grant_token
from tests.api.conftest import LIMITS, SIGNED, TODAY, TOKEN, served
from tests.conftest import wipe

ALLOWED, OTHER = "https://app.example.org", "https://evil.example"
VIEWER = {"query": "{ viewer { asOf } }"}
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def graph(driver: neo4j.AsyncDriver) -> Graph:
    await wipe(driver)
    graph = Graph(driver)
    await grant_token(graph, *await find_or_create_network(graph, "home", today=TODAY), TOKEN)
    return graph


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(graph: Graph) -> AsyncIterator[httpx.AsyncClient]:
    async with served(graph, limits=replace(LIMITS, points_per_hour=1_000), origins=[ALLOWED]) as client:
        yield client


async def test_an_allowed_origin_reads_answers_and_rate_limits(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json=VIEWER, headers={**SIGNED, "Origin": ALLOWED})

    assert response.json()["data"]["viewer"]
    assert response.headers["access-control-allow-origin"] == ALLOWED
    assert "origin" in response.headers["vary"].lower()
    assert "x-ratelimit-remaining" in response.headers["access-control-expose-headers"].lower()
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("path", ["/graphql", "/mcp", "/targets", "/join"])
async def test_a_preflight_allows_what_the_api_needs(client: httpx.AsyncClient, path: str) -> None:
    response = await client.options(path, headers={**PREFLIGHT, "Origin": ALLOWED})

    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == ALLOWED
    assert {"POST", "PUT"} == set(response.headers["access-control-allow-methods"].split(", "))
    assert {"Authorization", "Content-Type"} <= set(response.headers["access-control-allow-headers"].split(", "))
    assert int(response.headers["access-control-max-age"]) > 0
    assert "Origin" in response.headers["vary"]


async def test_an_allowed_origin_may_put_an_upload(client: httpx.AsyncClient) -> None:
    headers = {"Origin": ALLOWED, "Access-Control-Request-Method": "PUT"}

    assert (await client.options("/uploads/1", headers=headers)).status_code == 200


async def test_another_origin_gets_no_permission(client: httpx.AsyncClient) -> None:
    preflight = await client.options("/graphql", headers={**PREFLIGHT, "Origin": OTHER})
    response = await client.post("/graphql", json=VIEWER, headers={**SIGNED, "Origin": OTHER})

    assert preflight.status_code == 400
    for each in (preflight, response):
        assert "access-control-allow-origin" not in each.headers
        assert "origin" in each.headers["vary"].lower()


async def test_no_origin_may_send_the_header_that_cookies_require(client: httpx.AsyncClient) -> None:
    headers = {**PREFLIGHT, "Origin": ALLOWED, "Access-Control-Request-Headers": "x-csrf-token"}

    assert (await client.options("/graphql", headers=headers)).status_code == 400


@pytest.mark.parametrize("path", ["/about-me", "/healthz", "/auth/callback", "/session", "/"])
async def test_pages_are_not_readable_by_other_origins(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path, headers={"Origin": ALLOWED})

    assert "access-control-allow-origin" not in response.headers


async def test_errors_have_the_cors_headers(client: httpx.AsyncClient, graph: Graph) -> None:
    headers = {"Origin": ALLOWED}
    responses = [
        await client.post("/graphql", json=VIEWER, headers=headers),
        await client.post("/graphql", content=b" " * 100_001, headers=headers | SIGNED),
        await client.put("/uploads/none", content=b"x", headers=headers | SIGNED),
    ]
    async with served(graph, limits=replace(LIMITS, points_per_hour=1), origins=[ALLOWED]) as limited:
        for _ in range(2):
            last = await limited.post("/graphql", json=VIEWER, headers=headers | SIGNED)
        responses.append(last)
    waiting = httpx.ASGITransport(unavailable_app([ALLOWED]))
    async with httpx.AsyncClient(transport=waiting, base_url="http://tertius") as early:
        responses.append(await early.post("/graphql", json=VIEWER, headers=headers | SIGNED))

    assert [response.status_code for response in responses] == [401, 413, 404, 429, 503]
    assert {response.headers["access-control-allow-origin"] for response in responses} == {ALLOWED}


async def test_all_origins_may_be_allowed_but_never_with_cookies(graph: Graph) -> None:
    async with served(graph, origins=["*"]) as client:
        response = await client.post("/graphql", json=VIEWER, headers={**SIGNED, "Origin": OTHER})

    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


async def test_by_default_no_origin_is_allowed(graph: Graph) -> None:
    async with served(graph) as client:
        response = await client.post("/graphql", json=VIEWER, headers={**SIGNED, "Origin": ALLOWED})
        preflight = await client.options("/graphql", headers={**PREFLIGHT, "Origin": ALLOWED})

    assert "access-control-allow-origin" not in response.headers
    assert preflight.status_code == 405
