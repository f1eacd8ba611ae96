"""Evidence by day: the interactions of one source, channel and ordered pair of identities, summed for each day.

Two values of one day merge to the larger (for the second of the first ask, the smaller). So it changes nothing to load
again, in another order, twice, or in pieces cut between days (docs/decisions/0002-evidence.md).

Meetings of a calendar are also kept one by one, with the version of their event. So a newer version that is loaded
later replaces an older one, and the order of the loads does not matter.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from graph.records import SAME_EXPORT_SECONDS, EventVersion

NO_ASK = 86_400
"""`ask_second` of a day without an ask: one more than the last second of a day."""

EvidencePair = tuple[str, str, str]
"""Key of the identity that acted, key of the identity it acted towards, channel."""
Columns = dict[str, list[int] | list[float]]
"""Parallel lists by the names of an INTERACTED relationship's properties."""
EventKey = tuple[int, int, int, int]
"""A version of a calendar event: the hash of its UID, the second of a changed occurrence or _SERIES, the sequence, and
the second at which it was written. The hash is 0 without a UID; no version replaces such an event."""
_SERIES = -1
_SECONDS_PER_DAY = 86_400


@dataclass(slots=True)
class EvidenceDay:
    """One UTC day of a pair.

    `weight` is the sum of the day's interactions. `ask_second` and `last_second` are the seconds of the day of the
    first ask (NO_ASK if there is none) and of the last interaction. `statement_end` is the last day on which a
    statement of this day counts; 0 for interactions.
    """

    weight: float = 0.0
    ask_second: int = NO_ASK
    last_second: int = 0
    statement_end: int = 0

    def add(self, weight: float, second: int, *, is_ask: bool) -> None:
        """Add one interaction at this second of the day."""
        self.weight += weight
        self.last_second = max(self.last_second, second)
        if is_ask:
            self.ask_second = min(self.ask_second, second)

    def merged(self, other: "EvidenceDay") -> "EvidenceDay":
        """Two values of one day as one. This one's `statement_end` wins, because it is the later statement."""
        return EvidenceDay(
            max(self.weight, other.weight),
            min(self.ask_second, other.ask_second),
            max(self.last_second, other.last_second),
            self.statement_end or other.statement_end,
        )


@dataclass(slots=True)
class DailyEvidence:
    """All days of one pair."""

    days: dict[int, EvidenceDay] = field(default_factory=dict)
    meetings: set[tuple[EventKey, int]] | None = None
    """In a calendar: the events, each with the second at which it took place. Its days are counted from them."""

    def on(self, day: int) -> EvidenceDay:
        """The entry of a day, which is created if it is missing."""
        entry = self.days.get(day)
        if entry is None:
            entry = self.days[day] = EvidenceDay()
        return entry

    def merged(self, other: "DailyEvidence") -> "DailyEvidence":
        """The days of both, each merged."""
        days = dict(self.days)
        for day, entry in other.days.items():
            days[day] = days[day].merged(entry) if day in days else entry
        both = [meetings for meetings in (self.meetings, other.meetings) if meetings is not None]
        return DailyEvidence(days, set().union(*both) if both else None)

    def add_meeting(self, event: EventKey, second: int) -> None:
        """Add a meeting of a calendar, which took place at this second since 1970."""
        if self.meetings is None:
            self.meetings = set()
        self.meetings.add((event, second))

    @classmethod
    def of_meetings(cls, meetings: set[tuple[EventKey, int]], weight: float) -> "DailyEvidence":
        """These meetings, each of this weight. Two people meet once at a time, however many events say so."""
        counted = cls(meetings=meetings)
        for at in sorted({at for _, at in meetings}):
            counted.on(at // _SECONDS_PER_DAY).add(weight, at % _SECONDS_PER_DAY, is_ask=False)
        return counted

    def all_meetings(self, weight: float) -> set[tuple[EventKey, int]]:
        """The meetings; days that were stored before single meetings were kept count as meetings without a UID."""
        if self.meetings is not None:
            return self.meetings
        return {
            ((0, _SERIES, 0, 0), day * _SECONDS_PER_DAY + max(0, entry.last_second - number))
            for day, entry in self.days.items()
            for number in range(round(entry.weight / weight) if weight else 0)
        }

    def retained(self, since: int | None) -> "DailyEvidence":
        """Without the days before `since`; if none would remain, the last one is kept.

        Statements are returned unchanged, because they end by themselves.
        """
        if since is None or len(self.days) < 2 or any(entry.statement_end for entry in self.days.values()):
            return self
        first = min(since, max(self.days))
        meetings = self.meetings
        if meetings is not None:
            meetings = {(event, at) for event, at in meetings if at // _SECONDS_PER_DAY >= first}
        return DailyEvidence({day: entry for day, entry in self.days.items() if day >= first}, meetings)

    @classmethod
    def from_columns(cls, row: Mapping[str, list[float]]) -> "DailyEvidence":
        """Convert the columns of a stored relationship."""
        ends = row.get("ends") or [0] * len(row["days"])
        columns = zip(row["days"], row["weights"], row["ask_seconds"], row["last_seconds"], ends, strict=True)
        days = {int(day): EvidenceDay(weight, int(ask), int(last), int(end)) for day, weight, ask, last, end in columns}
        packed = row.get("events")
        return cls(days, None if packed is None else _unpacked([int(number) for number in packed]))

    def to_columns(self) -> Columns:
        """The columns of a stored relationship, in ascending order of days. Only statements have `ends`."""
        order = sorted(self.days)
        columns: Columns = {
            "days": order,
            "weights": [self.days[day].weight for day in order],
            "ask_seconds": [self.days[day].ask_second for day in order],
            "last_seconds": [self.days[day].last_second for day in order],
        }
        if order and self.days[order[0]].statement_end:
            columns["ends"] = [self.days[day].statement_end for day in order]
        if self.meetings is not None:
            columns["events"] = _packed(self.meetings)
        return columns


def _packed(meetings: set[tuple[EventKey, int]]) -> list[int]:
    """For each event in turn: its version, the number of its meetings, and their seconds."""
    seconds: dict[EventKey, list[int]] = {}
    for event, at in sorted(meetings):
        seconds.setdefault(event, []).append(at)
    return [number for event, times in seconds.items() for number in (*event, len(times), *times)]


def _unpacked(packed: list[int]) -> set[tuple[EventKey, int]]:
    meetings: set[tuple[EventKey, int]] = set()
    position = 0
    while position < len(packed):
        uid, occurrence, sequence, written, count = packed[position : position + 5]
        event = (uid, occurrence, sequence, written)
        meetings.update((event, at) for at in packed[position + 5 : position + 5 + count])
        position += 5 + count
    return meetings


def find_asks(outbound: DailyEvidence, inbound: DailyEvidence | None, *, within: int) -> dict[str, list[int]]:
    """The asks in `outbound` and the days of their answers in `inbound`, as parallel lists `asks` and `answered`.

    An ask is the first message to a person in 24 hours, at most one a day. `answered` is the day of the first message
    back within `within` days, otherwise the day of the ask + `within` + 1.
    """
    ask_days: list[int] = []
    answer_days: list[int] = []
    inbound_days = sorted(inbound.days) if inbound else []
    start = 0
    for day in sorted(outbound.days):
        second = outbound.days[day].ask_second
        before = outbound.days.get(day - 1)
        if second == NO_ASK or (before is not None and before.last_second > second):
            continue
        while start < len(inbound_days) and inbound_days[start] < day:
            start += 1
        answer_day = day + within + 1
        for candidate in inbound_days[start : start + 2]:  # the same day if that was later, else the next
            if inbound is not None and (candidate > day or inbound.days[candidate].last_second > second):
                answer_day = min(answer_day, candidate)
                break
        ask_days.append(day)
        answer_days.append(answer_day)
    return {"asks": ask_days, "answered": answer_days}


def columns_with_asks(
    evidence: Mapping[EvidencePair, DailyEvidence],
    pairs: Iterable[EvidencePair],
    *,
    asking_channels: Iterable[str],
    within: int,
) -> Iterator[tuple[EvidencePair, Columns]]:
    """Yield these pairs with their columns; asks and answers are filled in for channels on which people ask.

    `evidence` must contain the opposite direction of each pair, if there is one.
    """
    channels = frozenset(asking_channels)
    for by, towards, channel in pairs:
        outbound = evidence[by, towards, channel]
        asks: dict[str, list[int]] = {"asks": [], "answered": []}
        if channel in channels:
            asks = find_asks(outbound, evidence.get((towards, by, channel)), within=within)
        yield (by, towards, channel), {**outbound.to_columns(), **asks}


@dataclass(slots=True)
class EventVersions:
    """The newest version of each calendar event that was seen, and the newest that cancels it.

    Both only grow. So which meetings count does not depend on the order in which the versions were seen.
    """

    newest: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    cancelled: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def add(self, version: EventVersion) -> EventKey:
        """Note a version. Returns it as evidence keeps it."""
        uid = _uid_hash(version.uid)
        occurrence = _SERIES if version.occurrence is None else version.occurrence
        if uid:
            _keep_newest(self.newest, (uid, occurrence), (version.sequence, version.written))
            if version.is_cancelled:
                _keep_newest(self.cancelled, (uid, occurrence), (version.sequence, version.written))
        return uid, occurrence, version.sequence, version.written

    def merged(self, other: "EventVersions") -> "EventVersions":
        """The evidence of both."""
        both = EventVersions(dict(self.newest), dict(self.cancelled))
        for kept, added in ((both.newest, other.newest), (both.cancelled, other.cancelled)):
            for event, age in added.items():
                _keep_newest(kept, event, age)
        return both

    def counts(self, event: EventKey, at: int) -> bool:
        """Whether a meeting counts: no newer version replaces its event, and none that is as new cancels it.

        A changed occurrence replaces that of the series at its time, and ends with the series.
        """
        uid, occurrence, sequence, written = event
        if not uid:
            return True
        newest_sequence, newest_written = self.newest.get((uid, occurrence), (sequence, written))
        if sequence < newest_sequence or newest_written - written > SAME_EXPORT_SECONDS:
            return False
        for one in {(uid, occurrence), (uid, _SERIES)}:
            if one in self.cancelled and self.cancelled[one] >= (sequence, written):
                return False
        return occurrence != _SERIES or (uid, at) not in self.newest

    @classmethod
    def from_column(cls, numbers: list[int]) -> "EventVersions":
        """Convert the stored column of a source: six numbers for each event."""
        versions = cls()
        for position in range(0, len(numbers), 6):
            uid, occurrence, sequence, written, cancelled_sequence, cancelled = numbers[position : position + 6]
            versions.newest[uid, occurrence] = (sequence, written)
            if cancelled_sequence >= 0:
                versions.cancelled[uid, occurrence] = (cancelled_sequence, cancelled)
        return versions

    def to_column(self) -> list[int]:
        """The column to store, in ascending order of events."""
        return [
            number
            for event in sorted(self.newest)
            for number in (*event, *self.newest[event], *self.cancelled.get(event, (-1, 0)))
        ]


def event_evidence(
    loaded: Mapping[EvidencePair, DailyEvidence],
    stored: Mapping[EvidencePair, Mapping[str, list[float]]],
    versions: EventVersions,
    weights: Mapping[str, float],
) -> dict[EvidencePair, DailyEvidence]:
    """The evidence of all pairs with meetings of calendars, loaded and stored, of which older versions are left out."""
    pairs = {pair for pair, evidence in loaded.items() if evidence.meetings is not None}
    pairs |= {pair for pair, row in stored.items() if row.get("events") is not None}
    counted: dict[EvidencePair, DailyEvidence] = {}
    for pair in pairs:
        weight = weights[pair[2]]
        known = [loaded[pair]] if pair in loaded else []
        known += [DailyEvidence.from_columns(stored[pair])] if pair in stored else []
        meetings = {meeting for evidence in known for meeting in evidence.all_meetings(weight)}
        counted[pair] = DailyEvidence.of_meetings({one for one in meetings if versions.counts(*one)}, weight)
    return counted


def _keep_newest(ages: dict[tuple[int, int], tuple[int, int]], event: tuple[int, int], age: tuple[int, int]) -> None:
    ages[event] = max(age, ages.get(event, age))


@lru_cache(maxsize=1024)
def _uid_hash(uid: str) -> int:
    """A hash of a UID that the database can store; 0 if there is none."""
    return int.from_bytes(blake2b(uid.encode(), digest_size=8).digest(), "big", signed=True) if uid else 0
