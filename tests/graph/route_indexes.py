"""A current route index in a test, and which queries ran beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import neo4j

from cypher import Query
from graph.database.client import Graph
from graph.introductions.index.build import read_route_index
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.viewer import Viewer

ROOM = 10**6


class Recording(Graph):
    """A graph that records the names and parameters of queries."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(driver)
        self.ran: list[tuple[str, dict[str, Any]]] = []

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        self.ran.append((query.name, params))
        return await super().run(query, **params)

    @property
    def searched(self) -> bool:
        """Whether Neo4j searched routes."""
        return any(name.startswith(("introductions/find_routes", "introductions/expand_")) for name, _ in self.ran)


@asynccontextmanager
async def indexed(driver: neo4j.AsyncDriver, viewer: Viewer) -> AsyncIterator[tuple[Recording, Viewer]]:
    """A current index of the viewer's network in the block: the graph and the viewer to ask with."""
    await driver.execute_query("MERGE (n:Network {id: $id}) SET n.ties_id = 'current'", id=viewer.network)
    graph = Recording(driver)
    index = await read_route_index(graph, viewer.network, max_bytes=ROOM)
    assert index
    ROUTE_INDEXES.keep(index, ROOM)
    try:
        yield graph, replace(viewer, ties_id="current")
    finally:
        ROUTE_INDEXES.clear()
