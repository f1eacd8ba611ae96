"""A service on a port of its own, with the members of a team and a second network. The requests use real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest_asyncio

from api.app import create_app
from api.request_limits import Limits
from graph.database.client import Graph
from graph.networks.permissions import Scope
from graph.networks.tokens import grant_token
from graph.records import Record
from tertius.service.serve import build_server
from tertius.service_settings import Http
from tests.api.conftest import LIMITS
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import home, load_export, own, talk
from tests.prepared_stores import created_once

ROLES = {"ana": "owner", "adam": "admin", "ben": "member", "asa": "asker"}
"""The members of the network, each with a token that is the name."""
READER, OUTSIDER = "reader", "zoe"
"""A token of the owner with the scope READ, and the owner of the other network."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service and its database."""

    client: httpx.AsyncClient
    driver: neo4j.AsyncDriver
    graph: Graph
    network: str

    async def send(self, token: str, query: str, **variables: Any) -> httpx.Response:
        """Send a GraphQL request with this token."""
        body = {"query": query, "variables": variables}
        return await self.client.post("/graphql", json=body, headers=signed(token))

    async def ask(self, token: str, query: str, **variables: Any) -> dict[str, Any]:
        """The body of the answer to a GraphQL request with this token."""
        answer: dict[str, Any] = (await self.send(token, query, **variables)).json()
        return answer


def signed(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@asynccontextmanager
async def listening(
    driver: neo4j.AsyncDriver, uploads: Path, limits: Limits = LIMITS, **options: Any
) -> AsyncIterator[Service]:
    """The service on a free port, with the server that `tertius up` uses and the options of `create_app`."""
    graph = Graph(driver)

    @asynccontextmanager
    async def connect() -> AsyncIterator[Graph]:
        yield graph

    network, _ = await home(graph)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = create_app(connect, uploads, limits, networks=[network], outbox_poll_seconds=0.2, **options)
        server = build_server(app, Http())
        task = asyncio.create_task(server.serve(sockets=[listener]))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
                yield Service(client, driver, graph, network)
        finally:
            server.should_exit = True
            await task


async def create_networks(driver: neo4j.AsyncDriver) -> None:
    """Replace the content of the store by the two networks of these tests."""
    await wipe(driver)
    await fill_networks(driver)


@created_once
async def fill_networks(driver: neo4j.AsyncDriver) -> None:
    """A network with a member of each role and private sources of Ana and Ben, and a network of Zoe."""
    graph = Graph(driver)
    network = await create_team_network(driver, graph, *(name for name in ROLES if name != "ana"))
    await driver.execute_query(
        "UNWIND keys($roles) AS id MATCH (m:Member {network: $network, id: id}) SET m.role = $roles[id]",
        roles=ROLES,
        network=network,
    )
    for name in ROLES:
        await grant_token(graph, network, name, name)
    await grant_token(graph, network, "ana", READER, scopes=[Scope.READ])
    secrets: list[Record] = [own("ana@home.example", "Ana"), *talk("quill@secret.example", "ana@home.example")]
    await load_for(graph, "ana", secrets)
    await load_for(graph, "ben", [own("ben@home.example", "Ben"), *talk("ida@near.example", "ben@home.example")])
    theirs: list[Record] = [own("zoe@far.example", "Zoe"), *talk("zyx@far.example", "zoe@far.example")]
    await load_export(graph, theirs, name="far", owner="zoe@far.example")
    await grant_token(graph, *await home(graph, "far"), OUTSIDER)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(driver: neo4j.AsyncDriver, tmp_path_factory: Any) -> AsyncIterator[Service]:
    """The service over both networks, for a whole module."""
    await create_networks(driver)
    # one test sends thousands of requests
    limits = replace(LIMITS, points_per_hour=10**9)
    async with listening(driver, tmp_path_factory.mktemp("uploads"), limits) as running:
        yield running
