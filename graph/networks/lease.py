"""The write lease of a network: one writer at a time, across processes and machines."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

import cypher
from graph.database.client import Graph, WriteGuard, guarded_writes
from graph.errors import DatabaseUnavailable, NetworkBusy
from graph.networks.state import is_dead_process, read_state
from graph.progress import SILENT, Progress

_ACQUIRE_LEASE = cypher.load("networks/acquire_lease")
_RENEW_LEASE = cypher.load("networks/renew_lease")
_CHECK_LEASE = cypher.load("networks/check_lease")
_RELEASE_LEASE = cypher.load("networks/release_lease")
_HAS_RUNNING_TRANSACTIONS = cypher.load("networks/has_running_transactions")

LEASE_SECONDS = 60.0
"""Lifetime of a lease that its holder no longer renews."""
WAIT_SECONDS = 90.0
"""Longest time that a writer waits for the lease."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.03, 0.25
"""Seconds between the attempts of a waiting writer. They double from the first to the longest."""


@asynccontextmanager
async def write_lease(graph: Graph, network: str, *, progress: Progress = SILENT) -> AsyncIterator[None]:
    """Hold the network's write lease until the end of the block, and renew it meanwhile.

    Takes the lease from a dead process of this machine at once, from any other holder LEASE_SECONDS after its last
    renewal, and waits until the last transaction of that holder has ended, for half of LEASE_SECONDS at most. Raises
    NetworkBusy after WAIT_SECONDS, and ends the block with it if another holder has taken the lease, for example
    because this process was suspended. Each write in the block checks the lease in its own transaction, so that none
    is made after that. Reads in the block have no time limit.
    """
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex}"
    waited, pause = 0.0, _FIRST_PAUSE
    while not await _acquire(graph, network, holder):
        if waited >= WAIT_SECONDS:
            raise NetworkBusy("Another command is loading into this network. Try again when it has finished.")
        if waited == 0.0:
            progress.waiting("waiting for another command that is loading into this network")
        await asyncio.sleep(pause)
        waited += pause
        pause = min(2 * pause, _LONGEST_PAUSE)
    error = NetworkBusy("Another command took over the network, because this one had stopped. Try again.")
    guard = WriteGuard(_CHECK_LEASE, {"network": network, "holder": holder}, error)
    lost = asyncio.timeout(None)
    renewal = asyncio.create_task(_renew(graph, network, holder, lost))
    try:
        with guarded_writes(guard):
            async with lost:
                yield
    except TimeoutError as timeout:
        if not lost.expired():
            raise
        raise error from timeout
    finally:
        renewal.cancel()
        await graph.run(_RELEASE_LEASE, network=network, holder=holder)


async def _acquire(graph: Graph, network: str, holder: str) -> bool:
    current = (await read_state(graph, network)).lease_holder
    dead_holder = current if current and is_dead_process(current) else holder
    lifetime_ms = _lifetime_ms()
    try:
        acquired = await graph.run(
            _ACQUIRE_LEASE, network=network, holder=holder, dead_holder=dead_holder, lifetime_ms=lifetime_ms
        )
        if acquired and current:
            await _wait_for_transactions(graph, network)
    except asyncio.CancelledError:  # a cancelled write may have been committed
        await graph.run(_RELEASE_LEASE, network=network, holder=holder)
        raise
    return bool(acquired)


def _lifetime_ms() -> int:
    return int(LEASE_SECONDS * 1000)


async def _wait_for_transactions(graph: Graph, network: str) -> None:
    """Wait until transactions that began before this call have ended, for half of LEASE_SECONDS at most."""
    start = time.monotonic()
    while (waited := time.monotonic() - start) < LEASE_SECONDS / 2:
        await asyncio.sleep(0.05)
        (row,) = await graph.run(_HAS_RUNNING_TRANSACTIONS, network=network, longer_than_ms=int(waited * 1000))
        if not row["is_running"]:
            break


async def _renew(graph: Graph, network: str, holder: str, lost: asyncio.Timeout) -> None:
    """Renew the lease. Let `lost` expire at once if another holder has acquired it since."""
    is_held = True
    while is_held:
        await asyncio.sleep(LEASE_SECONDS / 4)
        with suppress(DatabaseUnavailable):  # the block fails too if that lasts
            is_held = bool(await graph.run(_RENEW_LEASE, network=network, holder=holder, lifetime_ms=_lifetime_ms()))
    lost.reschedule(asyncio.get_running_loop().time())
