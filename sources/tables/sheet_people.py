"""People in the rows of a sheet: who a row is about, and where they work."""

from collections.abc import Callable, Iterator

from graph.records import (
    BadRow,
    Connection,
    Handle,
    HandleKind,
    Job,
    Part,
    PersonMention,
    Record,
    RosterEntry,
    SkippedRow,
)
from sources.tables.sheets import Sheet, SheetRow
from sources.text.handles import build_person, find_emails, find_phones, find_profiles, phone_digits


def connections_in(sheet: Sheet, part: str) -> Iterator[Record]:
    """Everybody in a sheet as a connection of its owner, then the Part that the sheet replaces."""
    yield from _people_in(sheet, part, lambda person: Connection(person, None, part))


def contacts_in(sheet: Sheet, part: str) -> Iterator[Record]:
    """Everybody in a sheet, whom its owner may never have contacted, then the Part that the sheet replaces."""
    yield from _people_in(sheet, part, lambda person: RosterEntry(person, part))


def _people_in(sheet: Sheet, part: str, record: Callable[[PersonMention], Record]) -> Iterator[Record]:
    shared = shared_phones(sheet)
    for row in sheet.rows():
        if isinstance(row, BadRow):
            yield row
        elif person := person_in_row(row, shared):
            yield record(person)
            if company := row["company"]:
                yield Job(person, company, row["title"] or None, None, None, part)
        else:
            yield SkippedRow(sheet.name, "no name and no address")
    yield Part(part)


def person_in_row(row: SheetRow, shared: set[str]) -> PersonMention | None:
    """The person of a row. A phone number in `shared` counts only if the row has no other handle.

    None if the row has neither a name nor an address: a phone number alone is a company's.
    """
    urls = [url for text in row.values("linkedin", "website") for url in find_profiles(text)]
    handles = [Handle(HandleKind.LINKEDIN, url) for url in urls]
    handles += [Handle(HandleKind.EMAIL, email) for text in row.values("email") for email in find_emails(text)]
    numbers = [number for text in row.values("phone") for number in find_phones(text)]
    own_numbers = [number for number in numbers if phone_digits(number) not in shared]
    if name := name_in_row(row):
        own_numbers = own_numbers or (numbers if not handles else [])
    if not name and not handles:
        return None
    return build_person(name, handles + [Handle(HandleKind.PHONE, number) for number in own_numbers])


def name_in_row(row: SheetRow) -> str:
    return (
        row["name"]
        or row["candidate"]
        or " ".join(filter(None, (row[part] for part in ("first", "middle", "last"))))
        or row["file_as"]
    )


def shared_phones(sheet: Sheet) -> set[str]:
    """The digits of numbers with several names. A switchboard or a family number does not identify a person."""
    first_name: dict[str, int] = {}
    shared: set[str] = set()
    for row in sheet.rows():
        if isinstance(row, BadRow):
            continue
        numbers = {phone_digits(number) for text in row.values("phone") for number in find_phones(text)}
        name = hash(name_in_row(row).casefold()) if numbers else 0
        shared |= {number for number in numbers if first_name.setdefault(number, name) != name}
    return shared
