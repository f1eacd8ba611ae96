"""The folder of what the workers of one service share until they end."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "tertius-workers-"
_STARTING = "new-"
"""Precedes the prefix until the folder is locked."""
_STARTED_SECONDS = 3600.0
"""After this time a folder that nobody has locked is not one of a service that starts."""


@contextmanager
def worker_folder(parent: Path | None = None) -> Iterator[Path]:
    """A private temporary folder for the block. Folders of services that were killed are deleted first."""
    import fcntl  # noqa: PLC0415 - not on Windows, which has no workers

    parent = parent or Path(tempfile.gettempdir())
    for left in parent.glob(f"{_PREFIX}*"):
        _delete_unless_in_use(left)
    for left in parent.glob(f"{_STARTING}{_PREFIX}*"):
        if _age_seconds(left) > _STARTED_SECONDS:
            _delete_unless_in_use(left)
    # locked before it has its name: another service that starts now must not delete it
    folder = Path(tempfile.mkdtemp(prefix=f"{_STARTING}{_PREFIX}", dir=parent))
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = folder.rename(parent / folder.name.removeprefix(_STARTING))
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _age_seconds(folder: Path) -> float:
    try:
        return time.time() - folder.lstat().st_mtime
    except FileNotFoundError:
        return 0.0


def _delete_unless_in_use(folder: Path) -> None:
    """Delete a folder of this user that no process has locked. The system removes the lock when all of them ended."""
    import fcntl  # noqa: PLC0415 - as above

    with suppress(OSError):
        lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
        try:
            if os.fstat(lock).st_uid == os.getuid():
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)
