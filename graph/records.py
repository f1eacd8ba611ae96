"""What an export can tell us, before any of it is in the graph.

A source yields these and nothing else, in file order. They carry text as the export
wrote it (trimmed, decoded); `graph.identity` normalises it. Bodies and subjects have no
field here, so none can travel further.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a handle is; also the prefix of an identity's key. The first of somebody's lends them their id."""

    LINKEDIN = "linkedin"
    EMAIL = "email"
    SLACK = "slack"
    PHONE = "phone"
    NAME = "name"


class Channel(StrEnum):
    """How one identity reached another. What each is worth stands in graph/strength/model.json."""

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
    STATEMENT_WELL = "statement_well"
    STATEMENT_KNOWS = "statement_knows"
    STATEMENT_MET = "statement_met"
    STATEMENT_OUT_OF_TOUCH = "statement_out_of_touch"
    STATEMENT_NOT_A_ROUTE = "statement_not_a_route"


WORKSPACE = "workspace"
"""The Part that says: this export is of a whole workspace and no one's own, and shows what everybody in it did."""


class Handle(NamedTuple):
    """One thing a source calls somebody by: an address, a profile URL, a phone number, or for want of better a name.

    A PHONE is as the source writes it, with its country's `+`; a SLACK handle is `T…/U…`, workspace and user.
    """

    kind: Kind
    text: str


class Somebody(NamedTuple):
    """One human being as one row states them.

    All `handles` of one row are the same person's: this is the only statement that joins
    identities exactly. A NAME handle stands only where the row gives nothing else.
    No handle at all, `Somebody(())`, means the owner of the export, where a file speaks of
    them without naming them.
    """

    handles: tuple[Handle, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """The person whose export this is. May come several times, one handle each time."""

    who: Somebody


@dataclass(frozen=True, slots=True)
class Connection:
    """The owner has this somebody in a list. Proof of contact, not of warmth."""

    who: Somebody
    since: date | None
    part: str


@dataclass(frozen=True, slots=True)
class Job:
    """Where a source says that somebody works or worked. `since` and `until` as it states them."""

    who: Somebody
    company: str
    title: str | None
    since: date | None
    until: date | None
    part: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """What one somebody did towards others at a time.

    `at` is aware and in UTC. `id` tells the same message from another inside one load
    (Message-ID, or what the export offers); None where nothing does. `to` holds everybody it went to,
    the crowd included: graph.evidence leaves crowds out.
    """

    by: Somebody
    to: tuple[Somebody, ...]
    at: datetime
    channel: Channel
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a member says of one towards another: `channel` is a statement's, `until` the last day it counts."""

    by: Somebody
    to: Somebody
    on: date
    until: date
    channel: Channel


@dataclass(frozen=True, slots=True)
class Meeting:
    """These met at a time, the organiser among them: each reached every other. Who declined is not among them.

    `at` is aware and in UTC; `id` tells it from another inside one load (UID and recurrence). Whether it was small,
    large or a crowd is for graph.gather to say.
    """

    who: tuple[Somebody, ...]
    at: datetime
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A source calls somebody so, as of that day, and by all these handles. Nothing is said of contact."""

    who: Somebody
    on: date


@dataclass(frozen=True, slots=True)
class Stated:
    """A list that is no address book has this somebody: a candidate, a customer. Nothing is said of contact."""

    who: Somebody
    part: str


@dataclass(frozen=True, slots=True)
class Assists:
    """Somebody acted in another's name, as an assistant does. What they did is told as their own doing."""

    who: Somebody
    whom: Somebody


@dataclass(frozen=True, slots=True)
class Part:
    """This load holds the whole of a list ("connections", "positions", …), even where it is empty.

    A later snapshot of the same part replaces it. Connections, jobs and what is stated name their part.
    """

    part: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a place that goes on growing has been read: kept with the source, for its next reading."""

    place: str
    bookmark: int


@dataclass(frozen=True, slots=True)
class Dated:
    """The newest date in a file, where no other record carries it (it moves `seen until`)."""

    on: date


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something read and rightly not counted: "automated", "mailing list", "draft", "spam", …"""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row we could not read. Carried to the report, never dropped in silence.

    `line` is the line (CSV) or the message's number (mail) in `file`, counted from 1; `reason` is a clause
    that names what is wrong and nothing private.
    """

    file: str
    line: int
    reason: str


Record = (
    Owner
    | Connection
    | Job
    | Interaction
    | Said
    | Meeting
    | Named
    | Stated
    | Assists
    | Part
    | Reached
    | Dated
    | LeftOut
    | BadRow
)
