"""What commands print here and on a server, in a form that can be compared."""

import re
from collections.abc import Iterable, Iterator
from typing import LiteralString

import neo4j

from tertius.errors import cli_message
from tests.tertius.cli.test_app import Tertius

_ID = re.compile(r"\b(?:[0-9a-f]{32}|[0-9a-f]{24})\b")
_SECRET = re.compile(r"(?:http://[\w.:]+/join#)?tertius_\w*[\w-]{20,}")
_PROGRESS = re.compile(r"[\w ]+: [\d,]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)| \d\d:\d\d UTC)")


def transcript(run: Tertius, commands: Iterable[tuple[str, ...]]) -> Iterator[tuple[object, ...]]:
    """What each command prints and its exit code. Ids are numbered, and times left out."""
    numbers: dict[str, str] = {}

    def comparable(text: str) -> str:
        text = _SECRET.sub("SECRET", text)
        return _TIME.sub("TIME", _ID.sub(lambda match: numbers.setdefault(match[0], f"ID{len(numbers)}"), text))

    for words in commands:
        result = run(*words)
        error = cli_message(result.exception) if isinstance(result.exception, Exception) else ""
        printed = [line for line in result.stderr.splitlines() if not _PROGRESS.fullmatch(line)]
        yield words, comparable(result.stdout), result.exit_code, comparable("\n".join([*printed, error]).strip())


def cypher(environment: dict[str, str], text: LiteralString) -> list[neo4j.Record]:
    """Run a query in the database of the environment, and return its rows."""
    uri, user, password = (environment[f"TERTIUS_NEO4J__{name}"] for name in ("URI", "USER", "PASSWORD"))
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver:
        return driver.execute_query(text).records


def compare(here: Tertius, there: Tertius, commands: Iterable[tuple[str, ...]]) -> None:
    local, remote = [*transcript(here, commands)], [*transcript(there, commands)]
    for one, other in zip(local, remote, strict=True):
        assert other == one
