"""The records of each table of a LinkedIn archive, row by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from graph.records import (
    BadRow,
    Channel,
    Connection,
    Interaction,
    Job,
    LatestDate,
    Part,
    PersonMention,
    Record,
    SkippedRow,
)
from sources.errors import InvalidRow
from sources.linkedin.archive_people import ArchivePeople, full_name, person_from_cells
from sources.linkedin.date_formats import first_day, parse_linkedin_date
from sources.linkedin.message_rows import message_row_records
from sources.linkedin.owner_detection import is_incoming, is_outgoing, is_yes
from sources.tables.csv_table import CsvRow, CsvTable


def table_records(table: CsvTable, people: ArchivePeople) -> Iterator[Record]:
    """The records of one table in file order, then the newest date and the Part that the table replaces."""
    table_reader = _TABLE_READERS[table.kind.name]
    newest: date | None = None
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            for record in table_reader.records(row, people):
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


def _connections(row: CsvRow, _people: ArchivePeople) -> Iterator[Record]:
    name = full_name(row["First Name"], row["Last Name"])
    person = person_from_cells(name, row["URL"], row["Email Address"])
    if person is None:
        yield SkippedRow(row.file, "the profile is hidden or closed")
        return
    try:
        since = first_day(row["Connected On"])
    except InvalidRow as error:
        yield BadRow(row.file, row.line, f"{error}; the connection is loaded without a date")
        since = None
    yield Connection(person, since, "connections")
    if row["Company"]:
        yield Job(person, row["Company"], row["Position"] or None, None, None, "connections")


def _invitations(row: CsvRow, people: ArchivePeople) -> Iterator[Record]:
    at = parse_linkedin_date(row["Sent At"])
    if not row["Message"]:
        yield LatestDate(at.date())
        yield SkippedRow(row.file, "invitation without a note")
        return
    inviter = people.identify_person(row["From"], row["Inviter Profile Url"])
    invitee = people.identify_person(row["To"], row["Invitee Profile Url"])
    if is_outgoing(row) and not row["Inviter Profile Url"]:
        inviter = people.owner
    if is_incoming(row) and not row["Invitee Profile Url"]:
        invitee = people.owner
    yield _interaction(inviter, invitee, at, Channel.INVITATION)


def _endorsements_given(row: CsvRow, people: ArchivePeople) -> Iterator[Record]:
    name = full_name(row["Endorsee First Name"], row["Endorsee Last Name"])
    person, at = person_from_cells(name, row["Endorsee Public Url"]), parse_linkedin_date(row["Endorsement Date"])
    yield _interaction(people.owner, person, at, Channel.ENDORSEMENT, row["Skill Name"])


def _endorsements_received(row: CsvRow, people: ArchivePeople) -> Iterator[Record]:
    name = full_name(row["Endorser First Name"], row["Endorser Last Name"])
    person, at = person_from_cells(name, row["Endorser Public Url"]), parse_linkedin_date(row["Endorsement Date"])
    yield _interaction(person, people.owner, at, Channel.ENDORSEMENT, row["Skill Name"])


def _recommendations(row: CsvRow, people: ArchivePeople) -> Iterator[Record]:
    person = person_from_cells(full_name(row["First Name"], row["Last Name"]))
    at = parse_linkedin_date(row["Creation Date"])
    file = row.file.rpartition("/")[2].lower()
    if "given" in file:
        yield _interaction(people.owner, person, at, Channel.RECOMMENDATION)
    elif "received" in file:
        yield _interaction(person, people.owner, at, Channel.RECOMMENDATION)
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


def _positions(row: CsvRow, people: ArchivePeople) -> Iterator[Record]:
    if not row["Company Name"]:
        raise InvalidRow("the company is missing")
    since, until = first_day(row["Started On"]), first_day(row["Finished On"])
    yield Job(people.owner, row["Company Name"], row["Title"] or None, since, until, "positions")


def _emails(row: CsvRow, _people: ArchivePeople) -> Iterator[Record]:
    if not is_yes(row["Confirmed"]):
        yield SkippedRow(row.file, "the e-mail address is not confirmed")
    elif "@" not in row["Email Address"]:
        raise InvalidRow("the e-mail address is missing")


def _profile(row: CsvRow, _people: ArchivePeople) -> Iterator[Record]:
    if not full_name(row["First Name"], row["Last Name"]):
        raise InvalidRow("the name is missing")
    yield from ()  # the owner's records come first in the export


def _dates_in(column: str) -> Callable[[CsvRow, ArchivePeople], Iterator[Record]]:
    def records(row: CsvRow, _people: ArchivePeople) -> Iterator[Record]:
        if on := first_day(row[column]):
            yield LatestDate(on)

    return records


@dataclass(frozen=True, slots=True)
class _TableReader:
    records: Callable[[CsvRow, ArchivePeople], Iterator[Record]]
    part: str | None = None


# Actions without another person are no evidence of a tie, but their dates show the coverage of the archive. The end of
# an education may be in the future, so its start counts.
_TABLE_READERS = {
    "connections": _TableReader(_connections, part="connections"),
    "messages": _TableReader(message_row_records),
    "invitations": _TableReader(_invitations),
    "endorsements given": _TableReader(_endorsements_given),
    "endorsements received": _TableReader(_endorsements_received),
    "recommendations": _TableReader(_recommendations),
    "profile": _TableReader(_profile),
    "emails": _TableReader(_emails),
    "positions": _TableReader(_positions, part="positions"),
    "education": _TableReader(_dates_in("Start Date")),
    "job applications": _TableReader(_dates_in("Application Date")),
    "saved jobs": _TableReader(_dates_in("Saved Date")),
    "company follows": _TableReader(_dates_in("Followed On")),
    "reactions": _TableReader(_dates_in("Date")),
}
