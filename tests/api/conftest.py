"""The service over the sample network, asked as a client asks it."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest
import pytest_asyncio

from api.app import create_app
from api.request_limits import Limits
from cypher import Query
from graph.database.client import Graph
from graph.networks.registry import find_or_create_network
from graph.networks.tokens import grant_token
from operations.load_exports import load_paths
from tertius.sample import EXPORTS, MEMBER
from tests.conftest import wipe
from tests.prepared_stores import created_once

TODAY = date(2026, 11, 22)
NOWHERE = Path(os.devnull)
TOKEN = "the-token-of-ana"
LIMITS = Limits(search_seconds=60, points_per_request=1_200, points_per_hour=1_000_000, request_seconds=60)
SIGNED = {"Authorization": f"Bearer {TOKEN}"}

Ask = Callable[..., Awaitable[dict[str, Any]]]


class Counting(Graph):
    """A graph that remembers which queries it was asked."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(driver)
        self.asked: list[str] = []

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if query.name != "networks/record_token_use":  # once a minute, whenever that is
            self.asked.append(query.name)
        return await super().run(query, **params)


@asynccontextmanager
async def served(
    graph: Graph, *, limits: Limits = LIMITS, uploads: Path = NOWHERE, **options: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service on this graph, with `create_app`'s options."""

    @asynccontextmanager
    async def connect() -> AsyncIterator[Graph]:
        yield graph

    app = create_app(connect, uploads, limits, outbox_poll_seconds=0.1, **options)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tertius") as client,
    ):
        yield client


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sample(driver: neo4j.AsyncDriver) -> Counting:
    """The sample network, loaded, with a token for its member."""
    await wipe(driver)
    await load_sample(driver)
    return Counting(driver)


@created_once
async def load_sample(driver: neo4j.AsyncDriver) -> None:
    """The network `demo` with the sample exports, whose owner has TOKEN."""
    graph = Graph(driver)
    network, member = await find_or_create_network(graph, "demo", today=TODAY)
    await load_paths(graph, network, member, [EXPORTS], today=TODAY, owner=MEMBER)
    await grant_token(graph, network, member, TOKEN)


@pytest.fixture
def demo_settings(migrated: tuple[str, str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of a command that reads the sample network."""
    environment = dict(zip(("URI", "USER", "PASSWORD"), migrated, strict=True))
    settings = {f"TERTIUS_NEO4J__{name}": value for name, value in environment.items()}
    return settings | {"TERTIUS_NETWORK": "demo", "TERTIUS_HOME": str(tmp_path)}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(sample: Counting) -> AsyncIterator[httpx.AsyncClient]:
    """A client that nobody has signed in."""
    async with served(sample) as client:
        yield client


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Ask:
    """Ask as Ana and return the whole answer, errors among it."""

    async def asked(query: str, **variables: Any) -> dict[str, Any]:
        response = await client.post("/graphql", json={"query": query, "variables": variables}, headers=SIGNED)
        data: dict[str, Any] = response.json()
        return data

    return asked
