"""The records that a source reads from an export, before anything is stored.

A source yields these records and nothing else, in file order. They carry the export's text, trimmed and decoded;
`graph.names.keys` normalises it. Records have no field for bodies and subjects, so neither is ever stored.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class HandleKind(StrEnum):
    """The kind of a handle; also the prefix of an identity's key. A person's id derives from their first kind."""

    LINKEDIN = "linkedin"
    EMAIL = "email"
    SLACK = "slack"
    PHONE = "phone"
    NAME = "name"


class Channel(StrEnum):
    """The channel of an interaction. graph/strength/model.json holds the weight of each channel."""

    MAIL = "mail"
    LINKEDIN = "linkedin"
    INVITATION = "invitation"
    RECOMMENDATION = "recommendation"
    ENDORSEMENT = "endorsement"
    MEETING = "meeting"
    LARGE_MEETING = "large_meeting"
    CALL = "call"
    CHAT = "chat"
    THREAD = "thread"
    REACTION = "reaction"
    STATEMENT_KNOWS_WELL = "statement_well"
    STATEMENT_KNOWS = "statement_knows"
    STATEMENT_MET = "statement_met"
    STATEMENT_OUT_OF_TOUCH = "statement_out_of_touch"
    STATEMENT_DO_NOT_ROUTE = "statement_not_a_route"


class UnreachableReason(StrEnum):
    """Why an identity does not reach its person: mail was returned, or the account was closed."""

    MAIL_RETURNED = "mail_returned"
    ACCOUNT_CLOSED = "account_closed"


WORKSPACE = "workspace"
"""A `Part` of this name marks the export of a whole workspace: it has no single owner and covers all its users."""


class Handle(NamedTuple):
    """One way in which a source identifies a person: an address, a profile URL, a phone number, or else a name.

    A PHONE is written as in the source, with the country's `+`; a SLACK handle is `T…/U…`, workspace and user.
    """

    kind: HandleKind
    text: str


class PersonMention(NamedTuple):
    """One human being as one row describes them.

    All `handles` of one row belong to the same person. Only such a row joins identities exactly. A NAME handle appears
    only where the row gives nothing else. `PersonMention(())`, without handles, means the owner of the export, where a
    file refers to the owner without naming them.
    """

    handles: tuple[Handle, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """The person who owns this export. May occur several times, with one handle each time."""

    person: PersonMention


@dataclass(frozen=True, slots=True)
class Connection:
    """A person in a list of the owner's. It proves contact, not the strength of a tie.

    `groups` are the groups in which the owner put the person: labels or categories of an address book.
    """

    person: PersonMention
    since: date | None
    part: str
    groups: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """A present or former job of a person. `since` and `until` are as the source gives them."""

    person: PersonMention
    company: str
    title: str | None
    since: date | None
    until: date | None
    part: str


@dataclass(frozen=True, slots=True)
class Education:
    """That a person studies or studied at a school. `since` and `until` are as the source gives them."""

    person: PersonMention
    school: str
    since: date | None
    until: date | None
    part: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """One interaction of a person with others at one time.

    `at` is aware and in UTC. `id` (Message-ID, or what the export offers) identifies the message within one load; it
    is None where the export offers nothing. `to` holds every recipient, including those of a crowd:
    `graph.ingest.collect` skips crowds.
    """

    by: PersonMention
    to: tuple[PersonMention, ...]
    at: datetime
    channel: Channel
    id: str | None = None


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A member's statement about a tie. `channel` is a statement channel, `until` the last day on which it counts."""

    by: PersonMention
    to: PersonMention
    on: date
    until: date
    channel: Channel


class EventVersion(NamedTuple):
    """A version of a calendar event. It replaces older ones, over separate loads too (`graph.ingest.daily_evidence`).

    Without a `uid` it replaces nothing. `occurrence` is the time by which a changed occurrence is known within its
    series; None for the event or the series itself. A higher `sequence` is newer, then a later time at which it was
    `written`. Times are in seconds since 1970; `written` is 0 if it is unknown.
    """

    uid: str = ""
    occurrence: int | None = None
    sequence: int = 0
    written: int = 0
    is_cancelled: bool = False


SAME_EXPORT_SECONDS = 3600
"""Versions of one sequence that were written closer together are copies of an event, in two calendars of one export."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting in which each attendee reached every other. The organiser is included, people who declined are not.

    `at` is aware and in UTC; `id` (UID and recurrence) identifies the meeting within one load. `graph.ingest.collect`
    decides whether it was small, large or a crowd. `version` is that of the calendar event.
    """

    attendees: tuple[PersonMention, ...]
    at: datetime
    id: str | None = None
    version: EventVersion | None = None


@dataclass(frozen=True, slots=True)
class UnheldEvent:
    """A version of a calendar event that is no meeting: it is cancelled, or fewer than two people take part.

    It replaces older versions all the same, except a reply, whose version has no UID. `people` are all whom it names:
    they show whose calendar a file without a meeting is.
    """

    version: EventVersion
    people: tuple[PersonMention, ...]


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """An invitation to become a connection, sent by the owner or received. It may be open or accepted.

    It is no evidence of contact: an invitation with a note is also an Interaction. Only that there is a note is kept.
    """

    person: PersonMention
    on: date
    is_sent: bool
    has_note: bool
    part: str


@dataclass(frozen=True, slots=True)
class ObservedName:
    """The name and handles that a source gives a person, as of one day. It is no evidence of contact."""

    person: PersonMention
    on: date


@dataclass(frozen=True, slots=True)
class UnreachableHandles:
    """That the person was not reached by these handles as of one day. It is no evidence of contact.

    `graph.ties.reachability` decides whether the person can still be reached.
    """

    person: PersonMention
    on: date
    reason: UnreachableReason


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person in a list that is no address book, such as candidates or customers. It is no evidence of contact."""

    person: PersonMention
    part: str


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A person in a group of a workspace, such as a channel. It is no evidence of contact."""

    person: PersonMention
    group: str
    part: str


@dataclass(frozen=True, slots=True)
class MailingList:
    """An address that a message or an event shows to be that of a mailing list, a room or equipment.

    It is no person, in whatever message it occurs.
    """

    person: PersonMention


@dataclass(frozen=True, slots=True)
class Assistance:
    """The assistant acted in the principal's name. Their interactions are recorded as the assistant's own."""

    assistant: PersonMention
    principal: PersonMention


@dataclass(frozen=True, slots=True)
class Part:
    """Marks that this load holds the complete list of this name ("connections", "positions", …), even if it is empty.

    A later snapshot of the same part replaces it. Connections, jobs, educations and roster entries name their part.
    """

    part: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The position up to which a growing place was read. It is stored with the source, for the next reading."""

    place: str
    position: int


@dataclass(frozen=True, slots=True)
class LatestDate:
    """The newest date in a file, where no other record carries it. It advances the source's `coverage_until`."""

    on: date


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was read and correctly not counted; `reason` is "automated", "mailing list", "draft", "spam", …"""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read. The report lists it; no row is dropped silently.

    `line` is the line (CSV) or the message's number (mail) in `file`, counted from 1. `reason` is a clause that names
    the defect and contains no private data.
    """

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """A note on how a file was read, where another reading is possible. `text` contains nothing private."""

    file: str
    text: str


Record = (
    Owner
    | Connection
    | Job
    | Education
    | Interaction
    | StatementRecord
    | Meeting
    | UnheldEvent
    | InvitationRecord
    | ObservedName
    | UnreachableHandles
    | RosterEntry
    | GroupMember
    | MailingList
    | Assistance
    | Part
    | Bookmark
    | LatestDate
    | SkippedRow
    | BadRow
    | ReadingNote
)
