"""Backup and restore: the restored graph is the same, and a failed or killed restore leaves the previous one."""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from zipfile import ZipFile

import neo4j
import pytest
import pytest_asyncio

from graph.database.client import Graph
from graph.privacy.erasure import erase_person
from graph.progress import SILENT
from tertius.errors import BackupError, ServerError
from tertius.localdb import after_restore, backup, lifecycle, swap
from tertius.localdb.process import Paths
from tertius.session import open_network
from tertius.settings import Neo4j, Settings
from tests.databases import copy_migrated_store, local_settings
from tests.graph.worlds import load_export, network_contents, talk

pytestmark = [pytest.mark.database, pytest.mark.slow]

RESTORE = """
import sys
from pathlib import Path
from tertius.localdb import backup
from graph.progress import SILENT
from tests.databases import local_settings
backup.restore_backup(local_settings(Path(sys.argv[1])), Path(sys.argv[2]), SILENT)
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def backed_up(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Settings, Path, dict[str, object]]]:
    """Yield a home with a network, its backup, and its content."""
    settings = local_settings(tmp_path_factory.mktemp("home"))
    copy_migrated_store(settings)
    await load_messages(settings, "ana@home.example", "ben@far.example")
    expected = await content(settings)
    file = tmp_path_factory.mktemp("elsewhere") / "a backup.tertius"
    backup.write_backup(settings, file, SILENT)
    yield settings, file, expected
    lifecycle.stop(settings)


async def load_messages(settings: Settings, one: str, other: str) -> None:
    """Load messages that these two exchanged."""
    async with open_network(settings, lifecycle.ensure_running(settings), progress=SILENT, create=True) as network:
        await load_export(network.graph, talk(one, other))


async def content(settings: Settings) -> dict[str, object]:
    """Return the whole content of the network."""
    address = lifecycle.ensure_running(settings)
    auth = (address.user, address.password.get_secret_value())
    async with neo4j.AsyncGraphDatabase.driver(address.uri, auth=auth) as driver:
        return await network_contents(driver)


async def test_a_restored_backup_equals_the_original_graph(
    backed_up: tuple[Settings, Path, dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file, expected = backed_up
    before = lifecycle.ensure_running(settings)
    hooks_run: list[str] = []

    async def hook(graph: Graph, home: Settings) -> None:
        hooks_run.append(home.network)

    monkeypatch.setattr(after_restore, "AFTER_RESTORE", (hook,))
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupError, match="exists already"):
        backup.write_backup(settings, file, SILENT)

    lifecycle.stop(settings)
    shutil.rmtree(Paths(settings.home).neo4j)
    manifest = backup.restore_backup(settings, file, SILENT)

    for _ in range(2):
        async with open_network(settings, lifecycle.ensure_running(settings), progress=SILENT):
            assert hooks_run == ["home"], "the hooks run once, before the first query"
    assert await content(settings) == expected
    assert manifest.bytes > 0
    assert lifecycle.ensure_running(settings).password == before.password
    assert not [
        path
        for path in settings.home.iterdir()
        if path.name.startswith(("staging", "incoming", "outgoing", "discarded"))
    ]

    monkeypatch.undo()
    async with open_network(settings, lifecycle.ensure_running(settings), progress=SILENT) as network:
        await erase_person(network.graph, network.viewer, "ben@far.example")
    compacted = Paths(settings.home).compacted
    compacted.touch()
    backup.restore_backup(settings, file, SILENT)
    assert "ben@" in str(expected)
    async with open_network(settings, lifecycle.ensure_running(settings), progress=SILENT):
        pass
    assert "ben@" not in str(await content(settings)), "a person erased after the backup is erased again"
    assert not compacted.exists(), "the restored files contain deleted data until the next compaction"


async def test_a_killed_restore_leaves_the_previous_data(backed_up: tuple[Settings, Path, dict[str, object]]) -> None:
    settings, file, _ = backed_up
    await load_messages(settings, "ana@home.example", "cleo@near.example")
    current = await content(settings)

    command = [sys.executable, "-c", RESTORE, str(settings.home), str(file)]
    restoring = await asyncio.create_subprocess_exec(*command, cwd=Path(__file__).parents[3])
    while not list(settings.home.glob("staging-*/neo4j/data/databases")) and restoring.returncode is None:  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(0.01)
    assert restoring.returncode is None
    restoring.kill()
    await restoring.wait()

    assert await content(settings) == current


def replacement(home: Path, *, incoming: bool, outgoing: bool, in_place: bool) -> Paths:
    """Create a home with data in some of the folders of a replacement. Each contains a folder with its own name."""
    paths = Paths(home)
    paths.create()
    for name, exists in (("incoming", incoming), ("outgoing", outgoing), ("in_place", in_place)):
        if exists:
            folder = paths if name == "in_place" else Paths(home / name)
            (folder.data / "databases" / name).mkdir(parents=True)
    (home / "staging-0000" / "neo4j" / "data" / "databases").mkdir(parents=True)
    (home / "discarded-0000" / "databases").mkdir(parents=True)
    return paths


@pytest.mark.parametrize(
    ("incoming", "outgoing", "in_place", "expected"),
    [
        (True, False, True, "in_place"),
        (True, True, False, "incoming"),
        (True, False, False, "incoming"),
        (False, True, False, "outgoing"),
        (False, True, True, "in_place"),
    ],
)
def test_recovery_after_a_kill_leaves_one_complete_database(
    tmp_path: Path, *, incoming: bool, outgoing: bool, in_place: bool, expected: str
) -> None:
    paths = replacement(tmp_path, incoming=incoming, outgoing=outgoing, in_place=in_place)

    for _ in range(2):
        swap.recover_data(paths)
        assert [path.name for path in (paths.data / "databases").iterdir()] == [expected]
        assert swap.is_unconfirmed(paths) == (outgoing and expected != "outgoing")

    remaining = {path.name for path in tmp_path.iterdir()}
    assert remaining == {"neo4j", *(["outgoing"] if swap.is_unconfirmed(paths) else [])}


def replace_by_broken_data(settings: Settings) -> None:
    with lifecycle.while_stopped(settings) as paths:
        staged = swap.staging(paths)
        (staged.data / "databases").write_text("a file where a folder should be")
        swap.replace(settings, paths, staged, SILENT)


async def test_unusable_restored_data_are_rolled_back(
    backed_up: tuple[Settings, Path, dict[str, object]],
) -> None:
    settings, _, _ = backed_up
    before = await content(settings)

    with pytest.raises(ServerError, match="the previous one is in place again"):
        replace_by_broken_data(settings)

    assert await content(settings) == before
    assert not swap.is_unconfirmed(Paths(settings.home))


async def test_the_next_start_rolls_back_unusable_unconfirmed_data(
    backed_up: tuple[Settings, Path, dict[str, object]],
) -> None:
    settings, _, _ = backed_up
    before = await content(settings)
    lifecycle.stop(settings)
    paths = Paths(settings.home)
    swap.set_aside(paths)
    paths.data.mkdir()
    (paths.data / "databases").write_text("a file where a folder should be")

    with pytest.raises(ServerError, match="the previous one is in place again"):
        lifecycle.ensure_running(settings)

    assert await content(settings) == before


def altered(file: Path, folder: Path, **manifest: object) -> Path:
    """Return a copy of the backup with another manifest."""
    copy = folder / "altered.tertius"
    with ZipFile(file) as old, ZipFile(copy, "w") as new:
        new.writestr("neo4j.dump", old.read("neo4j.dump"))
        new.writestr("manifest.json", json.dumps({**json.loads(old.read("manifest.json")), **manifest}))
    return copy


async def test_a_damaged_or_newer_backup_is_refused(
    backed_up: tuple[Settings, Path, dict[str, object]], tmp_path: Path
) -> None:
    settings, file, _ = backed_up
    before = await content(settings)
    complete = file.read_bytes()
    cut, flipped, other = tmp_path / "cut", tmp_path / "flipped", tmp_path / "other.zip"
    cut.write_bytes(complete[: len(complete) // 2])
    middle = len(complete) // 2
    flipped.write_bytes(complete[:middle] + bytes([complete[middle] ^ 1]) + complete[middle + 1 :])
    with ZipFile(other, "w") as zipped:
        zipped.writestr("Connections.csv", "First Name")

    lifecycle.stop(settings)  # or else each refusal would start it again
    for damaged in (cut, flipped, other, tmp_path / "nothing"):
        with pytest.raises(BackupError):
            backup.restore_backup(settings, damaged, SILENT)
    for invalid in ({"sha256": "0" * 64}, {"bytes": "many"}):
        with pytest.raises(BackupError):
            backup.restore_backup(settings, altered(file, tmp_path, **invalid), SILENT)
    for newer in ({"format": 2, "new": 1}, {"neo4j": "2099.01.0"}, {"schema_version": "9999"}):
        with pytest.raises(BackupError, match="newer version of Tertius"):
            backup.restore_backup(settings, altered(file, tmp_path, **newer), SILENT)
    async with open_network(settings, lifecycle.ensure_running(settings), progress=SILENT):
        with pytest.raises(ServerError, match="in use"):
            backup.restore_backup(settings, file, SILENT)

    assert await content(settings) == before


def test_an_external_neo4j_is_not_backed_up(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, neo4j=Neo4j(uri="neo4j://graph.example.org"))

    with pytest.raises(ServerError, match="only its own database"):
        backup.write_backup(settings, tmp_path / "file", SILENT)
    assert list(tmp_path.iterdir()) == []
