from pathlib import Path

import pytest

from tests.sources.calendar.events import Ics


@pytest.fixture
def ics(tmp_path: Path) -> Ics:
    return Ics(tmp_path / "one.ics")
