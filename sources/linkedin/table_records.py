"""The records of each table of a LinkedIn archive, row by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from graph.records import (
    BadRow,
    Channel,
    Connection,
    Education,
    Handle,
    HandleKind,
    Interaction,
    InvitationRecord,
    Job,
    LatestDate,
    Part,
    PersonMention,
    Record,
    SkippedRow,
)
from sources.errors import InvalidRow
from sources.linkedin.archive_people import ArchivePeople, full_name, person_from_cells
from sources.linkedin.date_formats import DateOrder, date_order, first_day, parse_linkedin_date
from sources.linkedin.message_rows import message_row_records
from sources.linkedin.owner_detection import is_incoming, is_outgoing, is_yes
from sources.tables.csv_table import CsvRow, CsvTable
from sources.text.handles import build_person, find_emails, find_phones, find_profiles
from sources.text.mail_addresses import is_placeholder


@dataclass(frozen=True, slots=True)
class RowContext:
    """The context of a row: the people of the archive, and the order of day and month in its table."""

    people: ArchivePeople
    order: DateOrder


def table_records(table: CsvTable, people: ArchivePeople) -> Iterator[Record]:
    """The records of one table in file order, then the newest date and the Part that the table replaces."""
    table_reader = _TABLE_READERS[table.kind.name]
    context = RowContext(people, _date_order(table, table_reader.dates))
    newest: date | None = None
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            for record in table_reader.records(row, context):
                if isinstance(record, LatestDate):
                    newest = max(newest or record.on, record.on)
                else:
                    yield record
        except InvalidRow as error:
            yield BadRow(row.file, row.line, str(error))
    if newest:
        yield LatestDate(newest)
    if table_reader.part:
        yield Part(table_reader.part)
    yield from table.notes


def _date_order(table: CsvTable, columns: tuple[str, ...]) -> DateOrder:
    """The order of day and month in a table, by all its rows. Messages have one format, so one row shows it."""
    texts = table.column_cells(columns)
    if table.kind.name == "messages" and "/" not in next(texts, ""):
        return DateOrder.MONTH_FIRST
    return date_order(texts)


def _connections(row: CsvRow, context: RowContext) -> Iterator[Record]:
    name = full_name(row["First Name"], row["Last Name"])
    person = person_from_cells(name, row["URL"], row["Email Address"])
    if person is None:
        yield SkippedRow(row.file, "the profile is hidden or closed")
        return
    try:
        since = first_day(row["Connected On"], context.order)
    except InvalidRow as error:
        yield BadRow(row.file, row.line, f"{error}; the connection is loaded without a date")
        since = None
    yield Connection(person, since, "connections")
    if row["Company"]:
        yield Job(person, row["Company"], row["Position"] or None, None, None, "connections")


def _imported_contacts(row: CsvRow, _context: RowContext) -> Iterator[Record]:
    """The entries of the address books that the owner connected with LinkedIn."""
    name = row["Full Name"] or full_name(row["First Name"], row["Last Name"])
    handles = [Handle(HandleKind.LINKEDIN, url) for url in find_profiles(row["Profiles"])]
    handles += [Handle(HandleKind.EMAIL, email) for email in find_emails(row["Emails"]) if not is_placeholder(email)]
    handles += [Handle(HandleKind.PHONE, number) for number in find_phones(row["Phone Numbers"])]
    person = build_person(name, handles)
    if person is None:
        yield SkippedRow(row.file, "no name and no address")
        return
    yield Connection(person, None, "imported contacts")
    if row["Companies"]:
        yield Job(person, row["Companies"], row["Title"] or None, None, None, "imported contacts")


def _invitations(row: CsvRow, context: RowContext) -> Iterator[Record]:
    at = parse_linkedin_date(row["Sent At"], context.order)
    inviter = context.people.identify_person(row["From"], row["Inviter Profile Url"])
    invitee = context.people.identify_person(row["To"], row["Invitee Profile Url"])
    if is_outgoing(row) and not row["Inviter Profile Url"]:
        inviter = context.people.owner
    if is_incoming(row) and not row["Invitee Profile Url"]:
        invitee = context.people.owner
    is_sent = is_outgoing(row) or (not is_incoming(row) and inviter == context.people.owner)
    other = invitee if is_sent else inviter
    if other is not None and other != context.people.owner:
        yield InvitationRecord(other, at.date(), is_sent, bool(row["Message"]), "invitations")
    if row["Message"]:
        yield _interaction(inviter, invitee, at, Channel.INVITATION)
    else:
        yield LatestDate(at.date())
        yield SkippedRow(row.file, "invitation without a note")


def _endorsements_given(row: CsvRow, context: RowContext) -> Iterator[Record]:
    name = full_name(row["Endorsee First Name"], row["Endorsee Last Name"])
    person = person_from_cells(name, row["Endorsee Public Url"])
    at = parse_linkedin_date(row["Endorsement Date"], context.order)
    yield _interaction(context.people.owner, person, at, Channel.ENDORSEMENT, row["Skill Name"])


def _endorsements_received(row: CsvRow, context: RowContext) -> Iterator[Record]:
    name = full_name(row["Endorser First Name"], row["Endorser Last Name"])
    person = person_from_cells(name, row["Endorser Public Url"])
    at = parse_linkedin_date(row["Endorsement Date"], context.order)
    yield _interaction(person, context.people.owner, at, Channel.ENDORSEMENT, row["Skill Name"])


def _recommendations(row: CsvRow, context: RowContext) -> Iterator[Record]:
    person = person_from_cells(full_name(row["First Name"], row["Last Name"]))
    at = parse_linkedin_date(row["Creation Date"], context.order)
    file = row.file.rpartition("/")[2].lower()
    if "given" in file:
        yield _interaction(context.people.owner, person, at, Channel.RECOMMENDATION)
    elif "received" in file:
        yield _interaction(person, context.people.owner, at, Channel.RECOMMENDATION)
    else:
        yield LatestDate(at.date())
        yield SkippedRow(row.file, "the file's name does not say whether recommendations were given or received")


def _interaction(
    sender: PersonMention | None, recipient: PersonMention | None, at: datetime, channel: Channel, topic: str = ""
) -> Interaction:
    if sender is None or recipient is None:
        raise InvalidRow("the name and the profile are missing")
    handles = [handle.text for person in (sender, recipient) for handle in person.handles]
    return Interaction(sender, (recipient,), at, channel, " ".join(filter(None, [at.isoformat(), *handles, topic])))


def _positions(row: CsvRow, context: RowContext) -> Iterator[Record]:
    if not row["Company Name"]:
        raise InvalidRow("the company is missing")
    since, until = first_day(row["Started On"], context.order), first_day(row["Finished On"], context.order)
    yield Job(context.people.owner, row["Company Name"], row["Title"] or None, since, until, "positions")


def _education(row: CsvRow, context: RowContext) -> Iterator[Record]:
    if not row["School Name"]:
        raise InvalidRow("the school is missing")
    since, until = first_day(row["Start Date"], context.order), first_day(row["End Date"], context.order)
    yield Education(context.people.owner, row["School Name"], since, until, "education")


def _emails(row: CsvRow, _context: RowContext) -> Iterator[Record]:
    if not is_yes(row["Confirmed"]):
        yield SkippedRow(row.file, "the e-mail address is not confirmed")
    elif "@" not in row["Email Address"]:
        raise InvalidRow("the e-mail address is missing")


def _profile(row: CsvRow, _context: RowContext) -> Iterator[Record]:
    if not full_name(row["First Name"], row["Last Name"]):
        raise InvalidRow("the name is missing")
    yield from ()  # the owner's records come first in the export


def _messages(row: CsvRow, context: RowContext) -> Iterator[Record]:
    return message_row_records(row, context.people, context.order)


def _dates_in(column: str) -> "_TableReader":
    """Reads the dates of a table whose rows are about nobody else."""

    def records(row: CsvRow, context: RowContext) -> Iterator[Record]:
        if on := first_day(row[column], context.order):
            yield LatestDate(on)

    return _TableReader(records, (column,))


@dataclass(frozen=True, slots=True)
class _TableReader:
    """Reads the rows of one kind of table. `dates` are its columns with dates, `part` the list that it replaces."""

    records: Callable[[CsvRow, RowContext], Iterator[Record]]
    dates: tuple[str, ...] = ()
    part: str | None = None


# Actions without another person are no evidence of a tie, but their dates show the coverage of the archive.
_TABLE_READERS = {
    "connections": _TableReader(_connections, ("Connected On",), part="connections"),
    "imported contacts": _TableReader(_imported_contacts, part="imported contacts"),
    "messages": _TableReader(_messages, ("Date",)),
    "invitations": _TableReader(_invitations, ("Sent At",), part="invitations"),
    "endorsements given": _TableReader(_endorsements_given, ("Endorsement Date",)),
    "endorsements received": _TableReader(_endorsements_received, ("Endorsement Date",)),
    "recommendations": _TableReader(_recommendations, ("Creation Date",)),
    "profile": _TableReader(_profile),
    "emails": _TableReader(_emails),
    "positions": _TableReader(_positions, ("Started On", "Finished On"), part="positions"),
    "education": _TableReader(_education, ("Start Date", "End Date"), part="education"),
    "job applications": _dates_in("Application Date"),
    "saved jobs": _dates_in("Saved Date"),
    "company follows": _dates_in("Followed On"),
    "reactions": _dates_in("Date"),
}
