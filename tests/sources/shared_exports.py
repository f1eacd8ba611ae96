"""Exports made by others, for tests. They are not in the repository; `TERTIUS_SHARED` names the folder with them."""

import os
import tarfile
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TERTIUS_SHARED") or Path(__file__).parents[3] / "shared") / "data"
EXPORTS = SHARED / "exports"


def unpacked(name: str, folder: Path) -> Path:
    """Unpack one archive of exports into the folder. The test is skipped if there are no shared exports."""
    packed = EXPORTS / f"{name}.tar.gz"
    if not packed.exists():
        pytest.skip("the shared exports are not available")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder
