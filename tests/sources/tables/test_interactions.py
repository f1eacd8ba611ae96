"""Interactions as CSV: what the samples do not cover."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.records import Channel, Interaction, Meeting, Record, SkippedRow
from sources.errors import InvalidRow
from sources.tables.interactions import INTERACTIONS_READER, parse_channel, parse_time
from tests.sources.shared_exports import SHARED


def records(folder: Path, rows: str, header: str = "from,to,at,channel,message_id") -> list[Record]:
    (folder / "rows.csv").write_text(f"{header}\n{rows}\n")
    return [*INTERACTIONS_READER.read([folder / "rows.csv"])]


@pytest.mark.parametrize(
    ("text", "expected", "has_time"),
    [
        ("2026-11-22", datetime(2026, 11, 22, 12, tzinfo=UTC), False),
        ("20261122", datetime(2026, 11, 22, 12, tzinfo=UTC), False),
        ("2026-11-22T10:11", datetime(2026, 11, 22, 10, 11, tzinfo=UTC), True),
        ("2026-11-22 10:11:12.5 UTC", datetime(2026, 11, 22, 10, 11, 12, 500000, tzinfo=UTC), True),
        ("2026-11-22T00:30:00+02:00", datetime(2026, 11, 21, 22, 30, tzinfo=UTC), True),
        ("2026-11-22T10:11:12Z", datetime(2026, 11, 22, 10, 11, 12, tzinfo=UTC), True),
        ("1082040961", datetime(2004, 4, 15, 14, 56, 1, tzinfo=UTC), True),
        ("1082040961000", datetime(2004, 4, 15, 14, 56, 1, tzinfo=UTC), True),
    ],
)
def test_times_are_iso_8601_or_seconds(text: str, expected: datetime, has_time: bool) -> None:
    assert parse_time(text) == (expected, has_time)


@pytest.mark.parametrize("text", ["", "soon", "22.11.2026", "2026-02-30", "0001-01-01T00:00+05:00", "9" * 40])
def test_an_invalid_time_is_an_error(text: str) -> None:
    with pytest.raises(InvalidRow):
        parse_time(text)


def test_every_number_in_a_timestamp_column_is_seconds(tmp_path: Path) -> None:
    (first,) = records(tmp_path, "1,2,69459254", "source,target,timestamp")

    assert isinstance(first, Interaction)
    assert first.at == datetime(1972, 3, 14, 22, 14, 14, tzinfo=UTC)


def test_channels_are_parsed_and_other_names_are_errors() -> None:
    channels = {parse_channel(name.value) for name in Channel if not name.value.startswith(("statement", "large"))}

    assert channels == {name.value for name in Channel if not name.value.startswith(("statement", "large"))}
    for name in ("statement_well", "large_meeting", "pigeon"):
        with pytest.raises(InvalidRow):
            parse_channel(name)


def test_repeated_rows_share_an_id_if_they_have_a_time(tmp_path: Path) -> None:
    calls = records(tmp_path, "a@a.example,b@b.example,2026-01-02T10:00,call,\n" * 2)
    meetings = records(
        tmp_path, "a@a.example,b@b.example,2026-01-02T10:00,meeting,\nb@b.example,a@a.example,2026-01-02T10:00,meeting,"
    )
    without_time = records(tmp_path, "a@a.example,b@b.example,2026-01-02,call,\n" * 2)

    assert len({record.id for record in calls if isinstance(record, Interaction)}) == 1
    assert len({record.id for record in meetings if isinstance(record, Meeting)}) == 1
    assert [record.id for record in without_time if isinstance(record, Interaction)] == [None, None]


def test_a_message_keeps_at_most_a_thousand_recipients(tmp_path: Path) -> None:
    (one,) = records(tmp_path, "\n".join(f"a@a.example,b{number}@b.example,2026-01-02,,m" for number in range(3_000)))
    (cell,) = records(tmp_path, "a@a.example," + ";".join(f"b{number}" for number in range(3_000)) + ",2026-01-02,,")

    assert isinstance(one, Interaction)
    assert isinstance(cell, Interaction)
    assert len(one.to) == len(cell.to) == 1_000


def test_a_cell_of_a_megabyte_takes_linear_time(tmp_path: Path) -> None:
    for cell in (
        "a" * 900_000,
        "@" * 900_000,
        "+" * 900_000,
        "a.linkedin.com/" * 60_000,
        "<" * 900_000,
        "+1 " * 300_000,
    ):
        records(tmp_path, f"{cell},b@b.example,2026-01-02,,")


@pytest.mark.parametrize(
    ("name", "messages", "to_themselves"),
    [("collegemsg", 59_835, 0), ("enron", 21_635, 0), ("enron_to_cc_bcc", 20_112, 2_791)],
)
def test_the_networks_of_the_evaluation_are_read(tmp_path: Path, name: str, messages: int, to_themselves: int) -> None:
    compressed = SHARED / "networks" / f"{name}.csv.gz"
    if not compressed.exists():
        pytest.skip("the shared networks are not available")
    (tmp_path / "network.csv").write_bytes(gzip.decompress(compressed.read_bytes()))

    assert INTERACTIONS_READER.identify(tmp_path / "network.csv")
    read_records = [*INTERACTIONS_READER.read([tmp_path / "network.csv"])]

    assert sum(isinstance(record, Interaction) for record in read_records) == messages
    assert sum(isinstance(record, SkippedRow) for record in read_records) == to_themselves
    assert len(read_records) == messages + to_themselves
