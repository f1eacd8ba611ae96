"""Checks of the database itself: its size, schema, networks, clock, and the files that hold secrets."""

import math
import os
import stat
from collections.abc import Iterator

from graph.database.client import open_graph
from graph.database.health import SAMPLE_SIZE, DatabaseHealth, check_health
from graph.database.migrations import count_pending
from graph.errors import TertiusError
from tertius.doctor.check import Check, error, ok, warning
from tertius.env_file import PREFIX, values
from tertius.errors import cli_message
from tertius.localdb import lifecycle
from tertius.localdb.process import Paths
from tertius.settings import Settings

CLOCK_TOLERANCE = 5.0
"""Seconds by which two clocks may differ: this one decides the day, the database's when a token expires."""
_BYTES_PER_TIE = 25
"""Memory of a tie in a route index, its share of the people included (docs/decisions/0033-route-index.md)."""
_SHORT_PASSWORD = 8
_SECRETS = ("PASSWORD", "TOKEN", "SECRET", "REDIS_URL")


async def check_store(address: lifecycle.Address, route_index_mb: int) -> list[Check]:
    """Check a running database. One error if it cannot be queried.

    `route_index_mb` is the memory that a service may use for route indexes.
    """
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    try:
        async with open_graph(*place) as graph:
            health = await check_health(graph)
            return [*evaluate(health, count_pending(*place)), check_route_index(health.ties, route_index_mb)]
    except TertiusError as failed:
        return [error("store", cli_message(failed))]


def evaluate(health: DatabaseHealth, missing: int) -> Iterator[Check]:
    """Turn measurements into checks. `missing` is the number of schema migrations that are not applied."""
    yield ok("store", f"The database answers. It holds {health.nodes:,} nodes, {health.relationships:,} relationships.")
    if health.offline_indexes:
        names = ", ".join(health.offline_indexes)
        yield error("schema", f"Indexes that are not online: {names}. Wait for them, or drop and create them again.")
    elif missing:
        pending_migrations = f"{missing} schema migrations are pending. `tertius up` applies them."
        yield (warning if health.nodes else ok)("schema", pending_migrations)
    else:
        yield ok("schema", "All migrations are applied and all indexes are online.")
    counts = (
        f"{health.nodes_without_network} nodes are in no network, "
        f"{health.relationships_across_networks} relationships connect two networks."
    )
    scope = f"Of the first {SAMPLE_SIZE:,} of each: " if health.is_sampled else ""
    if health.nodes_without_network + health.relationships_across_networks:
        yield error(
            "networks",
            f"{scope}{counts} This is a bug: please report it. Restore a backup, or load into a new network.",
        )
    else:
        yield ok("networks", f"{scope}{counts}")
    clock = f"This machine's clock differs from the database's by {health.clock_skew:.0f} s."
    if health.clock_skew <= CLOCK_TOLERANCE:
        yield ok("clock", clock)
    else:
        yield warning("clock", f"{clock} Synchronize both, or tokens and days end at the wrong time.")


def check_route_index(ties: int, limit_mb: int) -> Check:
    """Check that the ties of all networks fit into the memory for route indexes."""
    needed_mb = math.ceil(ties * _BYTES_PER_TIE / 1_000_000)
    if limit_mb >= needed_mb:
        return ok("route index", f"{ties:,} ties take {needed_mb:,} MB of the {limit_mb:,} MB for route indexes.")
    consequence = f"{ties:,} ties take {needed_mb:,} MB, and route indexes may have {limit_mb:,} MB."
    advice = f"Networks without an index are searched in Neo4j. Set TERTIUS_LIMITS__ROUTE_INDEX_MB={needed_mb}."
    return (warning if limit_mb else ok)("route index", f"{consequence} {advice}")


def check_secrets(settings: Settings) -> Check:
    """Check that files with secrets are readable by the owner only, and that no default password is in use."""
    files = [Paths(settings.home).password, *settings.home.glob("*.token")]
    file = settings.env_file
    if file and any(name.startswith(PREFIX) and name.endswith(_SECRETS) for name in map(str.upper, values(file))):
        files.append(file)
    present = [file for file in files if file.exists()]
    readable = [file for file in present if os.name != "nt" and stat.S_IMODE(file.stat().st_mode) & 0o077]
    if readable:
        names = " ".join(f"'{file}'" for file in readable)
        return warning("secrets", f"Other users can read files with secrets. Run: chmod 600 {names}")
    if settings.neo4j.uri and len(settings.neo4j.credentials[1].get_secret_value()) < _SHORT_PASSWORD:
        return warning("secrets", "The password of your own Neo4j is empty, the default or short. Change it.")
    return ok("secrets", f"{len(present)} files, readable by you only.")
