"""Exports that nobody here wrote, where the folder that is shared beside the project is at hand."""

import os
import tarfile
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TERTIUS_SHARED") or Path(__file__).parents[3] / "shared") / "data"
EXPORTS = SHARED / "exports"


def unpacked(name: str, folder: Path) -> Path:
    """The folder, with all exports of one archive in it; the test is skipped where there are none."""
    packed = EXPORTS / f"{name}.tar.gz"
    if not packed.exists():
        pytest.skip("no ../shared/data/exports here")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder
