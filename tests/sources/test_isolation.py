"""Tests that exports are read in a child process with limits."""

import errno
import signal
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

import psutil
import pytest

import sources
from sources import isolation
from sources.errors import FileUnreadable, SourceError, is_out_of_memory
from sources.isolation import (
    CAN_LIMIT,
    ReadingStopped,
    find_exports_isolated,
    readable_part_isolated,
    records_isolated,
)

SAMPLES = Path(__file__).parents[1] / "samples"
needs_limits = pytest.mark.skipif(not CAN_LIMIT, reason="this platform has no limits for processes")


def children() -> list[psutil.Process]:
    running = [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
    return [child for child in running if "reading_child" in " ".join(child.cmdline())]


def test_a_child_process_reads_the_same_records(tmp_path: Path) -> None:
    folder = SAMPLES / "calendar"

    exports = find_exports_isolated([folder], tmp_path)

    assert exports == sources.find_exports([folder])
    (export,) = exports.exports
    with records_isolated(export) as records:
        assert [*records] == [*sources.read_export(export)]
    assert readable_part_isolated(export) == sources.readable_part(export)


def test_an_unreadable_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file or folder at"):
        find_exports_isolated([tmp_path / "missing"], tmp_path)


def test_the_process_ends_with_the_block(tmp_path: Path) -> None:
    (tmp_path / "team.ics").write_bytes(calendar(500, "FREQ=DAILY"))
    (export,) = sources.find_exports([tmp_path]).exports

    with records_isolated(export) as records:
        assert len([*islice(records, 10)]) == 10
        assert len(children()) == 1

    assert children() == []


def test_a_signal_that_stops_the_service_does_not_end_the_reading(tmp_path: Path) -> None:
    (tmp_path / "team.ics").write_bytes(calendar(10, "FREQ=DAILY"))
    (export,) = sources.find_exports([tmp_path]).exports

    with records_isolated(export) as records:
        first = next(records)
        for stop in (signal.SIGINT, signal.SIGTERM):
            children()[0].send_signal(stop)
        assert [first, *records] == [*sources.read_export(export)]


@needs_limits
def test_too_much_processor_time_ends_the_process_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "BASE_CPU_SECONDS", 1)
    monkeypatch.setattr(isolation, "CPU_SECONDS_PER_MB", 0)
    (tmp_path / "team.ics").write_bytes(calendar(20_000, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))
    (export,) = sources.find_exports([tmp_path]).exports

    with (
        pytest.raises(ReadingStopped, match="too much processor time"),
        records_isolated(export) as records,
    ):
        assert [*records]


def calendar(series: int, rule: str) -> bytes:
    """A calendar of recurring meetings with one attendee each."""
    events = (
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:20240101T000000Z\r\nDTSTAMP:20261101T000000Z\r\nRRULE:{rule}\r\n"
        f"ORGANIZER:mailto:mal@lab.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a{number}@b.example\r\nEND:VEVENT\r\n"
        for number in range(series)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOMEM, "Cannot allocate memory"), True),
        (OSError(errno.ENOENT, "No such file or directory"), False),
        (ValueError("a broken header"), False),
    ],
)
def test_an_error_that_means_no_memory_is_a_reached_limit(error: Exception, expected: bool) -> None:
    for wrapped in (ImportError("a library failed to load"), FileUnreadable("a.mbox", str(error))):
        wrapped.__cause__ = error
        assert is_out_of_memory(error) is is_out_of_memory(wrapped) is expected


@pytest.mark.parametrize("kind", ["mailbox", "calendar", "linkedin", "vcard"])
def test_missing_memory_never_makes_a_file_unrecognised(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = [0]
    open_file = Path.open

    def fails_at(call: int) -> Callable[..., IO[Any]]:
        opened[0] = 0

        def opens(path: Path, *arguments: Any, **options: Any) -> IO[Any]:
            opened[0] += 1
            if opened[0] == call:
                raise OSError(errno.ENOMEM, "Cannot allocate memory", str(path))
            return cast("IO[Any]", open_file(path, *arguments, **options))

        return opens

    for place in (SAMPLES / kind).iterdir():
        expected = sources.find_exports([place])
        monkeypatch.setattr(Path, "open", fails_at(0))
        assert sources.find_exports([place]) == expected
        for call in range(1, opened[0] + 1):
            monkeypatch.setattr(Path, "open", fails_at(call))
            with pytest.raises((OSError, SourceError)) as failure:
                sources.find_exports([place])
            assert is_out_of_memory(failure.value)
        monkeypatch.undo()
