"""Keeps the route indexes of a service current, in the background. Until an index is current, Neo4j answers."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from graph.database.client import Graph
from graph.errors import TertiusError
from graph.introductions.index.build import IndexTooLarge, read_route_index
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.networks.registry import list_networks
from operations.background_task import background_task
from operations.metrics import ROUTE_INDEX_BYTES, ROUTE_INDEX_TIES

log = logging.getLogger("tertius.api")

_POLL_SECONDS = 0.5
"""Pause between two checks for networks whose index is outdated."""


@asynccontextmanager
async def route_indexing(
    graph: Graph, networks: Iterable[str] | None, max_bytes: int, *, poll_seconds: float = _POLL_SECONDS
) -> AsyncIterator[None]:
    """Read the indexes of these networks in the block, and read one again when a request found it outdated.

    None: all networks. All indexes together have at most `max_bytes`; 0 turns them off. A network that is too large has
    no index.
    """
    if not max_bytes:
        yield
        return
    try:
        async with background_task(_run(graph, None if networks is None else list(networks), max_bytes, poll_seconds)):
            yield
    finally:
        ROUTE_INDEXES.clear()


async def _run(graph: Graph, names: list[str] | None, max_bytes: int, poll_seconds: float) -> None:
    too_large: set[str] = set()
    is_started = False
    while True:
        started = time.monotonic()
        try:
            if not is_started:
                ROUTE_INDEXES.outdated.update(await list_networks(graph) if names is None else names)
                is_started = True
            for network in sorted(ROUTE_INDEXES.outdated - too_large):
                ROUTE_INDEXES.outdated.discard(network)  # if the ties change meanwhile, the next request adds it again
                try:
                    index = await read_route_index(graph, network, max_bytes=max_bytes)
                except IndexTooLarge:
                    too_large.add(network)
                    log.warning("the route index of network %s exceeds the memory limit", network)
                    continue
                if index is not None:
                    ROUTE_INDEXES.keep(index, max_bytes)
        except TertiusError:
            pass  # the database is unavailable: a round after the next request tries again
        except Exception as error:  # noqa: BLE001 - without an index Neo4j answers
            log.error("reading a route index failed: %s", type(error).__name__)  # noqa: TRY400
        ROUTE_INDEX_BYTES.set(ROUTE_INDEXES.nbytes)
        ROUTE_INDEX_TIES.set(ROUTE_INDEXES.tie_count)
        # ties that change all the time must not keep the database busy with reading them
        await asyncio.sleep(max(poll_seconds, time.monotonic() - started))
