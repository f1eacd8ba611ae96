"""The benchmarks run on small networks and check their own results."""

from pathlib import Path

import pytest

from benchmarks.__main__ import SMALL, figures

pytestmark = pytest.mark.slow


async def test_the_benchmarks_run(migrated: tuple[str, str, str], tmp_path: Path) -> None:
    results = {figure.what: figure.values async for figure in figures(SMALL, *migrated, tmp_path)}

    fresh = results["a newly loaded message is in the next answer"]
    assert fresh["fresh"] == fresh["asked"]
    assert {"RETURN 1", "loading again, unchanged, a warm server", "reading mailbox by its source"} <= results.keys()
