"""Candidates as CSV, as applicant-tracking systems write them: Greenhouse, Lever, Ashby, or any other with a map.

They are people to be introduced to: nothing in these files is a tie, and nothing of an application is read.
Samples and expected records: tests/samples/{greenhouse,lever,ashby,candidates}/.
"""

from collections.abc import Iterator

from graph.records import Record
from sources.people import stated
from sources.sheets import Sheet, SheetSource


def candidates(sheet: Sheet) -> Iterator[Record]:
    """Everybody in one file, which replaces none but one of its name: there is one for each job, or search."""
    yield from stated(sheet, f"candidates in {sheet.name}")


SOURCES = tuple(SheetSource(name, candidates) for name in ("greenhouse", "lever", "ashby", "candidates"))
