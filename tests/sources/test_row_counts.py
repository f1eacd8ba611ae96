"""The report of a load counts every row: rows read, merged, skipped and unreadable add up."""

import re
from datetime import date
from pathlib import Path

import pytest

from graph.ingest.collect import collect_records
from graph.records import BadRow, Record, SkippedRow
from graph.strength.model import model
from sources import Export, find_exports, read_export
from sources.archives.files import file_on_disk
from sources.errors import SourceError
from sources.whatsapp.chat_lines import chat_lines
from tests.sources.golden import SAMPLES
from tests.sources.shared_exports import EXPORTS, SHARED, unpacked

TODAY = date(2026, 11, 29)
FAULTS = SHARED.parent / "faults"
DOCS = Path(__file__).parents[2] / "docs" / "sources.md"
ROW = re.compile(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
"""Archive, files, read, refused, not recognised."""


def places() -> list[Path]:
    faults = [place for group in ("lists", "messages") for place in sorted((FAULTS / group).glob("*"))]
    return [*sorted(SAMPLES.iterdir()), *faults]


def check(place: Path, unpack_into: Path) -> tuple[int, int, int]:
    """Check the rows of each file. Returns the numbers of files that are read, refused and not recognised."""
    result = find_exports([place], unpack_into=unpack_into)
    refused, read = len(result.errors), 0
    for export in result.exports:
        for path in export.paths:
            records: list[Record] = []
            try:
                records += read_export(Export(export.kind, (path,)))
            except SourceError:
                refused += 1
                continue
            read += sum(file.is_file() for file in path.rglob("*")) if path.is_dir() else 1
            rows = collect_records(records, model(), today=TODAY).row_counts()
            skipped_count = sum(isinstance(record, SkippedRow | BadRow) for record in records)
            assert rows.total == rows.read + rows.merged + rows.skipped + rows.unreadable, path
            assert rows.skipped + rows.merged + rows.unreadable >= skipped_count, path
            assert records, f"nothing is said of {path}"
    return read, refused, sum("LICENSE" not in path.name for path in result.unrecognised)


@pytest.mark.parametrize("place", places(), ids=lambda place: f"{place.parent.name}/{place.name}")
def test_the_rows_of_every_sample_add_up(place: Path, tmp_path: Path) -> None:
    check(place, tmp_path)


def documented() -> list[tuple[str, tuple[int, ...]]]:
    """The rows of the first table in docs/sources.md."""
    return [(name, tuple(map(int, counts))) for name, *counts in ROW.findall(DOCS.read_text("utf-8"))]


@pytest.mark.parametrize(("name", "counts"), documented())
def test_the_rows_of_every_real_export_add_up_and_its_files_are_those_of_the_docs(
    name: str, counts: tuple[int, ...], tmp_path: Path
) -> None:
    (tmp_path / "unpacked").mkdir()
    read, refused, unrecognised = check(unpacked(name, tmp_path / "packed"), tmp_path / "unpacked")

    assert (read + refused + unrecognised, read, refused, unrecognised) == counts


def test_the_docs_have_every_real_export() -> None:
    if not EXPORTS.exists():
        pytest.skip("the shared exports are not available")
    assert {name for name, _ in documented()} == {path.name.partition(".")[0] for path in EXPORTS.glob("*.tar.gz")}


def test_every_line_of_a_chat_that_has_a_date_is_a_row() -> None:
    for path in (SAMPLES / "whatsapp").glob("*.txt"):
        for export in find_exports([path]).exports:
            file = file_on_disk(path)
            with file.open() as stream:
                dated = sum(1 for _ in chat_lines(file, stream))
            rows = collect_records(read_export(export), model(), today=TODAY).row_counts()
            assert rows.total == dated
