"""LinkedIn files that are damaged, harmful, or in unusual formats."""

import csv
import os
import stat
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import BadRow, Connection, Handle, HandleKind, Interaction, PersonMention
from sources import linkedin
from sources.errors import InvalidRow, UnsafeArchive
from sources.linkedin.date_formats import parse_linkedin_date
from tests.sources.linkedin.files import CONNECTIONS, MESSAGES, PROFILE, FileReader, url


@pytest.fixture
def read(tmp_path: Path) -> FileReader:
    return FileReader(tmp_path)


def _zip(path: Path, *names: str, content: bytes = PROFILE.encode(), mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (mode or stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return path


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["Profile.csv", "../Profile.csv"], "it contains a path that leads outside the archive"),
        (["Profile.csv", "/etc/Profile.csv"], "it contains a path that leads outside the archive"),
        (["Profile.csv", "C:\\Profile.csv"], "it contains a path that leads outside the archive"),
        (
            ["Profile.csv", *(f"{n}.csv" for n in range(10_000))],
            (
                "it contains more than 10,000 files; unpack it and load the folders that you need, such as Mail, "
                "Calendar and Contacts of a Takeout"
            ),
        ),
    ],
)
def test_a_harmful_zip_is_refused_with_its_reason(tmp_path: Path, names: list[str], reason: str) -> None:
    path = _zip(tmp_path / "a.zip", *names)

    assert linkedin.identify(path)
    with pytest.raises(UnsafeArchive, match=rf"^Tertius did not open a\.zip: {reason}\.$"):
        list(linkedin.read([path]))


def test_a_zip_with_links_and_a_zip_bomb_are_refused(tmp_path: Path) -> None:
    links = _zip(tmp_path / "links.zip", "Profile.csv", mode=stat.S_IFLNK | 0o777)
    bomb = _zip(tmp_path / "bomb.zip", "Profile.csv", content=PROFILE.encode() + b"\n" * 2_000_000)

    with pytest.raises(UnsafeArchive, match="links"):
        list(linkedin.read([links]))
    with pytest.raises(UnsafeArchive, match="100 times its size"):
        list(linkedin.read([bomb]))


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", "Profile.csv", content=os.urandom(100).join([PROFILE.encode()] * 200))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(UnsafeArchive, match="damaged"):
        list(linkedin.read([path]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03 Feb 2021", datetime(2021, 2, 3, tzinfo=UTC)),
        ("22 Mar 1833", datetime(1833, 3, 22, tzinfo=UTC)),
        ("15-Jan-24", datetime(2024, 1, 15, tzinfo=UTC)),
        ("2/3/19, 4:05 PM", datetime(2019, 2, 3, 16, 5, tzinfo=UTC)),
        ("2/3/19, 12:05\u202fAM", datetime(2019, 2, 3, 0, 5, tzinfo=UTC)),
        ("2019-02-03 16:05:11 UTC", datetime(2019, 2, 3, 16, 5, 11, tzinfo=UTC)),
        ("2019-02-03T16:05:11+02:00", datetime(2019, 2, 3, 14, 5, 11, tzinfo=UTC)),
        ("2026/11/05 10:11:12 UTC", datetime(2026, 11, 5, 10, 11, 12, tzinfo=UTC)),
        ("2026-02-09 01:21:47", datetime(2026, 2, 9, 1, 21, 47, tzinfo=UTC)),
        ("Feb 3, 2021", datetime(2021, 2, 3, tzinfo=UTC)),
        ("Sep 2012", datetime(2012, 9, 1, tzinfo=UTC)),
        ("2012", datetime(2012, 1, 1, tzinfo=UTC)),
    ],
)
def test_every_date_format_is_read(text: str, expected: datetime) -> None:
    assert parse_linkedin_date(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "31 Feb 2021", "15/1/24", "2021-02-03 25:00", "0000"])
def test_an_invalid_date_is_an_error(text: str) -> None:
    with pytest.raises(InvalidRow):
        parse_linkedin_date(text)


@given(st.text(max_size=30) | st.from_regex(r"[0-9A-Za-z:/,+ -]{1,25}", fullmatch=True))
def test_any_text_is_a_date_in_utc_or_an_error(text: str) -> None:
    with suppress(InvalidRow):
        assert parse_linkedin_date(text).tzinfo is UTC


def test_a_bad_row_has_the_number_of_its_first_line(read: FileReader) -> None:
    records = read(
        connections=f'Notes:\n"Two\nlines"\n\n{CONNECTIONS}'
        'Ben,Ek,,,"Two\nlines",,2021\n'
        "too,short\n"
        "Cleo,Marsh,,,,,2021,and,more\n"
        f"{',' * 300}x\n"
        f"Dora,{'x' * 1_100_000},,,,,2021\n"
        "Emil,Frost,,,,,2021\n"
        'Finn,"Gray,,,,,2021\nGil,Hart,,,,,2021\n'
    )

    assert [record.person.name for record in records if isinstance(record, Connection)] == ["Ben Ek", "Emil Frost"]
    assert [record for record in records if isinstance(record, BadRow)] == [
        BadRow("connections.csv", 8, "the row ends before the last required column"),
        BadRow("connections.csv", 9, "the row has more columns than the header"),
        BadRow("connections.csv", 10, "the row has more than 200 columns"),
        BadRow("connections.csv", 11, "the row is longer than 1 MB"),
        BadRow("connections.csv", 13, "a quotation mark is never closed"),
    ]


def test_a_long_message_is_read_without_changing_the_csv_limit(read: FileReader) -> None:
    limit = csv.field_size_limit()
    content = "long\n" * 500_000

    records = read(messages=MESSAGES + f'1,Ana,{url("ana")},Ben,{url("ben")},2026-01-02,,"{content}"\nbad\n')

    assert [type(record) for record in records] == [Interaction, BadRow]
    assert records[1] == BadRow("messages.csv", 500_003, "the row ends before the last required column")
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_read_in_every_encoding(read: FileReader, charset: str) -> None:
    records = read(connections=(CONNECTIONS + "Zoë,Brønsted,,,,,2021\n").encode(charset))

    assert records[0] == Connection(
        PersonMention((Handle(HandleKind.NAME, "Zoë Brønsted"),), "Zoë Brønsted"), date(2021, 1, 1), "connections"
    )
