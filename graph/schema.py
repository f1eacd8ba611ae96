"""Brings the database's schema to what this software needs, and refuses a later one.

The files in cypher/migrations/ follow the V0001__name.cypher naming that Neo4j Labs' own
migrations tool reads too; a forward chain only.
"""

from importlib.resources import as_file, files

import neo4j
from neo4j.exceptions import DriverError, Neo4jError
from neo4j_python_migrations.executor import Executor

from graph.errors import DatabaseAway, DatabaseNewer


def migrate(uri: str, user: str, password: str, database: str | None = None) -> int:
    """Apply what is missing and return how many files were applied.

    Uses a driver of its own, with notifications off: the migrations library asks about labels that a
    new store has not seen. Raises DatabaseNewer, and DatabaseAway where nobody answers.
    """
    applied: list[str] = []
    try:
        with (
            neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF") as driver,
            as_file(files("cypher").joinpath("migrations")) as folder,
        ):
            executor = Executor(driver, folder, database=database)
            ours = executor.local_migrations[-1].parsed_version
            stored = executor.dao.get_applied_migrations()
            if stored and stored[-1].parsed_version > ours:
                raise DatabaseNewer(
                    f"This database was made by a later Tertius (schema {stored[-1].version}, this one knows {ours}): "
                    "update Tertius, or point it at another database."
                )
            executor.migrate(on_apply=lambda migration: applied.append(migration.version))
    except (DriverError, Neo4jError) as error:
        raise DatabaseAway("Neo4j stopped answering while its schema was made.") from error
    return len(applied)
