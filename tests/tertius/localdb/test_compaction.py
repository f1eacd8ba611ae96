"""Compaction removes deleted data from all files; after an interruption one complete database is left."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tertius.errors import ServerError
from tertius.localdb import compaction, lifecycle, swap
from tertius.localdb.process import Paths
from tertius.settings import Neo4j, Settings
from tests.databases import copy_migrated_store, local_settings
from tests.tertius.localdb.test_lifecycle import ask

pytestmark = [pytest.mark.database, pytest.mark.slow]

CANARY = "Zephyrine Quillfeather of Umbrella Street"
COUNT_KEPT_TIE = (
    "MATCH (:Person {name: 'Ben'})-[k:KNOWS {strength: 0.5}]->(:Person {names: ['Ana', 'A.']}) RETURN count(k)"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Yield a database with the schema and one tie."""
    settings = local_settings(tmp_path_factory.mktemp("compact"))
    copy_migrated_store(settings)
    ask(
        settings,
        "CREATE (b:Person {network: 'n', id: 'b', name: 'Ben'})-[:KNOWS {strength: 0.5}]->"
        "(:Person {network: 'n', id: 'a', names: ['Ana', 'A.']})",
    )
    yield settings
    lifecycle.stop(settings)


def files_with(folder: Path, text: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_compaction_removes_deleted_data_from_all_files(home: Settings) -> None:
    ask(home, f"CREATE (:Person {{network: 'n', id: 'z', name: '{CANARY}'}})")
    lifecycle.stop(home)
    ask(home, "MATCH (p:Person {id: 'z'}) DELETE p")
    address = lifecycle.ensure_running(home)
    lifecycle.stop(home)
    assert files_with(home.home, CANARY)

    rows = compaction.compact(home)

    assert rows == 3
    assert files_with(home.home, CANARY) == []
    assert sorted(path.name for path in home.home.iterdir() if path.is_dir()) == ["neo4j"]
    assert ask(home, COUNT_KEPT_TIE) == [1]
    assert lifecycle.ensure_running(home) == address
    assert ask(home, "MATCH (m:__Neo4jMigration) RETURN count(m) > 1") == [True]
    with pytest.raises(ServerError, match="only its own database"):
        compaction.compact(home.model_copy(update={"neo4j": Neo4j(uri="bolt://localhost:1")}))


def test_an_interrupted_compaction_leaves_a_complete_database(home: Settings) -> None:
    lifecycle.stop(home)
    paths = Paths(home.home)
    swap.staging(paths)
    swap.set_aside(paths)

    assert ask(home, COUNT_KEPT_TIE) == [1]
    assert sorted(path.name for path in home.home.iterdir() if path.is_dir()) == ["neo4j"]


def test_compaction_is_due_a_month_after_an_erasure(tmp_path: Path) -> None:
    home, now = local_settings(tmp_path), datetime.now(UTC)
    next_month = now + compaction.DUE + timedelta(days=1)
    assert not compaction.is_due(home, next_month)
    for name in ("erasures.key", "erasures"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now.timestamp() - 9, now.timestamp() - 9))
    assert [compaction.is_due(home, day) for day in (now, next_month)] == [False, True]
    Paths(tmp_path).create()
    Paths(tmp_path).compacted.touch()
    assert not compaction.is_due(home, next_month)
