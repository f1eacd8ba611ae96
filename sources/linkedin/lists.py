"""What each of LinkedIn's lists says, row by row."""

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
from sources.linkedin.dates import first_day, moment
from sources.linkedin.messages import messages
from sources.linkedin.owner import is_incoming, is_outgoing, is_yes
from sources.linkedin.people import People, full_name, somebody
from sources.tables import Row, Table, Unreadable


def records(table: Table, people: People) -> Iterator[Record]:
    """One table's records in file order, then what is true of the whole: newest date, part."""
    says = LISTS[table.kind]
    newest: date | None = None
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            for record in says.read(row, people):
                if isinstance(record, LatestDate):
                    newest = max(newest or record.on, record.on)
                else:
                    yield record
        except Unreadable as error:
            yield BadRow(row.file, row.line, str(error))
    if newest:
        yield LatestDate(newest)
    if says.part:
        yield Part(says.part)


def _connections(row: Row, _people: People) -> Iterator[Record]:
    name = full_name(row["First Name"], row["Last Name"])
    who = somebody(name, row["URL"], row["Email Address"])
    if who is None:
        yield SkippedRow(row.file, "profile hidden or closed")
        return
    try:
        since = first_day(row["Connected On"])
    except Unreadable as error:
        yield BadRow(row.file, row.line, f"{error}; kept without it")
        since = None
    yield Connection(who, since, "connections")
    if row["Company"]:
        yield Job(who, row["Company"], row["Position"] or None, None, None, "connections")


def _invitations(row: Row, people: People) -> Iterator[Record]:
    at = moment(row["Sent At"])
    if not row["Message"]:
        yield LatestDate(at.date())
        yield SkippedRow(row.file, "invitation without a note")
        return
    by = people.somebody(row["From"], row["Inviter Profile Url"])
    to = people.somebody(row["To"], row["Invitee Profile Url"])
    if is_outgoing(row) and not row["Inviter Profile Url"]:
        by = people.owner
    if is_incoming(row) and not row["Invitee Profile Url"]:
        to = people.owner
    yield _act(by, to, at, Channel.INVITATION)


def _endorsements_given(row: Row, people: People) -> Iterator[Record]:
    name = full_name(row["Endorsee First Name"], row["Endorsee Last Name"])
    to, at = somebody(name, row["Endorsee Public Url"]), moment(row["Endorsement Date"])
    yield _act(people.owner, to, at, Channel.ENDORSEMENT, row["Skill Name"])


def _endorsements_received(row: Row, people: People) -> Iterator[Record]:
    name = full_name(row["Endorser First Name"], row["Endorser Last Name"])
    by, at = somebody(name, row["Endorser Public Url"]), moment(row["Endorsement Date"])
    yield _act(by, people.owner, at, Channel.ENDORSEMENT, row["Skill Name"])


def _recommendations(row: Row, people: People) -> Iterator[Record]:
    other = somebody(full_name(row["First Name"], row["Last Name"]))
    at = moment(row["Creation Date"])
    file = row.file.rpartition("/")[2].lower()
    if "given" in file:
        yield _act(people.owner, other, at, Channel.RECOMMENDATION)
    elif "received" in file:
        yield _act(other, people.owner, at, Channel.RECOMMENDATION)
    else:
        yield LatestDate(at.date())
        yield SkippedRow(row.file, "recommendation neither given nor received, by the file's name")


def _act(
    by: PersonMention | None, to: PersonMention | None, at: datetime, channel: Channel, what: str = ""
) -> Interaction:
    if by is None or to is None:
        raise Unreadable("no name and no profile")
    ends = [handle.text for who in (by, to) for handle in who.handles]
    return Interaction(by, (to,), at, channel, " ".join(filter(None, [at.isoformat(), *ends, what])))


def _positions(row: Row, people: People) -> Iterator[Record]:
    if not row["Company Name"]:
        raise Unreadable("no company")
    since, until = first_day(row["Started On"]), first_day(row["Finished On"])
    yield Job(people.owner, row["Company Name"], row["Title"] or None, since, until, "positions")


def _emails(row: Row, _people: People) -> Iterator[Record]:
    if not is_yes(row["Confirmed"]):
        yield SkippedRow(row.file, "address never confirmed")
    elif "@" not in row["Email Address"]:
        raise Unreadable("no address")


def _profile(row: Row, _people: People) -> Iterator[Record]:
    if not full_name(row["First Name"], row["Last Name"]):
        raise Unreadable("no name")
    yield from ()  # the owner is known already, and told first


def _dated(column: str) -> Callable[[Row, People], Iterator[Record]]:
    def read(row: Row, _people: People) -> Iterator[Record]:
        if on := first_day(row[column]):
            yield LatestDate(on)

    return read


@dataclass(frozen=True, slots=True)
class _List:
    read: Callable[[Row, People], Iterator[Record]]
    part: str | None = None


# What the owner did alone says nothing of a tie; its dates tell how far the archive sees. The end
# of an education may lie ahead, so its beginning counts.
LISTS = {
    "connections": _List(_connections, part="connections"),
    "messages": _List(messages),
    "invitations": _List(_invitations),
    "endorsements given": _List(_endorsements_given),
    "endorsements received": _List(_endorsements_received),
    "recommendations": _List(_recommendations),
    "profile": _List(_profile),
    "emails": _List(_emails),
    "positions": _List(_positions, part="positions"),
    "education": _List(_dated("Start Date")),
    "job applications": _List(_dated("Application Date")),
    "saved jobs": _List(_dated("Saved Date")),
    "company follows": _List(_dated("Followed On")),
    "reactions": _List(_dated("Date")),
}
