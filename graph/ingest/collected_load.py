"""The content of one load before it is written: facts about identities, evidence by day, and counts of its rows."""

from collections import Counter
from dataclasses import dataclass, field

from graph.ingest.daily_evidence import DailyEvidence, EventKey, EventVersions, EvidencePair
from graph.records import BadRow, ReadingNote


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of a source about an identity: its name, a job, an education, an invitation, or a group.

    A job has a company, and an education a school.

    `is_sent_invitation` is None unless the fact is an invitation: whether the owner sent it. `has_note` is whether it
    had a note, and `since` its day.

    `part` is the list that contains it; empty in a stream. `is_owner` marks the export owner's own identities. `keys`
    are all identities that the row states together. `principal` is the identity in whose name this one acts. Days are
    counted from 1970-01-01.
    """

    identity: str
    part: str = ""
    name: str | None = None
    title: str | None = None
    company: str | None = None
    since: int | None = None
    until: int | None = None
    is_owner: bool = False
    keys: tuple[str, ...] = ()
    principal: str | None = None
    is_sent_invitation: bool | None = None
    has_note: bool | None = None
    group: str | None = None
    school: str | None = None

    @property
    def key_parts(self) -> tuple[object, ...]:
        """The values that distinguish the facts of a source.

        Stored keys must not change. So columns that only some facts have come last, and only where they have a value.
        """
        columns: tuple[object, ...] = tuple(getattr(self, name) for name in _KEY_COLUMNS)
        if self.group is not None:
            return (*columns, "group", self.group)
        if self.school is not None:
            return (*columns, "school", self.school)
        return columns if self.is_sent_invitation is None else (*columns, self.is_sent_invitation, self.has_note)


_LAST_COLUMNS = {"is_sent_invitation", "has_note", "group", "school"}
_KEY_COLUMNS = tuple(name for name in Fact.__slots__ if name not in _LAST_COLUMNS)


OLDER_VERSION = "an older version of the event"
SAME_MESSAGE, SAME_MEETING, SAME_PERSON = (f"the same {what} again" for what in ("message", "meeting", "person"))
"""Reasons of rows that are merged into one that was read before."""


@dataclass(frozen=True, slots=True)
class RowCounts:
    """The numbers of rows of a load by result. `total` is counted separately, and is the sum of the others."""

    total: int
    read: int
    merged: int
    skipped: int
    unreadable: int


@dataclass(slots=True)
class CollectedLoad:
    """The sums of one load. Days are counted from 1970-01-01."""

    facts: set[Fact] = field(default_factory=set)
    names: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """The best name of each identity in a stream: number of words up to 2, its newest day, the name."""
    sender_names: dict[str, set[str]] = field(default_factory=dict)
    """The folded full names under which each address sent mail: several spellings, or several people who share it."""
    unreachable: dict[str, set[tuple[int, str]]] = field(default_factory=dict)
    """The days on which each identity did not reach its person, with the values of UnreachableReason."""
    mailing_lists: set[str] = field(default_factory=set)
    """The addresses that a message shows to be a list's."""
    list_entries: dict[tuple[str, str], int | None] = field(default_factory=dict)
    """(part, identity) → day since which it is a connection."""
    evidence: dict[EvidencePair, DailyEvidence] = field(default_factory=dict)
    event_versions: EventVersions = field(default_factory=EventVersions)
    """The newest version of each calendar event in the load."""
    events: list[tuple[EventKey, int]] = field(default_factory=list)
    """The event and the second of each meeting that counts as an interaction."""
    people_of_unheld_events: Counter[str] = field(default_factory=Counter)
    parts: set[str] = field(default_factory=set)
    """The lists that the load contains completely."""
    bookmarks: dict[str, int] = field(default_factory=dict)
    """Positions up to which growing places were read, by place."""
    owner_keys: list[str] = field(default_factory=list)
    participations: Counter[str] = field(default_factory=Counter)
    """How many messages, meetings and chats each identity took part in. The owner took part in nearly all."""
    coverage_until: int | None = None
    """The newest day in the load, at most the day of loading."""
    interactions: int = 0
    connections: int = 0
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(file, reason) → number of rows that were read and not counted."""
    bad_rows: list[BadRow] = field(default_factory=list)
    """The first rows that could not be read; `bad_row_count` counts all."""
    bad_row_count: int = 0
    notes: dict[ReadingNote, None] = field(default_factory=dict)
    """How files were read, where another reading is possible, each once."""
    rows: int = 0
    """All rows: messages, meetings, statements, entries of lists, and rows that were skipped or are unreadable."""
    others_listed: int = 0
    """Entries of lists that are no address book."""

    def drop_rows(self) -> None:
        """Free the memory of what was compared with the stored rows. What the load report shows remains."""
        self.facts.clear()
        self.names.clear()
        self.sender_names.clear()
        self.unreachable.clear()
        self.participations.clear()
        self.mailing_lists.clear()
        self.list_entries.clear()
        self.evidence.clear()
        self.events.clear()
        self.people_of_unheld_events.clear()

    def row_counts(self) -> RowCounts:
        """How many rows were read, merged, skipped and unreadable."""
        same = (SAME_MESSAGE, SAME_MEETING, SAME_PERSON)
        merged = sum(count for (_, reason), count in self.skipped.items() if reason in same)
        return RowCounts(
            total=self.rows,
            read=self.interactions + self.connections + self.others_listed,
            merged=merged,
            skipped=self.skipped.total() - merged,
            unreadable=self.bad_row_count,
        )
