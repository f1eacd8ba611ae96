"""Replaces the data of the local database, so that a kill at any moment leaves one complete database.

Restore and compaction build new data in a staging folder and then call `replace`. Three folders beside `neo4j/` carry
the state, and every step between two states is one rename:

- `staging-XXXXXXXX/`: incomplete new data; deleted by the next start.
- `incoming/`: complete new data that are not in place yet.
- `outgoing/`: the previous data, kept until a server has started on the new data.

`recover_data` finishes or undoes an interrupted replacement; every start calls it. All functions need the lock of the
database (`lifecycle.database_lock`).
"""

import secrets
import shutil
from pathlib import Path

from graph.progress import Progress
from tertius.errors import ServerError
from tertius.localdb import server
from tertius.localdb.process import Paths, ServerProcess
from tertius.settings import Settings

_STAGING = "staging-"
_DISCARDED = "discarded-"


def staging(paths: Paths) -> Paths:
    """Create an empty database folder for new data.

    Its name is random: a child of a killed command may still write to an older one.
    """
    made = Paths(paths.home / f"{_STAGING}{secrets.token_hex(4)}")
    made.create()
    return made


def set_aside(paths: Paths) -> Paths:
    """Move the data to `outgoing`, where no command looks for them, and return its folder. The server is stopped."""
    outgoing = _outgoing(paths)
    outgoing.create()
    outgoing.data.rmdir()
    paths.data.rename(outgoing.data)
    return outgoing


def is_unconfirmed(paths: Paths) -> bool:
    """Whether no server has started yet on the data in place, so that the previous data are still kept."""
    return _has_data(paths) and _has_data(_outgoing(paths))


def replace(settings: Settings, paths: Paths, built: Paths, progress: Progress) -> None:
    """Stop the server, put the built data in place, start the server, and delete the previous data once it answers.

    Raises ServerError if it does not answer; then it is stopped and the previous data are in place again.
    """
    for each in (paths, built, _outgoing(paths)):
        server.stop_server(each)
    built.home.rename(_incoming(paths).home)
    if is_unconfirmed(paths):
        _discard(paths, paths.data)
    elif _has_data(paths):
        set_aside(paths)
    recover_data(paths)
    start_and_confirm(settings, paths, progress)


def start_and_confirm(settings: Settings, paths: Paths, progress: Progress) -> ServerProcess:
    """Start the server if it is down, and wait until it answers. Then delete previous data that are still kept.

    Raises ServerError if it does not answer; kept previous data are then in place again.
    """
    server.check_resources(settings, paths)
    try:
        started = server.start_server(settings, paths, progress)
    except ServerError as error:
        if not is_unconfirmed(paths):
            raise
        server.stop_server(paths)
        _discard(paths, paths.data)
        recover_data(paths)
        raise ServerError(f"The new database did not start; the previous one is in place again. {error}") from error
    _discard(paths, _outgoing(paths).home)
    return started


def recover_data(paths: Paths) -> None:
    """Finish or undo an interrupted replacement. A running server is left alone.

    Without data in place, complete new data are put there, or else the previous data. With data in place, new data are
    deleted, and previous data are kept until `start_and_confirm` has confirmed those in place.
    """
    outgoing, incoming = _outgoing(paths), _incoming(paths)
    for leftover in (*paths.home.glob(outgoing.home.name), *paths.home.glob(f"{_STAGING}*")):
        server.stop_server(Paths(leftover))
    if not _has_data(paths):
        complete = next((each for each in (incoming, outgoing) if _has_data(each)), None)
        if complete is not None:
            shutil.rmtree(paths.data, ignore_errors=True)
            complete.data.rename(paths.data)
    _discard(paths, incoming.home)
    if not _has_data(outgoing):
        _discard(paths, outgoing.home)
    for leftover in (*paths.home.glob(f"{_STAGING}*"), *paths.home.glob(f"{_DISCARDED}*")):
        shutil.rmtree(leftover, ignore_errors=True)


def _discard(paths: Paths, folder: Path) -> None:
    """Delete a folder. It is renamed first, so that a partly deleted folder is never taken for a complete one."""
    if folder.exists():
        discarded = paths.home / f"{_DISCARDED}{secrets.token_hex(4)}"
        folder.rename(discarded)
        shutil.rmtree(discarded, ignore_errors=True)


def _has_data(paths: Paths) -> bool:
    return (paths.data / "databases").exists()


def _incoming(paths: Paths) -> Paths:
    return Paths(paths.home / "incoming")


def _outgoing(paths: Paths) -> Paths:
    return Paths(paths.home / "outgoing")
