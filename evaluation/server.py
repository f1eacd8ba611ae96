"""Starts a Neo4j for a single run."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.database.client import Graph, open_graph
from graph.database.migrations import migrate
from tertius.localdb import lifecycle
from tertius.settings import Memory, Neo4j, Settings


@asynccontextmanager
async def temporary_database() -> AsyncIterator[tuple[Graph, Path]]:
    """Yield an empty graph and an empty folder; delete both afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(heap="1g", page_cache="256m")
        settings = Settings(home=Path(folder), neo4j=Neo4j(), memory=memory, network="home")
        address = lifecycle.ensure_running(settings)
        try:
            at = address.uri, address.user, address.password.get_secret_value()
            migrate(*at)
            async with open_graph(*at) as graph:
                yield graph, Path(folder)
        finally:
            lifecycle.stop(settings)
