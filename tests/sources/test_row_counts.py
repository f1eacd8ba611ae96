"""The report of a load counts every row: rows read, merged, skipped and unreadable add up."""

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


def places() -> list[Path]:
    faults = [place for group in ("lists", "messages") for place in sorted((FAULTS / group).glob("*"))]
    return [*sorted(SAMPLES.iterdir()), *faults]


def check(place: Path, unpack_into: Path) -> None:
    for export in find_exports([place], unpack_into=unpack_into).exports:
        for path in export.paths:
            records: list[Record] = []
            try:
                records += read_export(Export(export.kind, (path,)))
            except SourceError:
                continue
            rows = collect_records(records, model(), today=TODAY).row_counts()
            told = sum(isinstance(record, SkippedRow | BadRow) for record in records)
            assert rows.total == rows.read + rows.merged + rows.skipped + rows.unreadable, path
            assert rows.skipped + rows.merged + rows.unreadable >= told, path
            assert records, f"nothing is said of {path}"


@pytest.mark.parametrize("place", places(), ids=lambda place: f"{place.parent.name}/{place.name}")
def test_the_rows_of_every_sample_add_up(place: Path, tmp_path: Path) -> None:
    check(place, tmp_path)


@pytest.mark.parametrize("name", sorted(path.name.partition(".")[0] for path in EXPORTS.glob("*.tar.gz")))
def test_the_rows_of_every_real_export_add_up(name: str, tmp_path: Path) -> None:
    (tmp_path / "unpacked").mkdir()
    check(unpacked(name, tmp_path), tmp_path / "unpacked")


def test_every_line_of_a_chat_that_has_a_date_is_a_row() -> None:
    for path in (SAMPLES / "whatsapp").glob("*.txt"):
        for export in find_exports([path]).exports:
            file = file_on_disk(path)
            with file.open() as stream:
                dated = sum(1 for _ in chat_lines(file, stream))
            rows = collect_records(read_export(export), model(), today=TODAY).row_counts()
            assert rows.total == dated
