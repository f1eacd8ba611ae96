"""LinkedIn's data export: the zip as downloaded, the folder it unpacks to, or single CSV files.

Tables are recognised by their headers, because file names vary with the year and with the person who saved them.
`archive_files` selects the files that may be tables, `owner_detection` finds the owner, `archive_people` identifies the
people in rows, `table_records` and `message_rows` turn rows into records.
Samples and expected records: tests/samples/linkedin/.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from graph.records import Record
from sources.archives.files import File, open_exports
from sources.errors import UnsafeArchive
from sources.linkedin.archive_files import has_only_linkedin_files, may_be_table, open_tables
from sources.linkedin.owner_detection import detect_people
from sources.linkedin.table_records import table_records
from sources.tables.csv_table import CsvTable
from sources.tables.linkedin_headers import find_linkedin_table

name = "linkedin"

_MAX_FILES_TRIED = 1_000  # after this many files without a table, a zip is of another kind


def identify(path: Path) -> bool:
    """Whether this is an archive or a table of one, by the headers in it.

    A folder is an archive if it contains at least two tables and no foreign files; a folder with one table is searched.
    A zip is an archive if it contains at least one table and no foreign files.
    """
    if not path.is_dir() and not path.is_file():
        return False
    min_tables = 2 if path.is_dir() else 1
    try:
        if not has_only_linkedin_files(path):
            return False
        with open_tables(path) as files:
            return len([*islice(_tables(islice(files, _MAX_FILES_TRIED)), min_tables)]) == min_tables
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The owner, then every table in file order. Raises SourceError, possibly after some records."""
    with open_exports(paths, may_be_table) as archives:
        tables = [table for _, files in archives for table in _tables(files)]
        people = detect_people(tables)
        yield from people.owner_records()
        for table in tables:
            yield from table_records(table, people)


def _tables(files: Iterable[File]) -> Iterator[CsvTable]:
    return (table for file in files if (table := find_linkedin_table(file)))
