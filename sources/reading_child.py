"""The child process of `sources.isolation`: runs one operation of the registry and writes its items to stdout.

It reads one pickled request from stdin: limits, operation, kind of lists, arguments. It writes pickled pairs: ITEMS
with a list, and at the end END, ERROR with the message of a SourceError, SEVERAL_OWNERS with the kind of a
MultipleOwners, or CRASHED with the class and place of another exception.
"""

import os
import pickle
import signal
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from sources.errors import MultipleOwners, SourceError, is_out_of_memory
from sources.registry import Reader, find_exports, read_export, readable_part, readers_with_hints
from sources.tables.sheets import SheetHints

ITEMS, END, ERROR, SEVERAL_OWNERS, CRASHED = "items", "end", "error", "several owners", "crashed"
OUT_OF_MEMORY = 77
"""Exit status after a MemoryError."""
_BATCH = 500


class ChildTask(StrEnum):
    """The operation that the child process runs."""

    FIND = "find"
    READ = "read"
    READABLE_PART = "readable_part"


class ChildLimits(NamedTuple):
    """The limits on memory and processor time of the child process."""

    memory_bytes: int
    cpu_seconds: int


def run_reading() -> None:
    """Read the request, run it and write what it yields."""
    # a service that is stopped ends its child itself; a child that ended first would make the load fail
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints may reach the pipe
    limits, operation, hints, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    try:
        last = _write_items(output, limits, operation, hints, arguments)
        pickle.dump(last, output)
        output.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # without cleaning up, which may need memory


def _write_items(
    output: BinaryIO,
    limits: ChildLimits | None,
    operation: ChildTask,
    hints: SheetHints,
    arguments: tuple[Any, ...],
) -> tuple[str, str]:
    """Write the items of the operation. Returns the last pair to write. Raises MemoryError."""
    if limits is not None:
        _limit(limits)
    try:
        items = iter(_run(operation, readers_with_hints(hints), arguments))
        while batch := list(islice(items, _BATCH)):
            pickle.dump((ITEMS, batch), output, pickle.HIGHEST_PROTOCOL)
            output.flush()
    except MultipleOwners as error:
        return (SEVERAL_OWNERS, error.kind)
    except Exception as error:
        # a reader may report missing memory as a file that it cannot open
        if limits is not None and is_out_of_memory(error):
            raise MemoryError from error
        if isinstance(error, SourceError):
            return (ERROR, str(error))
        return (CRASHED, _location(error))  # the parent reports it, without its message
    return (END, "")


def _run(operation: ChildTask, readers: Sequence[Reader], arguments: tuple[Any, ...]) -> Iterable[object]:
    if operation is ChildTask.FIND:
        paths, unpack_into = arguments
        return [find_exports(paths, readers, unpack_into=unpack_into)]
    (export,) = arguments
    return [readable_part(export, readers)] if operation is ChildTask.READABLE_PART else read_export(export, readers)


def _limit(limits: ChildLimits) -> None:
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - missing on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))


def _location(error: BaseException) -> str:
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    at = f" at {traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}" if traceback is not None else ""
    return f"{type(error).__name__}{at}"
