"""Collects the records of one load into what will be stored: facts about identities, and evidence by day.

One load is collected completely before it is written. The memory it needs grows with its people and days, and not with
its messages. Nothing here uses the database.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache

from graph.days import EPOCH
from graph.ingest.collected_load import SAME_MEETING, SAME_MESSAGE, SAME_PERSON, CollectedLoad, Fact
from graph.ingest.daily_evidence import DailyEvidence, EventKey
from graph.names.keys import clean_text, company_key, fold_name, identity_key, person_name, work_domain
from graph.records import (
    Assistance,
    BadRow,
    Bookmark,
    Channel,
    Connection,
    Education,
    GroupMember,
    HandleKind,
    Interaction,
    InvitationRecord,
    Job,
    LatestDate,
    MailingList,
    Meeting,
    ObservedName,
    Owner,
    Part,
    PersonMention,
    ReadingNote,
    Record,
    RosterEntry,
    SkippedRow,
    StatementRecord,
    UnheldEvent,
    UnreachableHandles,
    UnreachableReason,
)
from graph.strength.model import Model

OWNER_PLACEHOLDER = "owner"
"""The owner's identity until `graph.ingest.owner` determines it."""
MAX_SENDER_NAMES = 8
"""Names stored for a sending address, the first by the alphabet."""
_UNDATED = -1_000_000
"""Day of a name without a date: before every day."""
_EMAIL_PREFIX = f"{HandleKind.EMAIL}:"
_SLACK_PREFIX = f"{HandleKind.SLACK}:"
_PREFIXES_WITHOUT_PARTICIPATION = (f"{HandleKind.LINKEDIN}:", f"{HandleKind.NAME}:")
"""Kinds of identities whose exports name their owner, so that participations need not be counted."""
_MAX_BAD_ROWS = 50
"""Bad rows listed individually; the others are only counted."""
_MAX_NOTES = 50
_NOBODY = "nobody can be identified by this entry"
_ROWS = (Interaction, Meeting, StatementRecord, Connection, RosterEntry, SkippedRow, BadRow)
"""The records of one row of an export each. Others state facts beside a row, or about the export."""


@lru_cache(maxsize=200_000)
def _keys(person: PersonMention) -> tuple[str, ...]:
    """The keys of a mention; bare names only if there is nothing else."""
    keys = [key for handle in person.handles if (key := identity_key(handle))]
    exact = [key for key in keys if not key.startswith(f"{HandleKind.NAME}:")]
    return tuple(dict.fromkeys(exact or keys))


@lru_cache(maxsize=200_000)
def _rate_name(name: str) -> tuple[int, str]:
    """The number of words of a name, up to 2, and the name; (0, "") if it names nobody."""
    text = person_name(name)
    if "@" in text or not fold_name(text):
        text = ""
    return min(2, len(text.split())), text


def collect_records(
    records: Iterable[Record],
    model: Model,
    *,
    today: date,
    report_count: Callable[[int], None] = lambda _: None,
) -> CollectedLoad:
    """Collect one load. Calls `report_count` after every thousand records and at the end.

    Records after `today`, and messages whose id occurred before, are skipped.
    """
    collector = _Collector(model, today)
    count = 0
    for count, record in enumerate(records, 1):
        collector.add(record)
        if count % 1000 == 0:
            report_count(count)
    report_count(count)
    for cached in (_keys, _rate_name):
        cached.cache_clear()  # the entries of one load are of little use to the next, and take up to 100 MB
    return collector.load


class _Collector:
    def __init__(self, model: Model, today: date) -> None:
        self.load = CollectedLoad()
        self._model = model
        self._today = today.toordinal() - EPOCH
        self._message_hashes: set[int] = set()

    def add(self, record: Record) -> None:
        self.load.rows += isinstance(record, _ROWS)
        match record:
            case Interaction():
                self._add_interaction(record)
            case Meeting() | UnheldEvent():
                self._add_event(record)
            case StatementRecord():
                self._add_statement(record)
            case Connection():
                self._add_connection(record)
            case Job() | Education():
                self._add_background(record)
            case ObservedName():
                self._add_observed_name(record)
            case RosterEntry() | InvitationRecord() | UnreachableHandles() | GroupMember():
                self._add_mentioned(record)
            case Assistance():
                self._add_assistance(record)
            case Owner():
                self._add_owner(record.person)
            case MailingList():
                self._add_mailing_list(record.person)
            case Part() | Bookmark() | LatestDate():
                self._add_property(record)
            case SkippedRow() | BadRow() | ReadingNote():
                self._add_remark(record)

    def _add_property(self, record: Part | Bookmark | LatestDate) -> None:
        """Add a record about the export."""
        if isinstance(record, Part):
            self.load.parts.add(record.part)
        elif isinstance(record, Bookmark):
            self.load.bookmarks[record.place] = record.position
        else:
            self._extend_coverage(record.on)

    def _add_remark(self, record: SkippedRow | BadRow | ReadingNote) -> None:
        """Add what the report of the load says about a row or a file."""
        if isinstance(record, SkippedRow):
            self.load.skipped[record.file, record.reason] += 1
            return
        if isinstance(record, ReadingNote):
            if len(self.load.notes) < _MAX_NOTES:
                self.load.notes[record] = None
            return
        self.load.bad_row_count += 1
        if len(self.load.bad_rows) < _MAX_BAD_ROWS:
            self.load.bad_rows.append(record)

    def _add_connection(self, record: Connection) -> None:
        since = self._extend_coverage(record.since)
        entries = [(record.part, identity) for identity in self._add_fact(record.person, record.part)]
        groups = {text for group in record.groups if (text := clean_text(group))}
        self.load.facts |= {Fact(identity, part, group=group) for part, identity in entries for group in groups}
        if not entries:
            self._skip(_NOBODY)
        elif all(entry in self.load.list_entries for entry in entries):
            self._skip(SAME_PERSON)
        else:
            self.load.connections += 1
        self.load.list_entries.update(dict.fromkeys(entries, since))

    def _add_mentioned(self, record: RosterEntry | InvitationRecord | UnreachableHandles | GroupMember) -> None:
        """Add a person whom the export mentions without contact."""
        if isinstance(record, InvitationRecord):
            self._add_invitation(record)
        elif isinstance(record, UnreachableHandles):
            self._add_unreachable(record)
        elif isinstance(record, GroupMember):
            if group := clean_text(record.group):
                self.load.facts.update(Fact(one, record.part, group=group) for one in self._identities(record.person))
        else:
            self._add_roster_entry(record)

    def _add_invitation(self, record: InvitationRecord) -> None:
        """Add an invitation. One in the future is left out; its row is counted by another record."""
        on = self._extend_coverage(record.on)
        if on is None:
            return
        for identity in self._add_fact(record.person, record.part):
            self.load.facts.add(
                Fact(identity, record.part, since=on, is_sent_invitation=record.is_sent, has_note=record.has_note)
            )

    def _add_roster_entry(self, record: RosterEntry) -> None:
        if self._add_fact(record.person, record.part):
            self.load.others_listed += 1
        else:
            self._skip(_NOBODY)

    def _identities(self, person: PersonMention) -> tuple[str, ...]:
        return _keys(person) if person.handles else (OWNER_PLACEHOLDER,)

    def _extend_coverage(self, on: date | None) -> int | None:
        """Extend the coverage to this date and return it as a day; None without a date, or if it is in the future."""
        day = None if on is None else on.toordinal() - EPOCH
        if day is None or day > self._today:
            return None
        before = self.load.coverage_until
        self.load.coverage_until = day if before is None else max(before, day)
        return day

    def _add_unreachable(self, record: UnreachableHandles) -> None:
        """Add when a person was not reached. A closed account says nothing about an address at a public domain."""
        day = self._extend_coverage(record.on)
        for identity in self._identities(record.person):
            is_covered = identity.startswith(_SLACK_PREFIX) or work_domain(identity) is not None
            if day is not None and (is_covered or record.reason is UnreachableReason.MAIL_RETURNED):
                self.load.unreachable.setdefault(identity, set()).add((day, record.reason.value))

    def _add_observed_name(self, record: ObservedName) -> None:
        day, identities = self._extend_coverage(record.on), self._identities(record.person)
        for identity in identities:
            self._add_name(identity, record.person.name, day)
        if len(identities) > 1:
            keys = tuple(sorted(identities))
            self.load.facts.update(Fact(identity, keys=keys) for identity in identities)

    def _add_name(self, identity: str, name: str | None, day: int | None) -> None:
        word_count, text = _rate_name(name or "")
        candidate = (word_count, _UNDATED if day is None else day, text)
        if candidate > self.load.names.get(identity, (-1, 0, "")):
            self.load.names[identity] = candidate

    def _add_sender_name(self, identity: str, name: str | None) -> None:
        word_count, text = _rate_name(name or "")
        if word_count < 2 or not identity.startswith(_EMAIL_PREFIX):
            return
        names = self.load.sender_names.setdefault(identity, set())
        names.add(fold_name(text))
        if len(names) > MAX_SENDER_NAMES:
            names.remove(max(names))

    def _add_fact(self, person: PersonMention, part: str, *, is_owner: bool = False) -> tuple[str, ...]:
        identities = self._identities(person)
        name = person_name(person.name or "") or None
        keys = tuple(sorted(identities))
        for identity in identities:
            self.load.facts.add(Fact(identity, part, name=name, is_owner=is_owner, keys=keys))
        return identities

    def _add_mailing_list(self, person: PersonMention) -> None:
        for identity in self._identities(person):
            self.load.mailing_lists.add(identity)
            self._add_name(identity, None, None)

    def _add_assistance(self, record: Assistance) -> None:
        """Add an assistant, but only within one organisation: mail sent through another provider is no assistance."""
        assistant, *_ = self._identities(record.assistant) or ("",)
        principal, *_ = self._identities(record.principal) or ("",)
        domain = work_domain(assistant)
        if domain is not None and domain == work_domain(principal) and assistant != principal:
            self.load.facts.add(Fact(assistant, principal=principal))

    def _add_owner(self, person: PersonMention) -> None:
        identities = self._add_fact(person, "", is_owner=True)
        self.load.owner_keys.extend(key for key in identities if key not in self.load.owner_keys)

    def _add_background(self, record: Job | Education) -> None:
        """Add where a person works or studies. Studies may end in the future: only their start extends the coverage."""
        text = clean_text(record.company if isinstance(record, Job) else record.school)
        since = self._extend_coverage(record.since)
        if isinstance(record, Job):
            until = self._extend_coverage(record.until)
            fact = Fact("", record.part, title=clean_text(record.title or "") or None, company=text)
        else:
            until = None if record.until is None else record.until.toordinal() - EPOCH
            fact = Fact("", record.part, school=text)
        if text and company_key(text):
            for identity in self._identities(record.person):
                self.load.facts.add(replace(fact, identity=identity, since=since, until=until))

    def _add_interaction(self, record: Interaction) -> None:
        channel = record.channel.value
        by = next(iter(self._identities(record.by)), None)
        # programs exist that give all their messages one id
        if record.id is not None and self._is_repeated(channel, (record.id, by, int(record.at.timestamp()))):
            return
        to = {keys[0]: person for person in record.to if (keys := self._identities(person))}
        if by is not None:
            to.pop(by, None)
        if by is None or not to:
            self._skip("no identifiable sender or recipient")
            return
        at = record.at if record.at.tzinfo is UTC else record.at.astimezone(UTC)
        day = self._add_participants(at, channel, {by: record.by, **to}, maximum=self._model.crowd + 1)
        if day is not None:
            self._add_sender_name(by, record.by.name)
            is_ask = channel in self._model.asking and len(to) <= self._model.ask_audience
            self._add_evidence(by, to, day, at, channel, is_ask=is_ask)

    def _add_event(self, record: Meeting | UnheldEvent) -> None:
        if isinstance(record, UnheldEvent):
            self.load.event_versions.add(record.version)
            for person in record.people:
                self.load.people_of_unheld_events.update(_keys(person)[:1])
            return
        event = None if record.version is None else self.load.event_versions.add(record.version)
        at = record.at.astimezone(UTC)
        attendees = {keys[0]: person for person in record.attendees if (keys := self._identities(person))}
        ids: list[Hashable] = [] if record.id is None else [record.id]
        if event is not None:  # programs exist that give an event another UID in each export
            ids.append((frozenset(attendees), at))
        if self._is_repeated(Channel.MEETING, *ids, reason=SAME_MEETING):
            day = at.date().toordinal() - EPOCH
            if event is not None and 1 < len(attendees) <= self._model.crowd and day <= self._today:
                for identity, person in attendees.items():  # a copy of an event may name other people
                    self._add_name(identity, person.name, day)
                self._add_attendees(attendees, day, at, event)
            return
        if len(attendees) < 2:
            self._skip("a meeting with one attendee")
            return
        counted_on = self._add_participants(at, Channel.MEETING, attendees, maximum=self._model.crowd)
        if counted_on is not None:
            self._add_attendees(attendees, counted_on, at, event)
            if event is not None:
                self.load.events.append((event, int(at.timestamp())))

    def _add_attendees(self, attendees: Iterable[str], day: int, at: datetime, event: EventKey | None) -> None:
        """Add that each of these people reached every other."""
        people = [*attendees]
        is_small = len(people) <= self._model.small_meeting
        channel = Channel.MEETING if is_small else Channel.LARGE_MEETING
        second = int(at.timestamp())
        for by in people:
            others = [attendee for attendee in people if attendee != by]
            self._add_evidence(by, others, day, at, channel.value, is_ask=False)
            if event is not None:
                for towards in others:
                    self.load.evidence[by, towards, channel.value].add_meeting(event, second)

    def _add_statement(self, record: StatementRecord) -> None:
        by, to = (self._identities(person)[0] for person in (record.by, record.to))
        at = datetime.combine(record.on, time(12), UTC)
        day = self._add_participants(at, record.channel, {by: record.by, to: record.to}, maximum=2)
        if day is not None:
            self._add_evidence(by, [to], day, at, record.channel.value, is_ask=False)
            entry = self.load.evidence[by, to, record.channel.value].on(day)
            entry.statement_end = record.until.toordinal() - EPOCH

    def _skip(self, reason: str) -> None:
        self.load.skipped["", reason] += 1

    def _is_repeated(self, channel: str, *ids: Hashable, reason: str = SAME_MESSAGE) -> bool:
        """Whether a message with one of these ids was counted already. If so, it is counted as skipped."""
        hashes = {hash((channel, id)) for id in ids}  # 8 bytes, keyed by a secret of this process
        is_repeated = not self._message_hashes.isdisjoint(hashes)
        self._message_hashes |= hashes
        if is_repeated:
            self._skip(reason)
        return is_repeated

    def _add_participants(
        self, at: datetime, channel: str, people: dict[str, PersonMention], *, maximum: int
    ) -> int | None:
        """Count those who took part. Returns the day of the interaction, or None if the interaction is skipped."""
        day = self._extend_coverage(at.date())
        if day is None:
            self._skip("dated in the future")
            return None
        counts_participation = channel not in self._model.statement_lasts
        for identity, person in people.items():
            if person.handles:
                self._add_name(identity, person.name, day)
                if counts_participation and not identity.startswith(_PREFIXES_WITHOUT_PARTICIPATION):
                    self.load.participations[identity] += 1
        if len(people) > maximum:
            self._skip(f"among more than {self._model.crowd} people")
            return None
        self.load.interactions += 1
        return day

    def _add_evidence(self, by: str, to: Iterable[str], day: int, at: datetime, channel: str, *, is_ask: bool) -> None:
        second = at.hour * 3600 + at.minute * 60 + at.second
        weight = self._model.weights[channel]
        evidence = self.load.evidence
        for towards in to:
            pair = (by, towards, channel)
            days = evidence.get(pair)
            if days is None:
                days = evidence[pair] = DailyEvidence()
            days.on(day).add(weight, second, is_ask=is_ask)
