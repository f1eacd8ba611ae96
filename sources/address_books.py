"""Address books as CSV: Google Contacts, Outlook, and any other with a header that is understood or mapped.

An entry is a connection, what it states of somebody belongs to one person, and of when nothing is said.
Samples and expected records: tests/samples/{google contacts,outlook contacts,contacts}/.
"""

from collections.abc import Iterator

from graph.records import Record
from sources.people import listed
from sources.sheets import Sheet, SheetSource


def contacts(sheet: Sheet) -> Iterator[Record]:
    """Everybody in one address book, and that this is all of it."""
    yield from listed(sheet, "contacts")


def lists(sheet: Sheet) -> Iterator[Record]:
    """The same of a list that no address book wrote: there may be several, and a file replaces none but itself."""
    yield from listed(sheet, f"contacts in {sheet.name}")


SOURCES = (
    SheetSource("google contacts", contacts),
    SheetSource("outlook contacts", contacts),
    SheetSource("contacts", lists),
)
