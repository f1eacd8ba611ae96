"""The service on a port of its own, called with the client of the official SDK."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx2
import pytest_asyncio
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from typer.testing import CliRunner

from api.app import create_app
from api.mcp.addresses import shorten_addresses
from api.request_limits import Limits
from graph.database.client import Graph
from tertius.cli.app import app
from tertius.service.serve import build_server
from tertius.service_settings import Http
from tests.api.conftest import LIMITS, NOWHERE, SIGNED, TOKEN, Counting

LEGACY, MODERN = "legacy", "2026-07-28"
"""How a client connects: by `initialize` of the version 2025-11-25, or statelessly."""


@asynccontextmanager
async def serving(graph: Graph, limits: Limits = LIMITS, **options: Any) -> AsyncIterator[str]:
    """The address of the service on this graph, with the server of `tertius up` and options of `create_app`."""

    @asynccontextmanager
    async def connect() -> AsyncIterator[Graph]:
        yield graph

    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        service = create_app(connect, NOWHERE, limits, **{"public_url": address} | options)
        server = build_server(service, Http())
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield address
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def assistant(address: str, token: str = TOKEN, mode: Any = MODERN) -> AsyncIterator[Client]:
    """A client of the SDK with this token."""
    signed = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=signed, timeout=60, trust_env=False) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http), mode=mode) as client,
    ):
        yield client


async def call(address: str, tool: str, arguments: dict[str, Any], mode: str = MODERN) -> dict[str, Any]:
    """The structured content of a call, which the client checks against the output schema."""
    async with assistant(address, mode=mode) as client:
        result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content  # type: ignore[union-attr]
    data: dict[str, Any] = result.structured_content
    return data


async def by_graphql(address: str, query: str, **variables: Any) -> Any:
    async with httpx.AsyncClient(base_url=address, headers=SIGNED, timeout=60, trust_env=False) as client:
        answer = (await client.post("/graphql", json={"query": query, "variables": variables})).json()
    assert "errors" not in answer, answer
    return shorten_addresses(answer["data"])


async def command_answer(settings: dict[str, str], target: str) -> Any:
    """The answer of `tertius who --json`."""
    printed = await asyncio.to_thread(CliRunner().invoke, app, ["who", target, "--json"], env=settings)
    return shorten_addresses(json.loads(printed.stdout))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(sample: Counting) -> AsyncIterator[str]:
    """The address of the service on the sample network."""
    async with serving(sample) as address:
        yield address
