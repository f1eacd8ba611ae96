"""Whatever an export holds, looking at it and reading it ends well: in records, or in one sentence that refuses it.

`make fuzz` goes on for longer, and with something else each time. What it finds belongs into tests/sources/corpus/.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import is_zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.records import BadRow
from sources import READERS as ALL_READERS
from sources import Reader, find_exports
from sources.errors import SourceError
from tests.sources.generated_exports import CORPUS, Given, anything, corpus, readers

EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
READERS = readers()
ANYTHING = {reader: anything(reader, sources) for reader, sources in READERS.items()}
BY_HEADER = {"linkedin", *(source.name for source in READERS["sheets"])}
"""What tells its own by a header: it finds nothing in a file that has none."""
HANGS = timedelta(seconds=30)
"""For what takes milliseconds, on however busy a machine."""


def ends_well(export: Given, sources: Sequence[Reader]) -> None:
    """Look at an export as `tertius load` does, and read it by these sources even where they do not claim it."""
    with TemporaryDirectory() as folder:
        room = Path(folder, "room")
        room.mkdir()
        path = export.put(Path(folder))
        takers = [source.name for source in ALL_READERS if source.identify(path)]
        assert len(takers) <= 1
        find_exports([path], unpack_into=room)
        headed = path.is_file() and not is_zipfile(path)
        for source in sources:
            told = read(source, path)
            assert told == 0 or source.name in takers or not (headed and source.name in BY_HEADER)


def read(source: Reader, path: Path) -> int:
    """How many records there are; all can be written down, and a bad row says where it stands."""
    count = 0
    with suppress(SourceError):
        for record in source.read([path]):
            assert repr(record).encode()
            assert not isinstance(record, BadRow) or record.line > 0
            count += 1
    return count


@pytest.mark.parametrize("reader", READERS)
@settings(
    max_examples=int(EXAMPLES or 100),
    derandomize=EXAMPLES is None,
    deadline=HANGS,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_it_is_reading_it_ends_well(reader: str, data: st.DataObject) -> None:
    ends_well(data.draw(ANYTHING[reader]), READERS[reader])


@pytest.mark.parametrize(
    ("reader", "found"),
    [pytest.param(reader, found, id=f"{reader}-{found.name}") for reader in READERS for found in corpus(reader)],
)
def test_what_once_did_harm_does_none(reader: str, found: Given) -> None:
    ends_well(found, READERS[reader])


def test_all_that_is_kept_is_some_readers() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= READERS.keys()
