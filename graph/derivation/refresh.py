"""Moves a network's day, and completes interrupted work."""

from datetime import date

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.networks.state import NetworkState, read_state
from graph.progress import SILENT, Progress

_SET_DAY = cypher.load("derivation/set_day")


async def refresh_network(
    graph: Graph,
    network: str,
    *,
    as_of: date,
    is_pinned: bool = False,
    progress: Progress = SILENT,
) -> NetworkState:
    """Move the network's day to `as_of` and derive every tie. Completes interrupted work.

    A pinned day stays until the next refresh or load: commands that advance the day by themselves leave it.
    """
    async with rederive_after(graph, network, people_unchanged=True, progress=progress):
        await set_day(graph, network, day_of(as_of), is_pinned=is_pinned)
    return await read_state(graph, network)


async def advance_day(graph: Graph, network: str, *, today: date, progress: Progress = SILENT) -> NetworkState:
    """Move the network's day to `today` if it is behind and not pinned; otherwise as `recover_if_interrupted`."""
    day = day_of(today)
    if not (await read_state(graph, network)).is_behind(day):
        return await recover_if_interrupted(graph, network, progress=progress)
    async with rederive_after(graph, network, people_unchanged=True, progress=progress) as before:
        if before.is_behind(day):  # checked again: another process may have advanced it before this one got the lease
            await set_day(graph, network, day)
    return await read_state(graph, network)


async def recover_if_interrupted(graph: Graph, network: str, *, progress: Progress = SILENT) -> NetworkState:
    """Complete interrupted work, unless another process is at it. Returns the state after it."""
    current = await read_state(graph, network)
    if not current.needs_recovery or current.has_active_writer:
        return current
    async with rederive_after(graph, network, progress=progress):
        pass
    return await read_state(graph, network)


async def set_day(graph: Graph, network: str, day: int, *, is_pinned: bool = False) -> None:
    """Store the network's day, and mark its ties as stale. The caller derives them."""
    await graph.run(_SET_DAY, network=network, as_of=day, is_pinned=is_pinned)
