"""The one door to the database."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from copy import copy
from typing import Any, Self, TypeVar

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
from graph.database.erasure_ledger import Ledger
from graph.database.tracing import span
from graph.errors import DatabaseMisconfigured, DatabaseUnavailable, QueryTimeout

LIMIT = 5.0
"""Seconds that a service gives any one read; the slowest known take two (very common names among 100,000 people)."""
UNEASY = 0.5
"""Seconds without an answer after which a service asks whether the database still lives (most answers take 0.05)."""
SILENT = 1.0
"""Seconds after which a database that does not even answer that counts as away."""
_WAITS = 20

_T = TypeVar("_T")


class Pulse:
    """Tells a database that thinks from one that is gone, on a connection of its own, once for all who wait."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        self._driver = driver
        self._felt: asyncio.Task[None] | None = None

    async def watch(self, answer: Coroutine[Any, Any, _T]) -> _T:
        """Wait for an answer as long as the database lives. Raises DatabaseUnavailable, or what the answer raises."""
        asked = asyncio.create_task(answer)
        try:
            while not (await asyncio.wait({asked}, timeout=UNEASY))[0]:
                if self._felt is None or self._felt.done():
                    self._felt = asyncio.create_task(self._feel())
                await asyncio.shield(self._felt)
        except BaseException:
            asked.cancel()
            with suppress(BaseException):
                await asked
            raise
        return asked.result()

    async def _feel(self) -> None:
        asked = asyncio.create_task(self._driver.verify_connectivity())
        try:
            # in many short waits: a process that loads has no time to listen for seconds, and hears of it all at once
            for _ in range(_WAITS):
                if (await asyncio.wait({asked}, timeout=SILENT / _WAITS))[0]:
                    return asked.result()
        except (DriverError, Neo4jError) as error:
            raise DatabaseUnavailable(why(error)) from error
        finally:
            asked.cancel()
        raise DatabaseUnavailable("Neo4j does not answer in time: ask again in a while.")


class Graph:
    """Runs queries by name. Nothing outside this module and graph.schema imports the driver.

    Reads take `limit` seconds at most, where there is one; with a `pulse` nobody waits for a database that is gone.
    The `ledger` holds who was forgotten.
    """

    def __init__(
        self,
        driver: neo4j.AsyncDriver,
        database: str | None = None,
        *,
        limit: float | None = None,
        pulse: Pulse | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self.ledger = ledger or Ledger()
        self._driver = driver
        self._database = database
        self._limit = limit
        self._pulse = pulse

    def within(self, limit: float | None) -> Self:
        """The same graph, its reads given so many seconds each; None for as long as they take."""
        other = copy(self)
        other._limit = limit  # noqa: SLF001 - its own copy
        return other

    def patiently(self) -> Self:
        """The same graph for long work, which is tried again until the driver gives up, and waits however long."""
        other = self.within(None)
        other._pulse = None  # noqa: SLF001
        return other

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        """Run one query in its own retried transaction and return its rows.

        Raises TypeError where the parameters are not those of the query's header, DatabaseUnavailable
        where nobody answers, QueryTimeout where that takes longer than it may.
        """
        if params.keys() != query.params:
            raise TypeError(f"{query.name} takes {sorted(query.params)}, got {sorted(params)}")
        limit = None if query.writes else self._limit
        if limit is not None and limit <= 0:
            raise QueryTimeout(_TOO_SLOW)
        with span(query.name, SpanKind.CLIENT, **{"db.system.name": "neo4j", "db.operation.name": query.name}) as told:
            try:
                return await self._answered(query, params, limit)
            except Exception as error:
                told.set_attribute("error.type", type(error).__name__)
                raise

    async def _answered(self, query: Query, params: dict[str, Any], limit: float | None) -> list[dict[str, Any]]:
        answer = self._driver.execute_query(
            neo4j.Query(query.text, timeout=limit),  # the server ends what nobody waits for any longer
            params,
            database_=self._database,
            routing_=neo4j.RoutingControl.WRITE if query.writes else neo4j.RoutingControl.READ,
        )
        try:
            # here too: the server looks at its clock now and then only
            async with asyncio.timeout(limit):
                result = await (self._pulse.watch(answer) if self._pulse else answer)
        except (DriverError, AuthError, TransientError, DatabaseError) as error:
            raise DatabaseUnavailable(why(error)) from error
        except TimeoutError as error:
            raise QueryTimeout(_TOO_SLOW) from error
        except ClientError as error:
            if not (error.code or "").startswith(_TIMED_OUT):
                raise
            raise QueryTimeout(_TOO_SLOW) from error
        return [dict(zip(result.keys, record.values(), strict=True)) for record in result.records]

    async def stream(self, query: Query, size: int) -> AsyncIterator[list[dict[str, Any]]]:
        """The rows of one query without parameters, so many at a time: for what does not fit into memory."""
        async with self._driver.session(database=self._database, fetch_size=size) as session:
            found = await session.run(query.text)
            while rows := await found.fetch(size):
                yield [dict(row) for row in rows]


_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_TOO_SLOW = "This takes longer than one answer may: ask for less at once, or again when there is less to do."


@asynccontextmanager
async def connected(
    uri: str, user: str, password: str, database: str | None = None, ledger: Ledger | None = None
) -> AsyncIterator[Graph]:
    """Open a driver for the process, check that somebody answers, and close it at the end.

    `uri` is any that Neo4j has: bolt, neo4j, and both with +s or +ssc for TLS. Raises DatabaseUnavailable.
    """
    async with driver_of(uri, user, password) as driver:
        try:
            await driver.verify_connectivity()
        except (DriverError, Neo4jError) as error:
            raise away(error) from error
        yield Graph(driver, database, ledger=ledger)


@asynccontextmanager
async def waiting(
    uri: str, user: str, password: str, database: str | None = None, ledger: Ledger | None = None
) -> AsyncIterator[Graph]:
    """As `connected`, for a service that outlives the database: asks nobody at first, gives no read more than LIMIT.

    A database that falls silent in the midst of anything is noticed after UNEASY and SILENT together.
    """
    async with driver_of(uri, user, password) as driver, driver_of(uri, user, password) as other:
        yield Graph(driver, database, limit=LIMIT, pulse=Pulse(other), ledger=ledger)


def driver_of(uri: str, user: str, password: str) -> neo4j.AsyncDriver:
    """A driver that tries again for fifteen seconds, and once more."""
    try:
        return neo4j.AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            max_connection_pool_size=50,
            connection_acquisition_timeout=10,
            connection_timeout=5,
            initial_retry_delay=0.05,  # most of what is tried again has only met another write
            max_transaction_retry_time=15,
            notifications_min_severity="OFF",
        )
    except (ConfigurationError, ValueError) as error:
        raise DatabaseMisconfigured(
            "The address of Neo4j is not one: set TERTIUS_NEO4J__URI to bolt://… or neo4j+s://…."
        ) from error


def away(error: BaseException) -> DatabaseUnavailable:
    """What it is that Neo4j could not be asked."""
    closed = isinstance(error, AuthError) or _caused_by(error, ssl.SSLError)
    return (DatabaseMisconfigured if closed else DatabaseUnavailable)(why(error))


def why(error: BaseException) -> str:
    """Say in one sentence why Neo4j could not be asked. Names no secret and nothing of what was asked."""
    if isinstance(error, AuthError):
        return "Neo4j does not accept this user and password: check TERTIUS_NEO4J__USER and TERTIUS_NEO4J__PASSWORD."
    if _caused_by(error, ssl.SSLError):
        return (
            "Neo4j and Tertius do not agree on TLS: bolt+s and neo4j+s want a trusted certificate (SSL_CERT_FILE names "
            "more of them), +ssc takes any, and without either Neo4j must not ask for TLS."
        )
    if isinstance(error, Neo4jError):
        return f"Neo4j could not do what was asked ({error.code}): `tertius doctor` says where its logs are."
    return "Neo4j does not answer: check that it runs and that TERTIUS_NEO4J__URI is its address (`tertius doctor`)."


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
