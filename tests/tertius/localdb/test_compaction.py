"""What was deleted is in no file of the database any more; and whenever it is cut off, one whole database is left."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tertius.errors import ServerError
from tertius.localdb import compaction, lifecycle, process
from tertius.localdb.process import Place
from tertius.settings import Neo4j, Settings
from tests.databases import at_home_in
from tests.tertius.localdb.test_lifecycle import ask

CANARY = "Zephyrine Quillfeather of Umbrella Street"
STAYS = "MATCH (:Person {name: 'Ben'})-[k:KNOWS {strength: 0.5}]->(:Person {names: ['Ana', 'A.']}) RETURN count(k)"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A database with one tie in it, and its schema."""
    settings = at_home_in(tmp_path_factory.mktemp("compact"))
    ask(
        settings,
        "CREATE (b:Person {network: 'n', id: 'b', name: 'Ben'})-[:KNOWS {strength: 0.5}]->"
        "(:Person {network: 'n', id: 'a', names: ['Ana', 'A.']})",
    )
    yield settings
    lifecycle.stop(settings)


def files_with(folder: Path, text: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_what_was_deleted_is_in_no_file_and_what_was_not_is_there(home: Settings) -> None:
    ask(home, f"CREATE (:Person {{network: 'n', id: 'z', name: '{CANARY}'}})")
    lifecycle.stop(home)
    ask(home, "MATCH (p:Person {id: 'z'}) DELETE p")
    address = lifecycle.running(home)
    lifecycle.stop(home)
    assert files_with(home.home, CANARY)

    rows = compaction.compact(home)

    assert rows == 3
    assert files_with(home.home, CANARY) == []
    assert not lifecycle.workshop(Place(home.home)).exists()
    assert ask(home, STAYS) == [1]
    assert lifecycle.running(home) == address
    assert ask(home, "MATCH (m:__Neo4jMigration) RETURN count(m) > 1") == [True]
    with pytest.raises(ServerError, match="own database alone"):
        compaction.compact(home.model_copy(update={"neo4j": Neo4j(uri="bolt://localhost:1")}))


@pytest.mark.parametrize("whole", [False, True])
def test_cut_off_it_leaves_the_old_database_or_the_new_one(home: Settings, *, whole: bool) -> None:
    lifecycle.stop(home)
    place = Place(home.home)
    work = lifecycle.workshop(place)
    old, new = Place(work / "old"), Place(work / "new")
    old.home.mkdir(parents=True)
    place.neo4j.rename(old.neo4j)
    new.neo4j.mkdir(parents=True)
    if whole:
        new.neo4j.rmdir()
        old.neo4j.rename(new.neo4j)
        process.write_private(work / "whole", "")

    assert ask(home, STAYS) == [1]
    assert not work.exists()


def test_the_doctor_says_when_it_is_due(tmp_path: Path) -> None:
    home, now = at_home_in(tmp_path), datetime.now(UTC)
    later = now + compaction.DUE + timedelta(days=1)
    assert not compaction.due(home, later)
    for name in ("forgotten.key", "forgotten"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now.timestamp() - 9, now.timestamp() - 9))
    assert [compaction.due(home, day) for day in (now, later)] == [False, True]
    (tmp_path / "neo4j").mkdir()
    (tmp_path / "neo4j" / "compacted").touch()
    assert not compaction.due(home, later)
