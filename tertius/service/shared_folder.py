"""The folder of what the workers of one service share until they end."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "tertius-workers-"


@contextmanager
def worker_folder(parent: Path | None = None) -> Iterator[Path]:
    """A private temporary folder for the block. Folders of services that were killed are deleted first."""
    import fcntl  # noqa: PLC0415 - not on Windows, which has no workers

    parent = parent or Path(tempfile.gettempdir())
    for left in parent.glob(f"{_PREFIX}*"):
        _delete_unless_in_use(left)
    # locked before it has its name: another service that starts now must not delete it
    folder = Path(tempfile.mkdtemp(prefix=f"new-{_PREFIX}", dir=parent))
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = folder.rename(parent / folder.name.removeprefix("new-"))
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


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
