"""Brings the database's schema to what this software needs, and refuses a later one.

The files in cypher/migrations/ follow the V0001__name.cypher naming that Neo4j Labs' own
migrations tool reads too; a forward chain only.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import as_file, files

import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError
from neo4j_python_migrations.executor import Executor

import cypher
from graph.database.client import away
from graph.errors import SchemaTooNew

GUARD = cypher.load("database/create_schema_guard")
TURN = cypher.load("database/take_schema_turn")


def migrate(uri: str, user: str, password: str, database: str | None = None) -> int:
    """Apply what is missing and return how many files were applied.

    However many ask at once, one applies and the others wait. Uses a driver of its own, with notifications off: the
    migrations library asks about labels that a new store has not seen. Raises SchemaTooNew, and DatabaseUnavailable
    where nobody answers.
    """
    with _migrations(uri, user, password, database) as (driver, executor):
        if not executor.analyze().pending_migrations:
            return 0
        # two who make the guard at once may be told that it is there: then it is
        with suppress(ClientError):
            driver.execute_query(GUARD.text, database_=database)
        with driver.session(database=database) as session, session.begin_transaction() as turn:
            turn.run(TURN.text).consume()
            return _apply(executor)


def pending(uri: str, user: str, password: str, database: str | None = None) -> int:
    """How many files are still to be applied. Raises DatabaseUnavailable, and SchemaTooNew."""
    with _migrations(uri, user, password, database) as (_, executor):
        return len(executor.analyze().pending_migrations)


def known() -> str:
    """The version of the latest migration, as `14.1`: a database may be as late, and no later."""
    names = [entry.name for entry in files("cypher").joinpath("migrations").iterdir()]
    versions = [name.removeprefix("V").partition("__")[0] for name in names if name.startswith("V")]
    return ".".join(map(str, max(tuple(int(part) for part in version.split("_")) for version in versions)))


def _refuse_newer(executor: Executor) -> None:
    stored = executor.dao.get_applied_migrations()
    ours = executor.local_migrations[-1]
    if stored and stored[-1].parsed_version > ours.parsed_version:
        raise SchemaTooNew(
            f"This database was made by a later Tertius (schema {stored[-1].version}, this one knows {ours.version}): "
            "update Tertius, or point it at another database."
        )


@contextmanager
def _migrations(uri: str, user: str, password: str, database: str | None) -> Iterator[tuple[neo4j.Driver, Executor]]:
    """A driver, and what knows which files it has. Raises DatabaseUnavailable, and SchemaTooNew."""
    try:
        with (
            neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver,
            as_file(files("cypher").joinpath("migrations")) as folder,
        ):
            executor = Executor(driver, folder, database=database)
            _refuse_newer(executor)
            yield driver, executor
    except (DriverError, Neo4jError) as error:
        raise away(error) from error


def _apply(executor: Executor) -> int:
    applied: list[str] = []
    executor.migrate(on_apply=lambda migration: applied.append(migration.version))
    return len(applied)
