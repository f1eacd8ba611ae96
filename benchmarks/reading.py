"""A mailbox as a file, beside the standard library reading the same headers. Memory is told on Linux only."""

import mailbox
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from benchmarks.figures import Figure
from graph.records import Interaction
from sources.mailbox import read

HOUSE = Path(__file__).parents[1]
NEWEST = datetime(2026, 11, 1, 10, tzinfo=UTC)


def reading(folder: Path, *, messages: int, body: int) -> Iterator[Figure]:
    """Read a generated mailbox, beside the standard library reading the same headers, each in a process of its own."""
    path = folder / "All mail.mbox"
    _write(path, messages, body)
    size = path.stat().st_size / 1e6
    for what, how in (("sources.mailbox", "ours"), ("the standard library's mailbox", "stdlib")):
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.reading", how, path],
            cwd=HOUSE,
            capture_output=True,
            text=True,
            check=True,
        )
        count, seconds, memory = (float(word) for word in told.stdout.split())
        if count < messages:
            raise RuntimeError(f"{what} read {count:.0f} of {messages} messages")
        yield Figure(
            f"reading a mailbox by {what}",
            "MB/s",
            {"rate": size / seconds, "MB": size, "messages": messages, "seconds": seconds, "peak MB": memory},
        )
    path.unlink()


def _write(path: Path, messages: int, body: int) -> None:
    dice = random.Random(5)
    line = "Nothing of this is looked at, and it is here to be passed over quickly.\n"
    text = (line * (body // len(line) + 1)).encode()
    with path.open("wb") as file:
        for number in range(messages):
            who = f"p{dice.randrange(5_000)}"
            there = ("ana@home.example", f"{who}@far.example")
            sender, to = there if number % 2 else there[::-1]
            at = format_datetime(NEWEST - timedelta(minutes=dice.randrange(1_000_000)))
            head = (
                f"From x@x Thu Jan 01 00:00:00 2026\nFrom: {sender}\nTo: {to}\nDate: {at}\nMessage-ID: <{number}@x>\n"
            )
            file.write(f"{head}Subject: Words\nContent-Type: text/plain\n\n".encode())
            file.write(text[: dice.randrange(body // 2, body * 3 // 2)] + b"\n\n")


def _by_stdlib(path: Path) -> Iterable[object]:
    for letter in mailbox.mbox(path):
        yield letter["From"], letter["To"], letter["Message-ID"], parsedate_to_datetime(letter["Date"])


def _read(how: str, path: Path) -> None:
    began = time.perf_counter()
    found = _by_stdlib(path) if how == "stdlib" else (r for r in read([path]) if isinstance(r, Interaction))
    count = sum(1 for _ in found)
    seconds = time.perf_counter() - began
    status = Path("/proc/self/status").read_text("ascii")  # getrusage would tell the parent's peak
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    print(count, seconds, int(peak) / 1000)


if __name__ == "__main__":
    _read(sys.argv[1], Path(sys.argv[2]))
