"""Computes the ties between two people from their evidence (docs/strength.md), and what differs from the stored ties.

Evidence is the maximum over overlapping sources per pair of identities, channel and day, summed in integers, so that
the order of storage does not matter. Age runs to the earlier of the network's day and the newest coverage of the pair's
sources. A person from outside who only approached a member and got no answer does not know them; a shared mailbox knows
nobody, and nobody knows it.

Nothing here uses the database.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.strength.model import UNIT, Model

PairSetAside = tuple[int | None, bool | None]
"""Of a pair that a member set aside: the day up to which no evidence counts, and whether no route may use the tie."""
AnswerRate = tuple[float, float]
"""The decayed numbers of requests that a person got and answered."""


class StoredTie(NamedTuple):
    """A tie of a pair. `forward` says whether the first person knows the second."""

    forward: bool
    audience: str
    strength: float
    mutual_strength: float
    last_day: int
    is_mutual: bool
    is_asleep: bool
    is_unreachable: bool


class PairEvidence(NamedTuple):
    """The evidence from which the ties between two people are derived: a pair of ties/read_evidence_to_derive."""

    other: str
    is_shared_mailbox: bool
    got: float
    answered: float
    colleagues: bool
    edges: Sequence[Sequence[Any]]
    ties: Sequence[Sequence[Any]]


class PersonEvidence(NamedTuple):
    """A person with the evidence of some of their pairs: a row of ties/read_evidence_to_derive."""

    id: str
    is_shared_mailbox: bool
    got: float
    answered: float
    pairs: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Audience:
    """An audience whose ties are derived, with the sources that it sees.

    A tie of one member's audience is stored only where it exceeds that of the network, which has `all_audience`. A tie
    that may be in no route because of a statement has `aside_audience`. The tie that the network would have without a
    member's statement is stored with `others_audience`: every other member gets a tie of their own that is no less, and
    the member who made the statement gets what is left (docs/decisions/0010-statements.md). Both are None for the
    network's own ties.
    """

    audience: str
    aside_audience: str
    all_audience: str | None
    others_audience: str | None
    seen: Mapping[str, int]
    owners: AbstractSet[str]
    unreachable: AbstractSet[str]
    as_of: int
    model: Model
    asides: Mapping[tuple[str, str], PairSetAside]

    @property
    def audiences(self) -> list[str]:
        """The audiences of the stored ties that the derivation reads."""
        own_audiences = (self.audience, self.aside_audience, self.all_audience, self.others_audience)
        return [audience for audience in own_audiences if audience is not None]


class PeopleByEvidence(NamedTuple):
    """People in batches whose evidence one query may read, and hubs, whose evidence several must read."""

    batches: list[list[str]]
    hubs: list[str]


@dataclass(slots=True)
class TieChanges:
    """The rows of ties/write_ties by the person who knows, and the ties for ties/delete_ties."""

    written: dict[str, list[list[Any]]]
    deleted: list[tuple[str, str, str]]
    count: int = 0
    """The number of written ties."""


@dataclass(slots=True)
class _Way:
    """The decayed evidence of one direction."""

    contact: int = 0
    reached: bool = False
    stated: bool = False


@dataclass(frozen=True, slots=True)
class _Contact:
    """The evidence of a pair. `last` is None if no day counts."""

    out: _Way
    back: _Way
    last: int | None
    on: int


def find_changes(
    people: Iterable[PersonEvidence], rates: Mapping[str, AnswerRate], audience: Audience
) -> tuple[TieChanges, int]:
    """Compare the derived ties of these pairs with the stored ones. Returns the changes and the number of pairs.

    `rates` are the new answer rates; the others are those stored.
    """
    changes, pair_count = TieChanges({}, []), 0
    decay = _Decay(audience.model)
    for person in people:
        rate = rates.get(person.id, (person.got, person.answered))
        for row in person.pairs:
            pair_count += 1
            _compare_pair(person, rate, PairEvidence(*row), rates, audience, decay, changes)
    return changes, pair_count


def answer_rate(asks: Iterable[Sequence[Any]], seen: Mapping[str, int], numbers: Model, *, as_of: int) -> AnswerRate:
    """Return the decayed numbers of requests that a person got and answered, from the rows of ties/read_asks.

    Requests are identified by their day, so that two sources with the same request count it once; an answer in one of
    them is an answer. A request counts from the day of its answer, or else from the day its time to answer is over. It
    decays from its own day, so that an early answer is worth no less.
    """
    answer_days: dict[tuple[str, str, str, int], int] = {}
    newest, within = None, numbers.answer_within
    for by, towards, source, channel, days, answers in asks:
        newest = _later(newest, seen.get(source))
        for day, answer in zip(days, answers, strict=True):
            slot = by, towards, channel, day
            answer_days[slot] = min(answer, answer_days.get(slot, answer))
    on = as_of if newest is None else min(newest, as_of)
    got, answered = [], []
    for (_, _, _, day), answer in answer_days.items():
        if min(answer, day + within) <= on:
            got.append(day)
            if answer <= day + within:
                answered.append(day)
    return numbers.faded(got, on=on), numbers.faded(answered, on=on)


class _Decay(dict[int, float]):
    """The part of a weight that is left after a number of days."""

    def __init__(self, numbers: Model) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, age: int) -> float:
        left = self[age] = self._numbers.left(age)
        return left


def _compare_pair(
    person: PersonEvidence,
    rate: AnswerRate,
    pair: PairEvidence,
    rates: Mapping[str, AnswerRate],
    audience: Audience,
    decay: _Decay,
    changes: TieChanges,
) -> None:
    numbers = audience.model
    aside = audience.asides.get((person.id, pair.other))
    contact = _contact(pair.edges, audience, decay, None if aside is None else aside[0])
    other_rate = rates.get(pair.other, (pair.got, pair.answered))
    out, back, last = contact.out, contact.back, contact.last
    strengths = [
        numbers.strength(way.contact / UNIT, got=got, answered=answered)
        for way, (got, answered) in ((out, rate), (back, other_rate))
    ]
    mutual_strength = strengths[0] * strengths[1]
    are_people = not (person.is_shared_mailbox or pair.is_shared_mailbox) and last is not None
    warm = last is not None and last >= contact.on - numbers.cold_after
    is_unreachable = person.id in audience.unreachable or pair.other in audience.unreachable
    awake = last is not None and last >= contact.on - numbers.asleep_after and not is_unreachable
    stored = [StoredTie(*tie) for tie in pair.ties]
    for forward, by, towards, strength, there, reply in (
        (True, person.id, pair.other, strengths[0], out, back),
        (False, pair.other, person.id, strengths[1], back, out),
    ):
        knows = (
            are_people
            and there.reached
            and (there.stated or (warm and strength >= numbers.least_strength))
            and (reply.reached or there.stated or pair.colleagues or towards not in audience.owners)
        )
        own = None
        if knows and last is not None:
            own = StoredTie(forward, "", strength, mutual_strength, last, reply.reached, not awake, is_unreachable)
        same_way = [tie for tie in stored if tie.forward == forward]
        _compare_tie(by, towards, own, same_way, aside, audience, changes, is_unreachable=is_unreachable)


def _compare_tie(
    by: str,
    towards: str,
    own: StoredTie | None,
    stored: Sequence[StoredTie],
    aside: PairSetAside | None,
    audience: Audience,
    changes: TieChanges,
    *,
    is_unreachable: bool,
) -> None:
    """Compare one direction. `own` is the tie that the evidence shows, None if it shows none."""
    present = audience.aside_audience if aside is not None and aside[1] else audience.audience
    old = [tie for tie in stored if tie.audience in (audience.audience, audience.aside_audience)]
    of_all = of_others = None
    if aside is None:
        of_all = next((tie for tie in stored if tie.audience == audience.all_audience), None)
        of_others = next((tie for tie in stored if tie.audience == audience.others_audience), None)
    new = None
    if of_others is not None or (own is not None and (of_all is None or _exceeds(own, of_all))):
        new = _larger(own, of_others)._replace(audience=present)
        new = new._replace(is_unreachable=new.is_asleep and is_unreachable)
    for tie in old:
        if new is None or tie.audience != present:
            changes.deleted.append((by, towards, tie.audience))
    if new is not None and old != [new]:
        differs = [tie[1:4] + tie[6:7] for tie in old] != [new[1:4] + new[6:7]]
        row = [towards, *new[1:6], new.is_asleep or None, new.is_unreachable or None, differs]
        changes.written.setdefault(by, []).append(row)
        changes.count += 1


def _exceeds(tie: StoredTie, of_all: StoredTie) -> bool:
    return (
        tie.strength > of_all.strength
        or tie.mutual_strength > of_all.mutual_strength
        or (of_all.is_asleep and not tie.is_asleep)
    )


def _larger(own: StoredTie | None, of_others: StoredTie | None) -> StoredTie:
    """The larger strengths of both. Other properties are those of the evidence; awake if one of them is."""
    best = own or of_others
    assert best is not None
    if own is None or of_others is None:
        return best
    return own._replace(
        strength=max(own.strength, of_others.strength),
        mutual_strength=max(own.mutual_strength, of_others.mutual_strength),
        is_asleep=own.is_asleep and of_others.is_asleep,
    )


def _contact(edges: Sequence[Sequence[Any]], audience: Audience, decay: _Decay, parted_on: int | None) -> _Contact:
    """Sum the evidence of a pair. Statements count while they last; days up to `parted_on` do not count."""
    numbers, as_of = audience.model, audience.as_of
    newest = None
    slots: dict[tuple[str, str, bool, str, int], tuple[float, int | None]] = {}
    for i, j, out, source, channel, days, weights, ends in edges:
        newest = _later(newest, audience.seen.get(source))
        for day, weight, end in zip(days, weights, ends or [None] * len(days), strict=True):
            slot = i, j, out, channel, day
            present = slots.get(slot)
            slots[slot] = (weight, end) if present is None else (max(present[0], weight), _later(present[1], end))
    on = as_of if newest is None else min(newest, as_of)
    ways = {True: _Way(), False: _Way()}
    last = None
    for (_, _, out, channel, day), (weight, end) in slots.items():
        if day > as_of or (parted_on is not None and day <= parted_on):
            continue
        states = channel in numbers.stating
        if end is not None and (end < as_of or not states):
            continue
        way = ways[out]
        way.contact += round(UNIT * weight * decay[max(0, on - day)])
        way.reached = way.reached or channel in numbers.reaching
        way.stated = way.stated or states
        last = _later(last, day)
    return _Contact(ways[True], ways[False], last, on)


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def group_by_evidence(counts: Iterable[tuple[str, int]], *, most_people: int, most_evidence: int) -> PeopleByEvidence:
    """Group people by how much evidence each has, as rows of ties/count_evidence."""
    groups = PeopleByEvidence([], [])
    room = 0
    for person, count in counts:
        if count > most_evidence:
            groups.hubs.append(person)
            continue
        if not groups.batches or count > room or len(groups.batches[-1]) == most_people:
            groups.batches.append([])
            room = most_evidence
        groups.batches[-1].append(person)
        room -= count
    return groups


def group_ties(written: Mapping[str, list[list[Any]]], size: int) -> Iterator[list[list[Any]]]:
    """Split rows of ties/write_ties into lists with at most `size` ties each."""
    rows: list[list[Any]] = []
    room = size
    for by, ties in written.items():
        start = 0
        while start < len(ties):
            part = ties[start : start + room]
            rows.append([by, part])
            start, room = start + len(part), room - len(part)
            if not room:
                yield rows
                rows, room = [], size
    if rows:
        yield rows
