"""`tertius admin compact`: erases deleted data from the files of the local database by copying the rest into new files.

Neo4j overwrites deleted data only when it reuses their space. For the copy, the data are moved to the folder
`outgoing`, where no other command finds their server, and `swap.replace` then puts the copy in place.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graph.database.client import open_graph
from graph.database.copy_store import copy_store
from graph.database.erasure_ledger import HASHES_FILE, KEY_FILE
from graph.database.migrations import migrate
from graph.progress import SILENT, Progress
from tertius.errors import ServerError
from tertius.localdb import lifecycle, process, server, swap
from tertius.localdb.process import Paths
from tertius.settings import Settings

DUE = timedelta(days=30)
"""How long erased people may stay in the files before the doctor warns (docs/privacy.md)."""
_NO_DATABASE = "There is no database here yet, so there is nothing to compact."


def compact(settings: Settings, progress: Progress = SILENT) -> int:
    """Erase deleted data from the files. Returns the number of copied nodes and relationships.

    The server runs afterwards. Raises ServerError if there is no database, or if Neo4j is your own.
    """
    if settings.neo4j.uri:
        raise ServerError("Tertius compacts only its own database; copy yours with Neo4j's tools (docs/privacy.md).")
    paths = Paths(settings.home)
    if not paths.neo4j.exists():
        raise ServerError(_NO_DATABASE)
    with lifecycle.database_lock(paths, progress):
        swap.recover_data(paths)
        if not (paths.data / "databases").exists():
            raise ServerError(_NO_DATABASE)
        if swap.is_unconfirmed(paths):
            swap.start_and_confirm(settings, paths, progress)
        server.stop_server(paths)
        password = process.password(paths)
        try:
            target, source = swap.staging(paths), swap.set_aside(paths)
            source_uri = _start(settings, source, password, progress)
            target_uri = _start(settings, target, password, progress)
            rows = asyncio.run(_copy(source_uri, target_uri, password, progress))
            server.stop_server(target)
            target.compacted.touch()
            if source.restored.exists():
                target.restored.touch()
            swap.replace(settings, paths, target, progress)
        finally:
            swap.recover_data(paths)
    return rows


def is_due(settings: Settings, now: datetime) -> bool:
    """Whether a person was erased since the last compaction, and that compaction was 30 days ago.

    Without a compaction, the first erasure counts.
    """
    paths = Paths(settings.home)
    last_erasure, first_erasure = (_modified(paths.home / name) for name in (HASHES_FILE, KEY_FILE))
    compacted = _modified(paths.compacted)
    if settings.neo4j.uri or last_erasure is None or (compacted is not None and compacted > last_erasure):
        return False
    return now - (compacted or first_erasure or last_erasure) > DUE


def _start(settings: Settings, paths: Paths, password: str, progress: Progress) -> str:
    """Start a server, migrate its schema, and return its address."""
    process.write_private(paths.password, password)
    server.check_resources(settings, paths)
    uri = f"bolt://127.0.0.1:{server.start_server(settings, paths, progress).port}"
    migrate(uri, process.USER, password)
    return uri


async def _copy(source: str, target: str, password: str, progress: Progress) -> int:
    async with (
        open_graph(source, process.USER, password) as before,
        open_graph(target, process.USER, password) as after,
    ):
        return await copy_store(before, after, progress)


def _modified(path: Path) -> datetime | None:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
