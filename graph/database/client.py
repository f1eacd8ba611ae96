"""The connection to Neo4j."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from graph.database import driver_import  # before the driver

# isort: split
import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DatabaseError,
    DriverError,
    Neo4jError,
    TransientError,
)
from opentelemetry.trace import SpanKind

from cypher import Query
from graph.database.bolt.read import Read
from graph.database.bolt.reads import ReadBatches, send_reads
from graph.database.erasure_ledger import ErasureLedger
from graph.database.tracing import span
from graph.errors import DatabaseMisconfigured, DatabaseUnavailable, QueryTimeout, Remedy

READ_TIMEOUT_SECONDS = 5.0
"""Time limit of each read in a service. The slowest known takes two seconds: common names among 100,000 people."""
PROBE_AFTER_SECONDS = 0.5
"""Time without a result after which a service probes whether the database is alive. Most results take 0.05 s."""
PROBE_TIMEOUT_SECONDS = 1.0
"""Time after which a database that does not answer the probe counts as unavailable."""
_PROBE_WAITS = 20
CANCELLED_WRITE_SECONDS = 5.0
"""Time that the transaction of a cancelled write has to end. Most take 0.1 s."""

_Result = TypeVar("_Result")
_Table = tuple[Sequence[str], Sequence[Sequence[Any]]]
"""The columns of a result, and its rows."""


@dataclass(frozen=True, slots=True)
class WriteGuard:
    """A query that runs first in the transaction of each write. If it returns no row, the write fails with `error`."""

    query: Query
    params: Mapping[str, Any]
    error: Exception


_GUARD: ContextVar[WriteGuard | None] = ContextVar("write guard", default=None)


@contextmanager
def guarded_writes(guard: WriteGuard) -> Iterator[None]:
    """Guard all writes of the block and of tasks that it starts. Its reads have no time limit: the change has one."""
    token = _GUARD.set(guard)
    try:
        yield
    finally:
        _GUARD.reset(token)


class LivenessProbe:
    """Distinguishes a slow query from a dead database, on a connection of its own, shared by all waiting queries."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        self._driver = driver
        self._probe: asyncio.Task[None] | None = None

    async def watch(self, query: Coroutine[Any, Any, _Result]) -> _Result:
        """Await a query while the database is alive. Raises DatabaseUnavailable, or what the query raises."""
        running = asyncio.create_task(query)
        try:
            while not (await asyncio.wait({running}, timeout=PROBE_AFTER_SECONDS))[0]:
                if self._probe is None or self._probe.done():
                    self._probe = asyncio.create_task(self._check())
                await asyncio.shield(self._probe)
        except BaseException:
            running.cancel()
            with suppress(BaseException):
                await running
            raise
        return running.result()

    async def _check(self) -> None:
        check = asyncio.create_task(self._driver.verify_connectivity())
        try:
            # many short waits: a process that loads may not run the event loop for seconds, and one wait would expire
            for _ in range(_PROBE_WAITS):
                if (await asyncio.wait({check}, timeout=PROBE_TIMEOUT_SECONDS / _PROBE_WAITS))[0]:
                    return check.result()
        except (DriverError, Neo4jError) as error:
            raise _failed_query(error) from error
        finally:
            check.cancel()
        raise DatabaseUnavailable("Neo4j does not answer in time: try again later.")


async def _complete(write: Coroutine[Any, Any, _Result]) -> _Result:
    """Await a write. If the caller is cancelled, its transaction ends first, so that no other change overtakes it."""
    running = asyncio.create_task(write)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running}, timeout=CANCELLED_WRITE_SECONDS)
        running.cancel()
        if running.done() and not running.cancelled():
            running.exception()  # mark it as retrieved: the caller has gone
        raise


class Graph:
    """Runs queries from the cypher package. Only graph.database imports the driver.

    Reads take `read_timeout` seconds at most, None for no limit. With a `probe`, queries end early if the database is
    dead. `ledger` contains the hashes of erased identities.
    """

    def __init__(
        self,
        driver: neo4j.AsyncDriver,
        database: str | None = None,
        *,
        read_timeout: float | None = None,
        probe: LivenessProbe | None = None,
        ledger: ErasureLedger | None = None,
    ) -> None:
        self.ledger = ledger or ErasureLedger()
        self._driver = driver
        self._database = database
        self._read_timeout = read_timeout
        self._probe = probe
        self._batches: ReadBatches | None = None

    def with_batches(self) -> Self:
        """The same graph for one request: reads that begin at the same time share a round trip.

        They run one after the other, so a caller with slow reads should run them without this.
        """
        other = copy(self)
        other._batches = ReadBatches(self._send_reads)  # noqa: SLF001 - its own copy
        return other

    def with_timeout(self, seconds: float | None) -> Self:
        """The same graph with another time limit for each read; None for no limit."""
        other = copy(self)
        other._read_timeout = seconds  # noqa: SLF001 - its own copy
        return other

    def for_background_work(self) -> Self:
        """The same graph without time limit and probe, for long work that waits until the driver gives up retrying."""
        other = self.with_timeout(None)
        other._probe = None  # noqa: SLF001
        return other

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        """Run one query in its own retried transaction and return its rows.

        Raises TypeError if the parameters are not those of the query's header, DatabaseUnavailable if Neo4j does not
        answer, and QueryTimeout if the query exceeds its time limit.
        """
        if params.keys() != query.params:
            raise TypeError(f"{query.name} takes {sorted(query.params)}, got {sorted(params)}")
        timeout = None if query.writes or _GUARD.get() else self._read_timeout
        if timeout is not None and timeout <= 0:
            raise QueryTimeout(_TIMED_OUT)
        attributes = {"db.system.name": "neo4j", "db.operation.name": query.name}
        with span(query.name, SpanKind.CLIENT, **attributes) as query_span:
            try:
                execution = self._execute(query, params, timeout)
                return await (_complete(execution) if query.writes else execution)
            except Exception as error:
                query_span.set_attribute("error.type", type(error).__name__)
                raise

    async def _execute(self, query: Query, params: dict[str, Any], seconds: float | None) -> list[dict[str, Any]]:
        execution = self._write(query.text, params) if query.writes else self._read(query, params, seconds)
        try:
            # limited here too, because the server checks its clock only from time to time
            async with asyncio.timeout(seconds):
                keys, rows = await execution
        except (DriverError, AuthError, TransientError, DatabaseError) as error:
            raise _failed_query(error) from error
        except TimeoutError as error:
            raise QueryTimeout(_TIMED_OUT) from error
        except ClientError as error:
            if error.code == _LOCKED_CODE:
                raise _failed_query(error) from error
            if not (error.code or "").startswith(_TIMEOUT_CODE):
                raise
            raise QueryTimeout(_TIMED_OUT) from error
        return [dict(zip(keys, row, strict=True)) for row in rows]

    async def _read(self, query: Query, params: dict[str, Any], seconds: float | None) -> _Table:
        """Run a read, and let the driver run it again if that may succeed or says why it failed."""
        read = Read(query.text, params, seconds, query.union, query.returns)
        try:
            await (self._batches.run(read) if self._batches else self._send_reads([read]))
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable():
                raise
            read.is_alone = True
        if not read.is_alone:
            return read.keys, read.values
        return await self._run_retried(neo4j.Query(query.text, timeout=read.seconds), params, neo4j.RoutingControl.READ)

    async def _send_reads(self, reads: Sequence[Read]) -> None:
        await self._watched(send_reads(self._driver, self._database, reads))

    async def _write(self, text: str, params: dict[str, Any]) -> _Table:
        if guard := _GUARD.get():
            return await self._watched(self._write_guarded(guard, text, params))
        return await self._run_retried(neo4j.Query(text), params, neo4j.RoutingControl.WRITE)

    async def _write_guarded(self, guard: WriteGuard, text: str, params: dict[str, Any]) -> _Table:
        # for networks/has_running_transactions, between the two queries
        @neo4j.unit_of_work(metadata={"network": params.get("network")})
        async def write(transaction: neo4j.AsyncManagedTransaction) -> _Table:
            checked = await transaction.run(guard.query.text, dict(guard.params))
            if not await checked.values():
                raise guard.error
            result = await transaction.run(text, params)
            return result.keys(), await result.values()

        bookmarks = self._driver.execute_query_bookmark_manager
        async with self._driver.session(database=self._database, bookmark_manager=bookmarks) as session:
            return await session.execute_write(write)

    async def _run_retried(self, query: neo4j.Query, params: dict[str, Any], routing: neo4j.RoutingControl) -> _Table:
        result = await self._watched(
            self._driver.execute_query(query, params, database_=self._database, routing_=routing)
        )
        return result.keys, [record.values() for record in result.records]

    async def _watched(self, query: Coroutine[Any, Any, _Result]) -> _Result:
        return await (self._probe.watch(query) if self._probe else query)

    async def stream(self, query: Query, size: int) -> AsyncIterator[list[dict[str, Any]]]:
        """The rows of a query without parameters in batches of `size`, for results that do not fit into memory."""
        session = self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS, fetch_size=size)
        async with session:
            result = await session.run(query.text)
            while records := await result.fetch(size):
                yield [dict(record) for record in records]


_LOCKED_CODE = "Neo.ClientError.Security.AuthenticationRateLimit"
_PANIC_CODES = {
    "Neo.DatabaseError.Transaction.TransactionLogError",
    "Neo.DatabaseError.Transaction.TransactionStartFailed",
}
"""Codes of a write to the transaction log that failed, and of each transaction after it."""
_TIMEOUT_CODE = "Neo.ClientError.Transaction.TransactionTimedOut"
_TIMED_OUT = "The request exceeded its time limit: request less at once, or try again later."


@asynccontextmanager
async def open_graph(
    uri: str, user: str, password: str, database: str | None = None, ledger: ErasureLedger | None = None
) -> AsyncIterator[Graph]:
    """Open a driver, check the connection, and close the driver at the end. For commands.

    `uri` is any that Neo4j supports: bolt or neo4j, both also with +s or +ssc for TLS. Raises DatabaseUnavailable.
    """
    async with create_driver(uri, user, password) as driver:
        try:
            await driver.verify_connectivity()
        except (DriverError, Neo4jError) as error:
            raise to_unavailable(error) from error
        yield Graph(driver, database, ledger=ledger)


@asynccontextmanager
async def open_service_graph(
    uri: str,
    user: str,
    password: str,
    database: str | None = None,
    ledger: ErasureLedger | None = None,
    *,
    spreads_reads: bool = False,
) -> AsyncIterator[Graph]:
    """Open a driver for a service, which may start before the database. Reads are limited to READ_TIMEOUT_SECONDS.

    A dead database is detected within PROBE_AFTER_SECONDS + PROBE_TIMEOUT_SECONDS.
    """
    driver = create_driver(uri, user, password, spreads_reads=spreads_reads)
    async with driver, create_driver(uri, user, password) as probe_driver:
        probe = LivenessProbe(probe_driver)
        yield Graph(driver, database, read_timeout=READ_TIMEOUT_SECONDS, probe=probe, ledger=ledger)


def create_driver(uri: str, user: str, password: str, *, spreads_reads: bool = False) -> neo4j.AsyncDriver:
    """A driver that retries transient errors for 15 seconds. With `spreads_reads` any member of a cluster reads.

    Otherwise the leader does. Reads of other members may lack the latest changes of other processes.
    """
    try:
        driver = neo4j.AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            max_connection_pool_size=50,
            connection_acquisition_timeout=10,
            connection_timeout=5,
            initial_retry_delay=0.05,  # most retried transactions only conflicted with another write
            max_transaction_retry_time=15,
            notifications_min_severity="OFF",
        )
        if not spreads_reads:
            driver_import.read_at_leader(driver)
    except (ConfigurationError, ValueError) as error:
        raise DatabaseMisconfigured("The address of Neo4j is invalid.", remedy=Remedy.CHECK_ADDRESS) from error
    return driver


def to_unavailable(error: BaseException) -> DatabaseUnavailable:
    """Convert a driver error to DatabaseMisconfigured or DatabaseUnavailable."""
    is_misconfigured = isinstance(error, AuthError) or _is_caused_by(error, ssl.SSLError)
    message, remedy = _describe_failure(error)
    return (DatabaseMisconfigured if is_misconfigured else DatabaseUnavailable)(message, remedy=remedy)


def _failed_query(error: BaseException) -> DatabaseUnavailable:
    message, remedy = _describe_failure(error)
    return DatabaseUnavailable(message, remedy=remedy)


def _describe_failure(error: BaseException) -> tuple[str, Remedy | None]:
    """One sentence that says why Neo4j did not answer, and the remedy. It contains no secret and no request data."""
    if isinstance(error, AuthError):
        return "Neo4j does not accept this user and password.", Remedy.CHECK_CREDENTIALS
    if isinstance(error, Neo4jError) and error.code == _LOCKED_CODE:
        return (
            "Neo4j has locked this account for a few seconds after several wrong passwords. Another program may use "
            "an old password, or somebody may be guessing it: Neo4j's security log lists the attempts."
        ), Remedy.CHECK_CREDENTIALS
    if _is_caused_by(error, ssl.SSLError):
        return (
            "The TLS settings of Neo4j and Tertius do not match: bolt+s and neo4j+s require a trusted certificate "
            "(SSL_CERT_FILE adds more), +ssc accepts any, and without either Neo4j must not require TLS."
        ), None
    if isinstance(error, Neo4jError) and error.code in _PANIC_CODES:
        return (
            "Neo4j could not write to its disk, which may be full, and runs no queries until it is restarted."
        ), Remedy.RESTART_DATABASE
    if isinstance(error, Neo4jError):
        return f"Neo4j could not run the query ({error.code}).", Remedy.CHECK_DATABASE
    return "Neo4j does not answer.", Remedy.CHECK_DATABASE


def _is_caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
