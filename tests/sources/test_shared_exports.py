"""The table in docs/sources.md, held to the exports it tells of."""

import re
from pathlib import Path

import pytest

from sources import Export, find_exports, read_export
from sources.errors import SourceError
from tests.sources.shared_exports import EXPORTS, unpacked

DOCS = Path(__file__).parents[2] / "docs" / "sources.md"
ROW = re.compile(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
"""Archive, files, read, refused, left alone."""


def rows() -> list[tuple[str, tuple[int, ...]]]:
    return [(name, tuple(map(int, counts))) for name, *counts in ROW.findall(DOCS.read_text("utf-8"))]


@pytest.mark.parametrize(("name", "told"), rows())
def test_every_export_is_read_or_refused_in_a_sentence_as_the_table_says(
    tmp_path: Path, name: str, told: tuple[int, ...]
) -> None:
    result = find_exports([unpacked(name, tmp_path)])
    refused = list(result.errors)
    whole = 0
    for export in result.exports:
        for path in export.paths:
            try:
                if list(read_export(Export(export.kind, (path,)))):
                    whole += sum(file.is_file() for file in path.rglob("*")) if path.is_dir() else 1
            except SourceError as error:
                refused.append(str(error))
    alone = [path for path in result.unrecognised if "LICENSE" not in path.name]

    assert (whole + len(refused) + len(alone), whole, len(refused), len(alone)) == told


def test_the_table_leaves_out_no_archive() -> None:
    if not EXPORTS.exists():
        pytest.skip("no ../shared/data/exports here")
    assert {name for name, _ in rows()} == {path.name.partition(".")[0] for path in EXPORTS.glob("*.tar.gz")}
