"""Brings the schema of the database to the one that this version needs, and refuses any other.

cypher/migrations/ follows the naming V0001__name.cypher of Neo4j Labs' own migrations tool. The history begins with one
baseline. A store of schema 22, the last one before the baseline, is upgraded in place.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import as_file, files

from graph.database import driver_import  # noqa: F401 - before the driver

# isort: split
import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError
from neo4j_python_migrations.executor import Executor

import cypher
from graph.database.client import to_unavailable
from graph.errors import SchemaTooNew, SchemaTooOld

_CREATE_SCHEMA_LOCK = cypher.load("database/create_schema_lock")
_TAKE_SCHEMA_LOCK = cypher.load("database/take_schema_lock")

UPGRADABLE = "0022"
"""Latest version before the baseline."""
UPGRADE = "upgrade_from_0022.cypher"


def migrate(uri: str, user: str, password: str, database: str | None = None) -> int:
    """Apply all pending migrations and return their number.

    If several processes ask at once, one applies them and the others wait. The function opens a driver of its own
    without notifications, because the migrations library reads labels that a new store does not have. Raises
    SchemaTooNew, SchemaTooOld and DatabaseUnavailable.
    """
    with _migrations(uri, user, password, database) as (driver, executor):
        if not _pending(executor):
            return 0
        # two processes that create the constraint at once: the second gets an error and finds it created
        with suppress(ClientError):
            driver.execute_query(_CREATE_SCHEMA_LOCK.text, database_=database)
        with driver.session(database=database) as session, session.begin_transaction() as transaction:
            transaction.run(_TAKE_SCHEMA_LOCK.text).consume()
            if _is_upgradable(executor):
                _upgrade(driver, database)
            return _apply(executor)


def count_pending(uri: str, user: str, password: str, database: str | None = None) -> int:
    """Return the number of pending migrations. Raises DatabaseUnavailable, SchemaTooNew and SchemaTooOld."""
    with _migrations(uri, user, password, database) as (_, executor):
        return _pending(executor)


def latest_version() -> str:
    """Return the version of the latest migration, as `23`. A store may have this version and no later one."""
    names = [entry.name for entry in files("cypher").joinpath("migrations").iterdir()]
    versions = [name.removeprefix("V").partition("__")[0] for name in names if name.startswith("V")]
    return ".".join(map(str, max(tuple(int(part) for part in version.split("_")) for version in versions)))


def _applied(executor: Executor) -> list[str]:
    """The versions that the store records, oldest first; empty for a new store."""
    return [migration.version for migration in executor.dao.get_applied_migrations()]


def _is_upgradable(executor: Executor) -> bool:
    """Whether the store has the last schema before the baseline."""
    return _applied(executor)[-1:] == [UPGRADABLE]


def _pending(executor: Executor) -> int:
    if _is_upgradable(executor):
        return len(executor.local_migrations)
    return len(executor.analyze().pending_migrations)


def _upgrade(driver: neo4j.Driver, database: str | None) -> None:
    """Run the statements that rename a store of schema 22, each in a transaction of its own."""
    text = files("cypher").joinpath("migrations").joinpath(UPGRADE).read_text("utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    with driver.session(database=database) as session:
        for statement in filter(None, map(str.strip, lines.split(";\n"))):
            session.run(statement.removesuffix(";")).consume()


def _refuse_others(executor: Executor) -> None:
    stored = executor.dao.get_applied_migrations()
    first, last = executor.local_migrations[0], executor.local_migrations[-1]
    if stored and stored[-1].parsed_version > last.parsed_version:
        raise SchemaTooNew(
            f"A later version of Tertius created this database (schema {stored[-1].version}; this version supports "
            f"{last.version}): update Tertius, or use another database."
        )
    if stored and stored[-1].parsed_version < first.parsed_version and stored[-1].version != UPGRADABLE:
        raise SchemaTooOld(
            f"This database has schema {stored[-1].version}; this version upgrades from {UPGRADABLE} only: open the "
            "database once with Tertius 0.1.0, then with this version."
        )


@contextmanager
def _migrations(uri: str, user: str, password: str, database: str | None) -> Iterator[tuple[neo4j.Driver, Executor]]:
    """Yield a driver and the executor of its database. Raises DatabaseUnavailable, SchemaTooNew and SchemaTooOld."""
    try:
        with (
            neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver,
            as_file(files("cypher").joinpath("migrations")) as folder,
        ):
            executor = Executor(driver, folder, database=database)
            _refuse_others(executor)
            yield driver, executor
    except (DriverError, Neo4jError) as error:
        raise to_unavailable(error) from error


def _apply(executor: Executor) -> int:
    applied: list[str] = []
    executor.migrate(on_apply=lambda migration: applied.append(migration.version))
    return len(applied)
