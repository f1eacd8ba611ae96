"""Lease"""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.errors import NetworkBusy
from graph.networks.state import _gone, state
from graph.progress import SILENT, Progress

TAKE = cypher.load("networks/acquire_lease")
LEAVE = cypher.load("networks/release_lease")
WORKING = cypher.load("networks/count_running_work")

LEASE = 60.0
"""Seconds for which a writer that is never heard of again keeps others out."""
PATIENCE = 90.0
"""Seconds that a writer waits for its turn."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write in a network. Renewed by itself while it is held."""

    network: str
    holder: str


@asynccontextmanager
async def lease(graph: Graph, network: str, *, progress: Progress = SILENT) -> AsyncIterator[Lease]:
    """Hold the network's one right to write.

    A holder on this machine whose process is gone is passed over as soon as the database has done with what it asked
    last, any other after LEASE seconds of silence. Raises NetworkBusy after PATIENCE seconds.
    """
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex}"
    waited = 0.0
    while not await _taken(graph, network, holder):
        if waited >= PATIENCE:
            raise NetworkBusy("Another command is loading into this network: try again when it is done.")
        if waited == 0.0:
            progress.waiting("waiting for another command that is loading into this network")
        await asyncio.sleep(0.5)
        waited += 0.5
    renewing = asyncio.create_task(_renew(graph, network, holder))
    try:
        yield Lease(network, holder)
    finally:
        renewing.cancel()
        await graph.run(LEAVE, network=network, holder=holder)


async def _taken(graph: Graph, network: str, holder: str) -> bool:
    found = await state(graph, network)
    dead = found.busy_by if found.busy_by and _gone(found.busy_by) else holder
    taken = bool(await graph.run(TAKE, network=network, holder=holder, dead=dead, lasts=int(LEASE * 1000)))
    if taken and dead != holder:
        await _quiet(graph, network)
    return taken


async def _quiet(graph: Graph, network: str) -> None:
    """Wait until whatever was at work in a network before this is done, half a LEASE at the most."""
    since = time.monotonic()
    while (waited := time.monotonic() - since) < LEASE / 2:
        await asyncio.sleep(0.05)
        (row,) = await graph.run(WORKING, network=network, longer=int(waited * 1000))
        if not row["working"]:
            break


async def _renew(graph: Graph, network: str, holder: str) -> None:
    while True:
        await asyncio.sleep(LEASE / 4)
        await graph.run(TAKE, network=network, holder=holder, dead=holder, lasts=int(LEASE * 1000))
