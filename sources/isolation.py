"""Reads exports in a child process with limits on memory and processor time.

A hostile export can then exhaust only its own process, and the memory that reading took is free afterwards. The child
inherits no settings: its environment contains no secrets. Items arrive as pickled batches over a pipe of our own child.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from graph.records import Record
from sources.errors import MultipleOwners, SourceError
from sources.reading_child import CRASHED, END, ERROR, ITEMS, OUT_OF_MEMORY, SEVERAL_OWNERS, ChildLimits, ChildTask
from sources.registry import Export, ScanResult
from sources.tables.sheets import NO_HINTS, SheetHints

log = logging.getLogger("tertius.sources")

CAN_LIMIT = sys.platform == "linux"
"""Whether this platform enforces both limits. Elsewhere exports are still read in a child process."""
MEMORY_BYTES = 2**30
BASE_CPU_SECONDS = 60
CPU_SECONDS_PER_MB = 2
_SIGXCPU = getattr(signal, "SIGXCPU", None)


class ReadingStopped(SourceError):
    """The process that read an export exceeded a limit or crashed."""


def find_exports_isolated(paths: Sequence[Path], unpack_into: Path, hints: SheetHints = NO_HINTS) -> ScanResult:
    """Find exports as `sources.find_exports` does, in a child process. Raises SourceError."""
    with _child(ChildTask.FIND, hints, (list(paths), unpack_into), paths) as items:
        return cast("ScanResult", next(items))


def readable_part_isolated(export: Export, hints: SheetHints = NO_HINTS) -> tuple[Export | None, tuple[str, ...]]:
    """Return the readable files of an export as `sources.readable_part` does, in a child process."""
    with _child(ChildTask.READABLE_PART, hints, (export,), export.paths) as items:
        return cast("tuple[Export | None, tuple[str, ...]]", next(items))


@contextmanager
def records_isolated(export: Export, hints: SheetHints = NO_HINTS) -> Iterator[Iterator[Record]]:
    """Yield the records of an export, read in a child process, which is ended with the block.

    The iterator raises SourceError, possibly after some records.
    """
    with _child(ChildTask.READ, hints, (export,), export.paths) as items:
        yield items


@contextmanager
def _child(
    operation: ChildTask, hints: SheetHints, arguments: tuple[object, ...], paths: Sequence[Path]
) -> Iterator[Iterator[Any]]:
    cpu_seconds = BASE_CPU_SECONDS + CPU_SECONDS_PER_MB * sum(map(size_of, paths)) // 2**20
    limits = ChildLimits(MEMORY_BYTES, cpu_seconds) if CAN_LIMIT else None
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", "from sources import reading_child; reading_child.run_reading()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback may contain private data
        start_new_session=True,  # Ctrl-C is for the parent only
        env=kept | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )
    try:
        yield _items(child, (limits, operation, hints, arguments))
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _close(pipe)


def _items(child: subprocess.Popen[bytes], request: object) -> Iterator[Any]:
    if child.stdin is None or child.stdout is None:
        raise ReadingStopped(_INTERNAL)
    try:
        pickle.dump(request, child.stdin)
        child.stdin.close()
        while True:
            kind, content = pickle.load(child.stdout)  # noqa: S301 - our own child wrote it
            if kind == ITEMS:
                yield from content
            elif kind == END:
                return
            elif kind == ERROR:
                raise SourceError(content)
            elif kind == SEVERAL_OWNERS:
                raise MultipleOwners(content)
            elif kind == CRASHED:
                log.error("a reader failed: %s", content)
                raise ReadingStopped(_INTERNAL)
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        raise ReadingStopped(_reason(child.wait())) from None


def _reason(status: int) -> str:
    # Python aborts if memory is exhausted while it handles a MemoryError, and libraries in C++ do so at once
    if status in (OUT_OF_MEMORY, -signal.SIGABRT):
        return f"Reading this export takes more than {MEMORY_BYTES // 2**20:,} MB of memory, so it was stopped."
    if _SIGXCPU is not None and status == -_SIGXCPU:
        return "Reading this export takes too much processor time for its size, so it was stopped."
    return _INTERNAL


_INTERNAL = "Reading this export ended with an internal error."


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; 0 if there is none."""
    try:
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        return sum(file.stat().st_size for file in files)
    except OSError:
        return 0


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except (OSError, ValueError):  # the pipe is broken, or another thread still reads from it
        return
