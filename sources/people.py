"""People as the entries of a sheet state them: who is meant, and where they work."""

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
from sources.handles import digits, emails, phones, profiles, somebody
from sources.sheets import Entry, Sheet


def listed(sheet: Sheet, part: str) -> Iterator[Record]:
    """Everybody in a sheet as a connection of its owner's, and that this is all of the part."""
    yield from _people(sheet, part, lambda who: Connection(who, None, part))


def stated(sheet: Sheet, part: str) -> Iterator[Record]:
    """Everybody in a sheet, with whom its owner need not have been in touch, and that this is all of the part."""
    yield from _people(sheet, part, lambda who: RosterEntry(who, part))


def _people(sheet: Sheet, part: str, record: Callable[[PersonMention], Record]) -> Iterator[Record]:
    shared = shared_phones(sheet)
    for entry in sheet.entries():
        if isinstance(entry, BadRow):
            yield entry
        elif who := person(entry, shared):
            yield record(who)
            if company := entry["company"]:
                yield Job(who, company, entry["title"] or None, None, None, part)
        else:
            yield SkippedRow(sheet.name, "neither a name nor an address")
    yield Part(part)


def person(entry: Entry, shared: set[str]) -> PersonMention | None:
    """Whom an entry is about. A phone number that others have too is left out, unless the entry has nothing else.

    None where there is neither a name nor an address: with a number alone it is a company's.
    """
    exact = [Handle(HandleKind.LINKEDIN, url) for text in entry.all("linkedin", "website") for url in profiles(text)]
    exact += [Handle(HandleKind.EMAIL, email) for text in entry.all("email") for email in emails(text)]
    numbers = [number for text in entry.all("phone") for number in phones(text)]
    own = [number for number in numbers if digits(number) not in shared]
    if called := name(entry):
        own = own or (numbers if not exact else [])
    return somebody(called, exact + [Handle(HandleKind.PHONE, number) for number in own]) if called or exact else None


def name(entry: Entry) -> str:
    """What an entry calls its person."""
    return (
        entry["name"]
        or entry["candidate"]
        or " ".join(filter(None, (entry[part] for part in ("first", "middle", "last"))))
        or entry["as"]
    )


def shared_phones(sheet: Sheet) -> set[str]:
    """The numbers that stand beside several names: of a switchboard or a family, so nobody is known by them."""
    named: dict[str, int] = {}
    shared: set[str] = set()
    for entry in sheet.entries():
        if isinstance(entry, BadRow):
            continue
        numbers = {digits(number) for text in entry.all("phone") for number in phones(text)}
        whose = hash(name(entry).casefold()) if numbers else 0
        shared |= {number for number in numbers if named.setdefault(number, whose) != whose}
    return shared
