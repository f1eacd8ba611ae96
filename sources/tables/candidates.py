"""Candidates as CSV, from applicant-tracking systems: Greenhouse, Lever, Ashby, or any other with a column map.

Candidates are people to be introduced to. No row is a tie, and nothing about an application is read.
Samples and expected records: tests/samples/{greenhouse,lever,ashby,candidates}/.
"""

from collections.abc import Iterator

from graph.records import Record
from sources.tables.sheet_people import people_in
from sources.tables.sheets import Sheet, SheetReader


def _candidates(sheet: Sheet) -> Iterator[Record]:
    """Everybody in one file. Each job or search has its own file, so a file replaces only one of the same name."""
    yield from people_in(sheet, f"candidates in {sheet.name}")


CANDIDATE_READERS = tuple(SheetReader(name, _candidates) for name in ("greenhouse", "lever", "ashby", "candidates"))
