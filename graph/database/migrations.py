"""Schema migrations: applies what is missing, and refuses a schema later than this version knows.

The files in cypher/migrations/ are named V0001__name.cypher, which Neo4j Labs' own migrations tool reads too. There are
no downgrades.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import as_file, files

import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError
from neo4j_python_migrations.executor import Executor

import cypher
from graph.database.client import to_unavailable
from graph.errors import SchemaTooNew

_CREATE_SCHEMA_LOCK = cypher.load("database/create_schema_lock")
_TAKE_SCHEMA_LOCK = cypher.load("database/take_schema_lock")


def migrate(uri: str, user: str, password: str, database: str | None = None) -> int:
    """Apply pending migrations and return how many were applied.

    Of several concurrent callers one applies them and the others wait. Uses its own driver without notifications: the
    migrations library queries labels that a new store does not have yet. Raises SchemaTooNew, DatabaseUnavailable.
    """
    with _migrations(uri, user, password, database) as (driver, executor):
        if not executor.analyze().pending_migrations:
            return 0
        # of two concurrent callers one may get the error that the constraint exists: then it does
        with suppress(ClientError):
            driver.execute_query(_CREATE_SCHEMA_LOCK.text, database_=database)
        with driver.session(database=database) as session, session.begin_transaction() as transaction:
            transaction.run(_TAKE_SCHEMA_LOCK.text).consume()
            return _apply(executor)


def count_pending(uri: str, user: str, password: str, database: str | None = None) -> int:
    """How many migrations are pending. Raises DatabaseUnavailable, SchemaTooNew."""
    with _migrations(uri, user, password, database) as (_, executor):
        return len(executor.analyze().pending_migrations)


def latest_version() -> str:
    """The version of the latest migration that this version knows, such as `14.1`."""
    names = [entry.name for entry in files("cypher").joinpath("migrations").iterdir()]
    versions = [name.removeprefix("V").partition("__")[0] for name in names if name.startswith("V")]
    return ".".join(map(str, max(tuple(int(part) for part in version.split("_")) for version in versions)))


def _refuse_newer_schema(executor: Executor) -> None:
    applied = executor.dao.get_applied_migrations()
    latest = executor.local_migrations[-1]
    if applied and applied[-1].parsed_version > latest.parsed_version:
        raise SchemaTooNew(
            f"A later Tertius created this database (schema {applied[-1].version}, this version knows "
            f"{latest.version}): update Tertius, or use another database."
        )


@contextmanager
def _migrations(uri: str, user: str, password: str, database: str | None) -> Iterator[tuple[neo4j.Driver, Executor]]:
    """A driver and the executor of the migration files. Raises DatabaseUnavailable, SchemaTooNew."""
    try:
        with (
            neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver,
            as_file(files("cypher").joinpath("migrations")) as folder,
        ):
            executor = Executor(driver, folder, database=database)
            _refuse_newer_schema(executor)
            yield driver, executor
    except (DriverError, Neo4jError) as error:
        raise to_unavailable(error) from error


def _apply(executor: Executor) -> int:
    applied: list[str] = []
    executor.migrate(on_apply=lambda migration: applied.append(migration.version))
    return len(applied)
