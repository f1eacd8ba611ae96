"""Address books as CSV: Google Contacts, Outlook, and any other with a header that is understood or mapped.

An entry is a connection, what it states of somebody belongs to one person, and of when nothing is said.
Samples and expected records: tests/samples/{google contacts,outlook contacts,contacts}/.
"""

from collections.abc import Iterator

from graph.records import BadRow, Connection, Handle, Job, Kind, LeftOut, Part, Record, Somebody
from sources.handles import digits, emails, phones, profiles, somebody
from sources.sheets import Entry, Sheet, SheetSource


def contacts(sheet: Sheet) -> Iterator[Record]:
    """Everybody in one address book, and that this is all of it."""
    yield from _contacts(sheet, "contacts")


def lists(sheet: Sheet) -> Iterator[Record]:
    """The same of a list that no address book wrote: there may be several, and a file replaces none but itself."""
    yield from _contacts(sheet, f"contacts in {sheet.name}")


SOURCES = (
    SheetSource("google contacts", contacts),
    SheetSource("outlook contacts", contacts),
    SheetSource("contacts", lists),
)


def _contacts(sheet: Sheet, part: str) -> Iterator[Record]:
    shared = shared_phones(sheet)
    for entry in sheet.entries():
        if isinstance(entry, BadRow):
            yield entry
        elif who := person(entry, shared):
            yield Connection(who, None, part)
            yield from jobs(entry, who, part)
        else:
            yield LeftOut(sheet.name, "neither a name nor an address")
    yield Part(part)


def person(entry: Entry, shared: set[str]) -> Somebody | None:
    """Whom an entry is about. A phone number that others have too is left out, unless the entry has nothing else.

    None where there is neither a name nor an address: with a number alone it is a company's.
    """
    exact = [Handle(Kind.LINKEDIN, url) for text in entry.all("linkedin", "website") for url in profiles(text)]
    exact += [Handle(Kind.EMAIL, email) for text in entry.all("email") for email in emails(text)]
    numbers = [number for text in entry.all("phone") for number in phones(text)]
    own = [number for number in numbers if digits(number) not in shared]
    if called := name(entry):
        own = own or (numbers if not exact else [])
    return somebody(called, exact + [Handle(Kind.PHONE, number) for number in own]) if called or exact else None


def name(entry: Entry) -> str:
    """What an entry calls its person."""
    return entry["name"] or " ".join(filter(None, (entry[part] for part in ("first", "middle", "last")))) or entry["as"]


def jobs(entry: Entry, who: Somebody, part: str) -> Iterator[Job]:
    if company := entry["company"]:
        yield Job(who, company, entry["title"] or None, None, None, part)


def shared_phones(sheet: Sheet) -> set[str]:
    """The numbers that stand beside several names: of a switchboard or a family, so nobody is known by them."""
    named: dict[str, int] = {}
    shared: set[str] = set()
    for entry in sheet.entries():
        if not isinstance(entry, BadRow):
            whose = hash(name(entry).casefold())
            for number in {digits(number) for text in entry.all("phone") for number in phones(text)}:
                if named.setdefault(number, whose) != whose:
                    shared.add(number)
    return shared
