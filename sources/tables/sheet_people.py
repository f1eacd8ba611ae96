"""People in the rows of a sheet: who a row is about, where they work, and whether they are the owner's connections."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from graph.records import (
    BadRow,
    Connection,
    Education,
    Handle,
    HandleKind,
    Job,
    Part,
    PersonMention,
    ReadingNote,
    Record,
    RosterEntry,
    SkippedRow,
)
from sources.tables.plain_cells import is_shortened_number
from sources.tables.sheets import ListKind, Sheet, SheetRow
from sources.text.contact_groups import own_groups
from sources.text.handles import build_person, find_emails, find_phones, find_profiles, phone_digits
from sources.text.mail_addresses import is_placeholder
from sources.text.person_names import SharedHandles, joined_name

_ONE_WORD = re.compile(r"[\w.@+-]+")
_INTERNATIONAL_PREFIX = re.compile(r"(?<![\d+])00(?=[1-9][\d ().-]{7,})")
_SCHOOL_SEPARATOR = re.compile(r"\s*[;\n]\s*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_READING = {
    ListKind.CONNECTIONS: "Read as an address book: its people are your connections.",
    ListKind.CONTACTS: "Read as a list of contacts: nobody in it is your connection.",
    ListKind.CANDIDATES: "Read as a list of candidates: nobody in it is your connection.",
}
_QUESTION = (
    "Read as a list of contacts: nobody in it is your connection. If you know these people, load it again "
    "as connections. If they are candidates, load it again as candidates."
)
_SHORTENED = (
    "Phone numbers such as 4.9E+12 are not read, because a spreadsheet removed their last digits. Format the column as "
    "text, and export the list again."
)
_GENERAL_READERS = {"contacts", "candidates"}
"""The readers of lists whose maker is not known. The others name the maker, and so whom their lists contain."""
NO_SHARED_HANDLES = SharedHandles()


def people_in(sheet: Sheet, part: str) -> Iterator[Record]:
    """Everybody in a sheet, the Part that the sheet replaces, and notes on how it was read.

    They are connections of the owner, or people whom the owner may never have contacted.
    """

    def connection(person: PersonMention, groups: tuple[str, ...]) -> Record:
        return Connection(person, None, part, groups)

    def entry(person: PersonMention, _: tuple[str, ...]) -> Record:
        return RosterEntry(person, part)

    kind = sheet.lists or ListKind.CONTACTS
    yield from _people_in(sheet, part, connection if kind is ListKind.CONNECTIONS else entry)
    yield Part(part)
    if sheet.reader in _GENERAL_READERS:
        is_certain = sheet.format.is_certain or sheet.kind is not None
        yield ReadingNote(sheet.name, _READING[kind] if is_certain else _QUESTION)


def _people_in(sheet: Sheet, part: str, record: Callable[[PersonMention, tuple[str, ...]], Record]) -> Iterator[Record]:
    shared = shared_sheet_handles(sheet)
    has_shortened_numbers = False
    for row in sheet.rows():
        if isinstance(row, BadRow):
            yield row
        elif person := person_in_row(row, shared):
            yield record(person, own_groups(row.values("groups")))
            if company := row["company"]:
                yield Job(person, company, row["title"] or None, None, None, part)
            yield from _educations(person, row, part)
        else:
            yield SkippedRow(sheet.name, "no name and no address")
        if not has_shortened_numbers and isinstance(row, SheetRow):
            has_shortened_numbers = any(map(is_shortened_number, row.phones()))
    if has_shortened_numbers:
        yield ReadingNote(sheet.name, _SHORTENED)


def _educations(person: PersonMention, row: SheetRow, part: str) -> Iterator[Education]:
    """The schools in a row. Years count if there is one school: otherwise it is not known whose they are."""
    schools = list(
        dict.fromkeys(name for text in row.values("school") for name in _SCHOOL_SEPARATOR.split(text) if name)
    )
    years = {field: [*map(int, _YEAR.findall(row[field]))] for field in ("study_start", "study_end", "study_years")}
    span = years["study_years"]
    starts, ends = years["study_start"] + span[:-1], years["study_end"] + span
    since = date(min(starts), 1, 1) if starts and len(schools) == 1 else None
    until = date(max(ends), 12, 31) if ends and len(schools) == 1 else None
    yield from (Education(person, school, since, until, part) for school in schools)


def person_in_row(row: SheetRow, shared: SharedHandles) -> PersonMention | None:
    """The person of a row, without what several people of the list share.

    None if the row has neither a name nor an address: a phone number alone is a company's.
    """
    name = name_in_row(row)
    urls = [url for text in row.values("linkedin", "website") for url in find_profiles(text)]
    emails = [email for text in row.values("email") for email in find_emails(text)]
    if not name and not urls and not emails:
        return None
    handles = [Handle(HandleKind.LINKEDIN, url) for url in urls if _profile_key(url) not in shared]
    handles += [
        Handle(HandleKind.EMAIL, email) for email in emails if email.lower() not in shared and not is_placeholder(email)
    ]
    handles += [Handle(HandleKind.PHONE, number) for number in _phones(row) if phone_digits(number) not in shared]
    return build_person(name, handles)


def name_in_row(row: SheetRow) -> str:
    """The name in a row; empty if it has no letter. Beside a family name, a name of one word is a given name."""
    name = row["name"]
    if name and row["last"] and not row["first"] and " " not in name.strip():
        name = joined_name(name, row["middle"], row["last"])
    name = name or row["candidate"] or joined_name(row["first"], row["middle"], row["last"]) or row["file_as"]
    return name if name[:1].isalpha() or any(map(str.isalpha, name)) else ""


def shared_sheet_handles(sheet: Sheet) -> SharedHandles:
    """The addresses, profiles and numbers that several names share: a switchboard, a family, an office."""
    shared = SharedHandles()
    for row in sheet.rows():
        if isinstance(row, BadRow):
            continue
        keys = [phone_digits(number) for number in _phones(row)]
        for text in row.values("email"):
            keys += [text.lower()] if _ONE_WORD.fullmatch(text) else map(str.lower, find_emails(text))
        keys += [_profile_key(url) for text in row.values("linkedin", "website") for url in find_profiles(text)]
        if keys and (name := name_in_row(row)):
            for key in keys:
                shared.add(key, name)
    return shared


def _profile_key(url: str) -> str:
    return url.lower().partition("linkedin.com/")[2].partition("?")[0].rstrip("/")


def _phones(row: SheetRow) -> Iterator[str]:
    """The person's own numbers with their country code. `0049` is written as `+49`."""
    for text in row.phones():
        may_have_prefix = "00" in text and not (text.startswith("+") and text[1:].isdecimal())
        yield from find_phones(_INTERNATIONAL_PREFIX.sub("+", text) if may_have_prefix else text)
