"""The benchmarks run on small networks and check their own results."""

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import SMALL, figures
from benchmarks.exports import GENERATED_EXPORTS
from benchmarks.published import LATEST, PAGES, fill_page
from benchmarks.reading import READ_BY, count_rows


def test_both_readers_of_a_benchmark_read_every_generated_export(tmp_path: Path) -> None:
    for kind, export in GENERATED_EXPORTS.items():
        path = tmp_path / kind / export.file
        path.parent.mkdir()
        export.write(path, 20, 200)
        assert [kind, *(count_rows(how, kind, path) >= 20 for how in READ_BY)] == [kind, True, True]


def test_the_page_shows_the_latest_run() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")

        assert fill_page(text, json.loads(LATEST.read_text("utf-8"))) == text


@pytest.mark.slow
async def test_the_benchmarks_run(migrated: tuple[str, str, str], tmp_path: Path) -> None:
    results = {figure.what: figure.values async for figure in figures(SMALL, *migrated, tmp_path)}

    fresh = results["a newly loaded message is in the next answer"]
    assert fresh["fresh"] == fresh["asked"]
    called = results["introductions by MCP, 1 client"]
    assert called["asked"] + called["errors"] == SMALL.requests // 2
    stalled = results["/intro, acknowledged while Neo4j and Slack stall"]
    assert stalled["asked"] == results["/intro, answered"]["asked"] == SMALL.requests
    assert {"RETURN 1", "loading again, unchanged, a warm server", "reading mailbox by its source"} <= results.keys()
