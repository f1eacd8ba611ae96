"""Measures each reader of exports against a minimal one with the standard library. Memory is measured on Linux only."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.exports import GENERATED_EXPORTS
from benchmarks.figures import Figure
from graph.records import Connection, Interaction, Meeting, RosterEntry
from sources import READERS

REPOSITORY = Path(__file__).parents[1]
READ_BY = ("its source", "hand, with the standard library")
_SECONDS = 300
"""Time in which an export is read."""


def reading(folder: Path, kinds: Iterable[str], *, messages: int, rows: int, body: int) -> Iterator[Figure]:
    """Read `messages` of a mailbox, and `rows` of each other kind, by its reader and by a minimal one.

    Each reads in a separate process. `body` is the size of a message in bytes.
    """
    for kind in kinds:
        count = messages if kind == "mailbox" else rows
        export = GENERATED_EXPORTS[kind]
        path = folder / export.file
        export.write(path, count, body)
        size = sum(file.stat().st_size for file in (path, *path.rglob("*")) if file.is_file()) / 1e6
        values: dict[str, float] = {}
        for how, prefix in zip(READ_BY, ("", "by hand: "), strict=True):
            result = subprocess.run(
                [sys.executable, "-m", "benchmarks.reading", how, kind, path],
                cwd=REPOSITORY,
                capture_output=True,
                text=True,
                check=True,
                timeout=_SECONDS,
            )
            read, seconds, memory = (float(word) for word in result.stdout.split())
            if read < count:
                raise RuntimeError(f"{kind} by {how}: {read:.0f} of {count} rows")
            rates = {"rows/s": count / seconds, "MB/s": size / seconds, "peak MB": memory}
            values |= {prefix + name: value for name, value in rates.items()}
        yield Figure(f"reading {kind}", "", {"rows": count, "MB": size, **values})
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def count_rows(how: str, kind: str, path: Path) -> int:
    """Read an export of this kind in one of the ways `READ_BY`, and return the number of its rows."""
    if how != READ_BY[0]:
        return sum(1 for _ in GENERATED_EXPORTS[kind].read_minimal(path))
    (reader,) = (reader for reader in READERS if reader.name == kind)
    return sum(isinstance(record, Interaction | Meeting | Connection | RosterEntry) for record in reader.read([path]))


def _read(how: str, kind: str, path: Path) -> None:
    start = time.perf_counter()
    count = count_rows(how, kind, path)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text("ascii")  # getrusage would return the peak of the parent process
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    print(count, seconds, int(peak) / 1000)


if __name__ == "__main__":
    _read(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
