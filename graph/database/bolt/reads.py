"""Reads that share a round trip, each in a transaction of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

from graph.database import driver_import  # noqa: F401 - before the driver

# isort: split
import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.database.bolt.frequent_batches import FREQUENT_BATCHES, BatchStage, JoinedBatch
from graph.database.bolt.messages import RECORD, SUCCESS, Replies, read_message
from graph.database.bolt.read import Read
from graph.errors import TertiusError

_TURNS = 4
"""Turns of the event loop in which tasks may add to a batch: some create other tasks first."""
_RECEIVED_BYTES = 2**18
_PLANNING_SECONDS = 60.0
PLANNING: set[asyncio.Task[None]] = set()
"""Tasks in which Neo4j plans joined queries."""


async def send_reads(driver: neo4j.AsyncDriver, database: str | None, reads: Sequence[Read]) -> None:
    """Run reads in one round trip, and as one query if they are frequent.

    If one fails, all become `is_alone`, and the connection is closed. Raises the errors of the driver if it has no
    connection. Any other error closes the connection too.
    """
    batch = JoinedBatch(reads)
    stage = FREQUENT_BATCHES.count(batch) if len(reads) > 1 else BatchStage.RARE
    if stage is BatchStage.DUE:
        task = asyncio.create_task(_plan(driver, database, batch))
        PLANNING.add(task)
        task.add_done_callback(PLANNING.discard)
    if stage is not BatchStage.PLANNED:
        await _send(driver, database, reads)
        return
    joined = batch.as_read(_time_limit(reads))
    await _send(driver, database, [joined])
    if joined.is_alone:
        FREQUENT_BATCHES.set_failed(batch)
        for read in reads:
            read.is_alone = True
    else:
        batch.share_result(joined)


async def _plan(driver: neo4j.AsyncDriver, database: str | None, batch: JoinedBatch) -> None:
    """Run a joined query for its plan only, so that no request waits for the plan."""
    joined = batch.as_read(_PLANNING_SECONDS)
    try:
        # a database that never answers must not keep the connection
        async with asyncio.timeout(_PLANNING_SECONDS):
            await _send(driver, database, [joined])
    except (DriverError, Neo4jError, TimeoutError):
        joined.is_alone = True
    if joined.is_alone:
        FREQUENT_BATCHES.set_failed(batch)
    else:
        FREQUENT_BATCHES.set_planned(batch)


async def _send(driver: neo4j.AsyncDriver, database: str | None, reads: Sequence[Read]) -> None:
    session: Any = driver.session(
        database=database,
        default_access_mode=neo4j.READ_ACCESS,
        bookmark_manager=driver.execute_query_bookmark_manager,
    )
    async with session:
        await session._connect(neo4j.READ_ACCESS)  # noqa: SLF001 - the driver has no public function for this
        bookmarks = await session._get_bookmarks()  # noqa: SLF001
        name = session._config.database  # noqa: SLF001
        transaction = {"mode": "r", "bookmarks": list(bookmarks), **({"db": name} if name else {})}
        connection = session._connection  # noqa: SLF001
        if connection.responses:  # of messages that the driver prepared for this connection
            await connection.send_all()
            await connection.fetch_all()
        try:
            bookmark = await _exchange(connection.socket, reads, transaction)
        except (OSError, EOFError):
            bookmark = None
        except BaseException:
            # the driver would reuse the connection, and the rows left on it would become those of the next read
            session.cancel()
            raise
        if bookmark is None:
            session.cancel()  # closes the connection
            for read in reads:
                read.is_alone = True
        else:
            await session._update_bookmark(bookmark)  # noqa: SLF001


def _time_limit(reads: Sequence[Read]) -> float | None:
    """The sum of the time limits of reads, None if one has none."""
    limits = [read.seconds for read in reads if read.seconds is not None]
    return sum(limits) if len(limits) == len(reads) else None


async def _exchange(socket: Any, reads: Sequence[Read], transaction: Mapping[str, Any]) -> str | None:
    """Send reads and receive their results. Return the last bookmark, None if a read failed."""
    await socket.sendall(
        b"".join(read_message(read.text, read.params, _with_timeout(transaction, read.seconds)) for read in reads)
    )
    replies = Replies()
    received: Iterator[tuple[int, Any]] = iter(())
    bookmark = ""

    async def next_reply() -> tuple[int, Any]:
        nonlocal received
        while (reply := next(received, None)) is None:
            data = await socket.recv(_RECEIVED_BYTES)
            if not data:
                raise EOFError
            received = iter(replies.split(data))
        return reply

    for read in reads:
        tag, metadata = await next_reply()
        if tag != SUCCESS:
            return None
        read.keys = metadata["fields"]
        tag, value = await next_reply()
        while tag == RECORD:
            read.values.append(value)
            tag, value = await next_reply()
        if tag != SUCCESS:
            return None
        bookmark = value.get("bookmark", bookmark)
    return bookmark


def _with_timeout(transaction: Mapping[str, Any], seconds: float | None) -> Mapping[str, Any]:
    # the server ends a query for which no client waits any more
    return transaction if seconds is None else {**transaction, "tx_timeout": max(1, round(seconds * 1000))}


class ReadBatches:
    """Sends the reads that tasks begin at the same time in one round trip."""

    def __init__(self, send: Callable[[Sequence[Read]], Awaitable[None]]) -> None:
        self._send_reads = send
        self._pending: list[Read] = []
        self._batch: asyncio.Task[None] | None = None

    async def run(self, read: Read) -> None:
        """Run a read with those that begin at the same time."""
        if not self._pending:
            self._batch = asyncio.create_task(self._send())
        joined = next((one for one in self._pending if one.is_joined_by(read)), read)
        if joined is read:
            self._pending.append(read)
        assert self._batch is not None
        await asyncio.shield(self._batch)
        read.keys, read.values, read.error, read.is_alone = joined.keys, joined.values, joined.error, joined.is_alone
        if read.error is not None:
            raise read.error

    async def _send(self) -> None:
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        reads, self._pending = self._pending, []
        try:
            # callers give up by themselves, and a database that never answers must not keep the connection
            async with asyncio.timeout(_time_limit(reads)):
                await self._send_reads(reads)
        except TimeoutError:
            for read in reads:
                read.is_alone = True
        except (DriverError, Neo4jError, TertiusError) as error:
            # stored, because nobody may wait any more, and asyncio would log the error with its text
            for read in reads:
                read.error = error
