"""LinkedIn's own data export: the zip as downloaded, the folder it unpacks to, or single CSVs.

Headers tell the files apart: names vary with the year and with whoever saved them. `archive` says
which files may be tables, `headers` tells its lists apart, `owner` finds out whose they are, `lists` and `messages` say
what each row means. Samples and expected records: tests/samples/linkedin/.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from graph.records import Record
from sources.archive import File, all_opened
from sources.errors import UnsafeArchive
from sources.linkedin.archive import is_only_an_archive, is_table, opened
from sources.linkedin.headers import recognise
from sources.linkedin.lists import records
from sources.linkedin.owner import meet
from sources.tables import Table

name = "linkedin"

_MOST_LOOKED_AT = 1_000  # files of a zip, before it is held for somebody else's


def identify(path: Path) -> bool:
    """Whether this is an archive or a list of one, by the headers in it.

    A folder is one when it holds several lists and nothing else; with a single list it is walked. So is a zip with
    anything else in it.
    """
    if not path.is_dir() and not path.is_file():
        return False
    enough = 2 if path.is_dir() else 1
    try:
        if not is_only_an_archive(path):
            return False
        with opened(path) as files:
            return len([*islice(_tables(islice(files, _MOST_LOOKED_AT)), enough)]) == enough
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The owner, then every list in the order of its files. Raises SourceError, before or amid."""
    with all_opened(paths, is_table) as archives:
        tables = [table for _, files in archives for table in _tables(files)]
        people = meet(tables)
        yield from people.owners()
        for table in tables:
            yield from records(table, people)


def _tables(files: Iterable[File]) -> Iterator[Table]:
    return (table for file in files if (table := recognise(file)))
