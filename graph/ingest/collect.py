"""From records to what will be stored: facts of who is called what, and evidence by day.

One load is gathered whole, in memory that grows with the people and days in it and not with its messages, and only
then written. Nothing here touches the database.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache

from graph.days import EPOCH
from graph.ingest.daily_evidence import Evidence, Pair
from graph.names.keys import clean_text, company_key, fold_name, identity_key, work_domain
from graph.records import (
    Assistance,
    BadRow,
    Bookmark,
    Channel,
    Connection,
    HandleKind,
    Interaction,
    Job,
    LatestDate,
    Meeting,
    ObservedName,
    Owner,
    Part,
    PersonMention,
    Record,
    RosterEntry,
    SkippedRow,
    StatementRecord,
)
from graph.strength.model import Model

OWNER = "owner"
"""Stands for the owner's identity until it is known whose export this is."""
NO_DAY = -1_000_000
"""Before every day: a name that nothing dates."""
_ADDRESS = f"{HandleKind.EMAIL}:"
_UNCOUNTED = (f"{HandleKind.LINKEDIN}:", f"{HandleKind.NAME}:")
"""Kinds of identities whose exports say by themselves whose they are."""
NAMES_KEPT = 8
"""Names kept of those under which an address wrote: the first of them by the alphabet, so that no order matters."""
ROWS_KEPT = 50
"""Bad rows shown one by one; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a source calls an identity. With a company it says a job; `keys` are the identities one row states together.

    `part` is the list it stands in, empty in a stream. `self` marks the owner's own. `assists`: in whose name
    they act.
    """

    identity: str
    part: str = ""
    name: str | None = None
    title: str | None = None
    company: str | None = None
    since: int | None = None
    until: int | None = None
    self: bool = False
    keys: tuple[str, ...] = ()
    assists: str | None = None


@dataclass(slots=True)
class Gathered:
    """One load, added up. Days are counted from 1970-01-01."""

    facts: set[Fact] = field(default_factory=set)
    named: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """The best name of each identity in a stream: how full it is (2: two words or more), its newest day, the name."""
    wrote_as: dict[str, set[str]] = field(default_factory=dict)
    """The full names under which each address wrote, folded: those of one person, or of all who share it."""
    listed: dict[tuple[str, str], int | None] = field(default_factory=dict)
    """(part, identity) → since."""
    pairs: dict[Pair, Evidence] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    reached: dict[str, int] = field(default_factory=dict)
    """Bookmarks, by place."""
    owners: list[str] = field(default_factory=list)
    taking_part: Counter[str] = field(default_factory=Counter)
    """In how many letters, meetings and chats each identity took part: the owner stands in nearly all of theirs."""
    seen_until: int | None = None
    """The newest day anywhere, never later than the loading."""
    interactions: int = 0
    connections: int = 0
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(file, reason) → how many."""
    bad: list[BadRow] = field(default_factory=list)
    bad_count: int = 0


@lru_cache(maxsize=200_000)
def _keys(who: PersonMention) -> tuple[str, ...]:
    found = [identity_key(handle) for handle in who.handles]
    exact = [k for k in found if k and not k.startswith(f"{HandleKind.NAME}:")]
    return tuple(dict.fromkeys(exact or [k for k in found if k]))


@lru_cache(maxsize=200_000)
def _worth(name: str) -> tuple[int, str]:
    """How full a name is, and the name; nothing where it names nobody."""
    text = clean_text(name)
    if "@" in text or not fold_name(text):
        text = ""
    return min(2, len(text.split())), text


def gather(
    records: Iterable[Record],
    model: Model,
    *,
    today: date,
    tick: Callable[[int], None] = lambda _: None,
) -> Gathered:
    """Add up one load. `tick` is told every thousand records how many there were.

    What lies after `today` is refused; a message already counted (its id seen before) is not counted twice.
    """
    load = _Load(model, today)
    count = 0
    for count, record in enumerate(records, 1):
        load.take(record)
        if count % 1000 == 0:
            tick(count)
    tick(count)
    return load.gathered


class _Load:
    def __init__(self, model: Model, today: date) -> None:
        self.gathered = Gathered()
        self._model = model
        self._today = today.toordinal() - EPOCH
        self._ids: set[int] = set()

    def take(self, record: Record) -> None:
        match record:
            case Interaction():
                self._interaction(record)
            case Meeting():
                self._meeting(record)
            case StatementRecord():
                self._said(record)
            case Connection():
                self._connection(record)
            case Job():
                self._job(record)
            case ObservedName():
                self._named(record)
            case RosterEntry():
                self._call(record.person, record.part)
            case Assistance():
                self._assists(record)
            case Owner():
                self._owner(record.person)
            case Part() | Bookmark() | LatestDate():
                self._whole(record)
            case SkippedRow() | BadRow():
                self._not_counted(record)

    def _whole(self, record: Part | Bookmark | LatestDate) -> None:
        """What is said of an export and of nobody in it."""
        if isinstance(record, Part):
            self.gathered.parts.add(record.part)
        elif isinstance(record, Bookmark):
            self.gathered.reached[record.place] = record.position
        else:
            self._seen(record.on)

    def _not_counted(self, record: SkippedRow | BadRow) -> None:
        out = self.gathered
        if isinstance(record, SkippedRow):
            out.left_out[record.file, record.reason] += 1
            return
        out.bad_count += 1
        if len(out.bad) < ROWS_KEPT:
            out.bad.append(record)

    def _connection(self, record: Connection) -> None:
        self.gathered.connections += 1
        since = self._seen(record.since)
        for identity in self._call(record.person, record.part):
            self.gathered.listed[record.part, identity] = since

    def _identities(self, who: PersonMention) -> tuple[str, ...]:
        return _keys(who) if who.handles else (OWNER,)

    def _seen(self, on: date | None) -> int | None:
        day = None if on is None else on.toordinal() - EPOCH
        if day is None or day > self._today:
            return None
        before = self.gathered.seen_until
        self.gathered.seen_until = day if before is None else max(before, day)
        return day

    def _named(self, record: ObservedName) -> None:
        day, identities = self._seen(record.on), self._identities(record.person)
        for identity in identities:
            self._name(identity, record.person.name, day)
        if len(identities) > 1:
            keys = tuple(sorted(identities))
            self.gathered.facts.update(Fact(identity, keys=keys) for identity in identities)

    def _name(self, identity: str, name: str | None, day: int | None) -> None:
        fullness, text = _worth(name or "")
        best = (fullness, NO_DAY if day is None else day, text)
        if best > self.gathered.named.get(identity, (-1, 0, "")):
            self.gathered.named[identity] = best

    def _wrote_as(self, identity: str, name: str | None) -> None:
        fullness, text = _worth(name or "")
        if fullness < 2 or not identity.startswith(_ADDRESS):
            return
        names = self.gathered.wrote_as.setdefault(identity, set())
        names.add(fold_name(text))
        if len(names) > NAMES_KEPT:
            names.remove(max(names))

    def _call(self, who: PersonMention, part: str, *, own: bool = False) -> tuple[str, ...]:
        identities = self._identities(who)
        name = clean_text(who.name or "") or None
        for identity in identities:
            self.gathered.facts.add(Fact(identity, part, name=name, self=own, keys=tuple(sorted(identities))))
        return identities

    def _assists(self, record: Assistance) -> None:
        """Only within one organisation: who writes through somebody else's provider assists nobody."""
        (who, *_), (whom, *_) = (self._identities(one) or ("",) for one in (record.assistant, record.principal))
        domain = work_domain(who)
        if domain is not None and domain == work_domain(whom) and who != whom:
            self.gathered.facts.add(Fact(who, assists=whom))

    def _owner(self, who: PersonMention) -> None:
        identities = self._call(who, "", own=True)
        self.gathered.owners.extend(i for i in identities if i not in self.gathered.owners)

    def _job(self, record: Job) -> None:
        company = clean_text(record.company)
        since, until = self._seen(record.since), self._seen(record.until)
        if not company or not company_key(company):
            return
        for identity in self._identities(record.person):
            self.gathered.facts.add(
                Fact(
                    identity,
                    record.part,
                    title=clean_text(record.title or "") or None,
                    company=company,
                    since=since,
                    until=until,
                )
            )

    def _interaction(self, record: Interaction) -> None:
        out, channel = self.gathered, record.channel.value
        if self._again(channel, record.id):
            return
        by = next(iter(self._identities(record.by)), None)
        to = {found[0]: who for who in record.to if (found := self._identities(who))}
        if by is not None:
            to.pop(by, None)
        if by is None or not to:
            out.left_out["", "nobody to be told by"] += 1
            return
        at = record.at if record.at.tzinfo is UTC else record.at.astimezone(UTC)
        day = self._present(at, channel, {by: record.by, **to}, most=self._model.crowd + 1)
        if day is not None:
            self._wrote_as(by, record.by.name)
            asks = channel in self._model.asking and len(to) <= self._model.ask_audience
            self._count(by, to, day, at, channel, asks=asks)

    def _meeting(self, record: Meeting) -> None:
        if self._again(Channel.MEETING, record.id):
            return
        there = {found[0]: who for who in record.attendees if (found := self._identities(who))}
        if len(there) < 2:
            self.gathered.left_out["", "a meeting of one"] += 1
            return
        at = record.at.astimezone(UTC)
        day = self._present(at, Channel.MEETING, there, most=self._model.crowd)
        if day is not None:
            small = len(there) <= self._model.small_meeting
            channel = Channel.MEETING if small else Channel.LARGE_MEETING
            for by in there:
                self._count(by, [one for one in there if one != by], day, at, channel.value, asks=False)

    def _said(self, record: StatementRecord) -> None:
        by, to = (self._identities(who)[0] for who in (record.by, record.to))
        at = datetime.combine(record.on, time(12), UTC)
        day = self._present(at, record.channel, {by: record.by, to: record.to}, most=2)
        if day is not None:
            self._count(by, [to], day, at, record.channel.value, asks=False)
            said = self.gathered.pairs[by, to, record.channel.value]
            said.on(day).ends = record.until.toordinal() - EPOCH

    def _again(self, channel: str, id: str | None) -> bool:
        """Whether this message was counted already."""
        if id is None:
            return False
        mark = hash((channel, id))  # 8 bytes, of a secret that is this process's own
        if mark in self._ids:
            self.gathered.left_out["", "the same message again"] += 1
            return True
        self._ids.add(mark)
        return False

    def _present(self, at: datetime, channel: str, there: dict[str, PersonMention], *, most: int) -> int | None:
        """The day of what these took part in; None where it is not to be counted."""
        out = self.gathered
        day = self._seen(at.date())
        if day is None:
            out.left_out["", "dated in the future"] += 1
            return None
        counted = channel not in self._model.statement_lasts
        for identity, who in there.items():
            if who.handles:
                self._name(identity, who.name, day)
                if counted and not identity.startswith(_UNCOUNTED):
                    out.taking_part[identity] += 1
        if len(there) > most:
            out.left_out["", f"among more than {self._model.crowd} people"] += 1
            return None
        out.interactions += 1
        return day

    def _count(self, by: str, to: Iterable[str], day: int, at: datetime, channel: str, *, asks: bool) -> None:
        second = at.hour * 3600 + at.minute * 60 + at.second
        weight = self._model.weights[channel]
        pairs = self.gathered.pairs
        for towards in to:
            pair = (by, towards, channel)
            evidence = pairs.get(pair)
            if evidence is None:
                evidence = pairs[pair] = Evidence()
            evidence.on(day).add(weight, second, asks=asks)
