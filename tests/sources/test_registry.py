"""Finding exports, identifying their readers, and the expected records of the samples."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from graph.records import LatestDate, Record
from sources import READERS, Export, Reader, find_exports, linkedin, mailbox, read_export
from sources.errors import PathNotFound
from tests.sources.golden import expected, records_as_text, samples

CONNECTIONS = "First Name,Last Name,Connected On\nAna,Silva,03 Feb 2021\n"
EMAILS = "Email Address,Confirmed,Primary\nana@a.example,Yes,Yes\n"
MESSAGE = "From ana@a.example Sat Jan  3 01:05:34 1996\nFrom: ana@a.example\nTo: b@b.example\n\nHi\n"


@pytest.mark.parametrize(
    ("reader", "sample"), [pytest.param(*pair, id=f"{pair[0].name}-{pair[1].name}") for pair in samples()]
)
def test_readers_read_the_expected_records_of_their_samples(reader: Reader, sample: Path) -> None:
    assert reader.identify(sample) == expected(sample).exists()
    if expected(sample).exists():
        assert records_as_text(reader, sample) == expected(sample).read_text("utf-8")


def test_every_reader_has_a_sample() -> None:
    assert {reader.name for reader, _ in samples()} == {reader.name for reader in READERS}


def test_files_of_an_additional_reader_are_found_and_read(tmp_path: Path) -> None:
    def is_toy(path: Path) -> bool:
        return path.is_file() and path.read_bytes().startswith(b"toy")

    def read_toy(paths: Sequence[Path]) -> Iterator[Record]:
        return (LatestDate(date.fromisoformat(path.read_text()[4:])) for path in paths)

    toy = cast("Reader", SimpleNamespace(name="toy", identify=is_toy, read=read_toy))
    (tmp_path / "a").write_text("toy 2026-01-02")

    result = find_exports([tmp_path], (*READERS, toy))

    assert result.exports == (Export("toy", (tmp_path / "a",)),)
    assert list(read_export(result.exports[0], (*READERS, toy))) == [LatestDate(date(2026, 1, 2))]


def test_exports_are_found_in_nested_folders_and_grouped_by_kind(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "renamed").write_text(CONNECTIONS)
    (tmp_path / "emails.csv").write_text(EMAILS)
    (tmp_path / "mail").write_text(MESSAGE)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")

    result = find_exports([tmp_path])

    assert result.exports == (
        Export("linkedin", (tmp_path / "deep" / "er" / "renamed", tmp_path / "emails.csv")),
        Export("mailbox", (tmp_path / "mail",)),
    )
    assert result.unrecognised == (tmp_path / "photo.jpg",)


def test_an_unpacked_archive_is_one_export(tmp_path: Path) -> None:
    for name, text in {"Connections.csv": CONNECTIONS, "Emails.csv": EMAILS, "Skills.csv": "Name"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "Articles").mkdir()
    (tmp_path / "Articles" / "one.html").write_text("<p>One</p>")

    assert find_exports([tmp_path]).exports == (Export("linkedin", (tmp_path,)),)
    assert find_exports([tmp_path]).unrecognised == ()

    (tmp_path / "Articles" / "mail").write_text(MESSAGE)

    assert {export.kind for export in find_exports([tmp_path]).exports} == {"linkedin", "mailbox"}


def test_a_file_given_twice_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS)
    (tmp_path / "Emails.csv").write_text(EMAILS)

    result = find_exports([tmp_path / "Emails.csv", tmp_path, tmp_path / "." / "Emails.csv"])

    assert result.exports == (Export("linkedin", (tmp_path,)),)


def test_links_and_system_files_are_ignored(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / "Thumbs.db").write_bytes(b"\0")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "Connections.csv").write_text(CONNECTIONS)
    (tmp_path / "loop").symlink_to(tmp_path)

    assert find_exports([tmp_path]) == find_exports([])


def test_a_file_that_two_readers_identify_is_refused(tmp_path: Path) -> None:
    greedy = cast("Reader", SimpleNamespace(name="greedy", identify=Path.is_file, read=mailbox.read))
    (tmp_path / "Connections.csv").write_text(CONNECTIONS)
    (tmp_path / "notes").write_text("not LinkedIn's")

    result = find_exports([tmp_path], (linkedin, greedy))

    assert result.errors == ("Tertius did not read Connections.csv: it could be a linkedin or a greedy export.",)
    assert result.exports == (Export("greedy", (tmp_path / "notes",)),)


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound, match=r"^There is no file or folder at .*gone\.$"):
        find_exports([tmp_path / "gone"])
