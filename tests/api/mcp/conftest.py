"""The service on a port of its own, called with the client of the official SDK."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest_asyncio
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from api.app import create_app
from api.request_limits import Limits
from graph.database.client import Graph
from tertius.service.serve import build_server
from tertius.service_settings import Http
from tests.api.conftest import LIMITS, NOWHERE, TOKEN, Counting

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
        app = create_app(connect, NOWHERE, limits, **{"public_url": address} | options)
        server = build_server(app, Http())
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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(sample: Counting) -> AsyncIterator[str]:
    """The address of the service on the sample network."""
    async with serving(sample) as address:
        yield address
