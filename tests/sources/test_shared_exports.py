"""The counts in the first table of docs/sources.md are those of the shared exports."""

import re
from pathlib import Path

import pytest

from sources import Export, find_exports, read_export
from sources.errors import SourceError
from tests.sources.shared_exports import EXPORTS, unpacked

DOCS = Path(__file__).parents[2] / "docs" / "sources.md"
ROW = re.compile(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
"""Archive, files, read, refused, not recognised."""


def rows() -> list[tuple[str, tuple[int, ...]]]:
    return [(name, tuple(map(int, counts))) for name, *counts in ROW.findall(DOCS.read_text("utf-8"))]


@pytest.mark.parametrize(("name", "counts"), rows())
def test_the_table_has_the_counts_of_the_shared_exports(tmp_path: Path, name: str, counts: tuple[int, ...]) -> None:
    result = find_exports([unpacked(name, tmp_path)])
    refused = list(result.errors)
    read = 0
    for export in result.exports:
        for path in export.paths:
            try:
                if list(read_export(Export(export.kind, (path,)))):
                    read += sum(file.is_file() for file in path.rglob("*")) if path.is_dir() else 1
            except SourceError as error:
                refused.append(str(error))
    unrecognised = [path for path in result.unrecognised if "LICENSE" not in path.name]

    assert (read + len(refused) + len(unrecognised), read, len(refused), len(unrecognised)) == counts


def test_the_table_has_every_archive() -> None:
    if not EXPORTS.exists():
        pytest.skip("the shared exports are not available")
    assert {name for name, _ in rows()} == {path.name.partition(".")[0] for path in EXPORTS.glob("*.tar.gz")}
