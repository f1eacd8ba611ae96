"""Lists of people as CSV: Google Contacts, Outlook, and any other list with a known header or a column map.

An entry of an address book is a connection without a date. A list of another kind has no connections, unless the user
says that it does. Everything in one entry belongs to one person.
Samples and expected records: tests/samples/{google contacts,outlook contacts,contacts}/.
"""

from collections.abc import Iterator

from graph.records import Record
from sources.tables.sheet_people import people_in
from sources.tables.sheets import Sheet, SheetReader


def _address_book(sheet: Sheet) -> Iterator[Record]:
    """Everybody in an address book. A later export replaces an earlier one."""
    yield from people_in(sheet, "contacts")


def _contact_list(sheet: Sheet) -> Iterator[Record]:
    """Everybody in a list that no address book wrote. It replaces only an earlier file of the same name."""
    yield from people_in(sheet, f"contacts in {sheet.name}")


ADDRESS_BOOK_READERS = (
    SheetReader("google contacts", _address_book),
    SheetReader("outlook contacts", _address_book),
    SheetReader("contacts", _contact_list),
)
