"""Keeps the route indexes of a service current, in the background. Until an index is current, Neo4j answers."""

import asyncio
import itertools
import logging
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from graph.database.client import Graph
from graph.errors import TertiusError
from graph.introductions.index.build import IndexTooLarge, read_route_index
from graph.introductions.index.registry import IDLE_SECONDS, ROUTE_INDEXES
from graph.introductions.index.route_index import RouteIndex
from graph.networks.registry import list_networks
from operations.background_task import background_task
from operations.metrics import ROUTE_INDEX_BYTES, ROUTE_INDEX_TIES

log = logging.getLogger("tertius.api")

_RETRY_TOO_LARGE_SECONDS = 3_600.0
"""Pause before an index that was too large is read again: the network may have become smaller."""
_POLLS_PER_CHECK = 10
"""Polls between two checks of all indexes: names of erased people must not stay in memory until the next request."""
_POLL_SECONDS = 0.5
"""Pause between two checks for networks whose index is outdated."""


@asynccontextmanager
async def route_indexing(
    graph: Graph, networks: Iterable[str] | None, max_bytes: int, *, poll_seconds: float = _POLL_SECONDS
) -> AsyncIterator[None]:
    """Read the indexes of these networks in the block, and read one again when a request needs a newer one.

    None: all networks. All indexes together have at most `max_bytes`; 0 turns them off. A network that is too large has
    no index, and is tried again after an hour.
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
    waiting: dict[str, float] = {}
    is_started = False
    for poll in itertools.count(1):
        started = time.monotonic()
        try:
            if poll % _POLLS_PER_CHECK == 0 and ROUTE_INDEXES.networks:
                await _check(graph)
            if not is_started:
                ROUTE_INDEXES.outdated.update(await list_networks(graph) if names is None else names)
                is_started = True
            waiting = {network: until for network, until in waiting.items() if until > started}
            for network in sorted(ROUTE_INDEXES.outdated - waiting.keys()):
                ROUTE_INDEXES.outdated.discard(network)  # if the ties change meanwhile, the next request adds it again
                await _refresh(graph, network, max_bytes, waiting)
        except TertiusError:
            pass  # the database is unavailable: a round after the next request tries again
        except Exception as error:  # noqa: BLE001 - without an index Neo4j answers
            log.error("reading a route index failed: %s", type(error).__name__)  # noqa: TRY400
        ROUTE_INDEX_BYTES.set(ROUTE_INDEXES.nbytes)
        ROUTE_INDEX_TIES.set(ROUTE_INDEXES.tie_count)
        # ties that change all the time must not keep the database busy with reading them
        await asyncio.sleep(max(poll_seconds, time.monotonic() - started))


async def _check(graph: Graph) -> None:
    """Drop the indexes of networks that do not exist any more. The others are read again if they are outdated."""
    for network in {*ROUTE_INDEXES.networks}.difference(await list_networks(graph)):
        ROUTE_INDEXES.drop(network)
    ROUTE_INDEXES.outdated.update(ROUTE_INDEXES.networks)


async def _refresh(graph: Graph, network: str, max_bytes: int, waiting: dict[str, float]) -> None:
    """Read the index of a network, or what changed. `waiting` are times before which an index is not read again."""
    present = ROUTE_INDEXES.present(network)
    try:
        index = await read_route_index(
            graph, network, max_bytes=max_bytes, present=present if isinstance(present, RouteIndex) else None
        )
    except IndexTooLarge:
        ROUTE_INDEXES.drop(network)
        waiting[network] = time.monotonic() + _RETRY_TOO_LARGE_SECONDS
        log.warning("the route index of network %s exceeds the memory limit", network)
        return
    if index is None:
        return
    for dropped in ROUTE_INDEXES.keep(index, max_bytes):
        waiting[dropped] = time.monotonic() + IDLE_SECONDS
        log.warning("the route index of network %s has no room beside those of other networks", dropped)
