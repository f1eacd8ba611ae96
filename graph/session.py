"""The one door to the database."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DatabaseError,
    DriverError,
    Neo4jError,
    TransientError,
)

from cypher import Query
from graph.errors import DatabaseAway


class Graph:
    """Runs queries by name. Nothing outside this module and graph.schema imports the driver."""

    def __init__(self, driver: neo4j.AsyncDriver, database: str | None = None) -> None:
        self._driver = driver
        self._database = database

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        """Run one query in its own retried transaction and return its rows.

        Raises TypeError where the parameters are not those of the query's header, DatabaseAway
        where nobody answers.
        """
        if params.keys() != query.params:
            raise TypeError(f"{query.name} takes {sorted(query.params)}, got {sorted(params)}")
        try:
            result = await self._driver.execute_query(
                query.text,
                params,
                database_=self._database,
                routing_=neo4j.RoutingControl.WRITE if query.writes else neo4j.RoutingControl.READ,
            )
        except (DriverError, AuthError, TransientError, DatabaseError) as error:
            raise DatabaseAway(why(error)) from error
        return [dict(zip(result.keys, record.values(), strict=True)) for record in result.records]


@asynccontextmanager
async def connected(uri: str, user: str, password: str, database: str | None = None) -> AsyncIterator[Graph]:
    """Open a driver for the process, check that somebody answers, and close it at the end.

    `uri` is any that Neo4j has: bolt, neo4j, and both with +s or +ssc for TLS. Raises DatabaseAway.
    """
    async with _driver(uri, user, password, patience=15) as driver:
        try:
            await driver.verify_connectivity()
        except (DriverError, Neo4jError) as error:
            raise DatabaseAway(why(error)) from error
        yield Graph(driver, database)


@asynccontextmanager
async def waiting(uri: str, user: str, password: str, database: str | None = None) -> AsyncIterator[Graph]:
    """As `connected`, for a service that outlives the database: asks nobody at first, and gives up soon."""
    async with _driver(uri, user, password, patience=0.5) as driver:
        yield Graph(driver, database)


def _driver(uri: str, user: str, password: str, *, patience: float) -> neo4j.AsyncDriver:
    """A driver that tries again for `patience` seconds, and once more."""
    try:
        return neo4j.AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            max_connection_pool_size=50,
            connection_acquisition_timeout=10,
            connection_timeout=5,
            max_transaction_retry_time=patience,
            notifications_min_severity="OFF",
        )
    except (ConfigurationError, ValueError) as error:
        raise DatabaseAway(
            "The address of Neo4j is not one: set TERTIUS_NEO4J__URI to bolt://… or neo4j+s://…."
        ) from error


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
