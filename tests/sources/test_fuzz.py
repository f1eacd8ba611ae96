"""Any export, however invalid, gives records or a SourceError with one sentence.

`make fuzz` tries more examples, which differ in each run. Add each export that fails to tests/sources/corpus/.
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
from tests.sources.generated_exports import CORPUS, ExportInMemory, any_export, corpus, readers_by_name

pytestmark = pytest.mark.fuzz

EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
READERS = readers_by_name()
EXPORTS = {reader: any_export(reader, group) for reader, group in READERS.items()}
BY_HEADER = {"linkedin", *(reader.name for reader in READERS["sheets"])}
"""The readers that identify a table by its header. They yield nothing for a file without one."""
DEADLINE = timedelta(seconds=30)
"""An example takes milliseconds. The limit allows for a busy machine."""


def check_export(export: ExportInMemory, readers: Sequence[Reader]) -> None:
    """Find the export as a load does, and read it with these readers, also if they do not identify it."""
    with TemporaryDirectory() as folder:
        unpacked = Path(folder, "unpacked")
        unpacked.mkdir()
        path = export.write(Path(folder))
        identified_by = [reader.name for reader in ALL_READERS if reader.identify(path)]
        assert len(identified_by) <= 1
        find_exports([path], unpack_into=unpacked)
        is_table = path.is_file() and not is_zipfile(path)
        for reader in readers:
            records = count_records(reader, path)
            assert records == 0 or reader.name in identified_by or not (is_table and reader.name in BY_HEADER)


def count_records(reader: Reader, path: Path) -> int:
    """The number of records. Each must have a repr that UTF-8 can encode, and each bad row a line."""
    count = 0
    with suppress(SourceError):
        for record in reader.read([path]):
            assert repr(record).encode()
            assert not isinstance(record, BadRow) or record.line > 0
            count += 1
    return count


@pytest.mark.parametrize("reader", READERS)
@settings(
    max_examples=int(EXAMPLES or 100),
    derandomize=EXAMPLES is None,
    deadline=DEADLINE,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_any_export_yields_records_or_a_source_error(reader: str, data: st.DataObject) -> None:
    check_export(data.draw(EXPORTS[reader]), READERS[reader])


@pytest.mark.parametrize(
    ("reader", "export"),
    [pytest.param(reader, export, id=f"{reader}-{export.name}") for reader in READERS for export in corpus(reader)],
)
def test_exports_that_failed_before_yield_records_or_an_error(reader: str, export: ExportInMemory) -> None:
    check_export(export, READERS[reader])


def test_every_folder_of_the_corpus_belongs_to_a_reader() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= READERS.keys()
