"""Finds people whom a load calls otherwise than its source did before, so that their history counts once.

Such a person is a LinkedIn profile whose address changed, or a contact of chats whom the phone's owner renamed. The
same interactions at the same times show it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from graph.ingest.collected_load import CollectedLoad, Fact
from graph.ingest.daily_evidence import EvidencePair
from graph.names.keys import fold_name
from graph.records import Channel, HandleKind

_CHATS = frozenset({Channel.CHAT, Channel.THREAD})
_MIN_DAYS = 2
"""Days on which a chat under two names must be equal. A greeting to many is sent on one day."""


class _Moment(NamedTuple):
    """An interaction of a person with `other`: whether the other acted, its channel, its day, the second of the day."""

    other: str
    other_acted: bool
    channel: str
    day: int
    second: int


_Moments = dict[str, set[_Moment]]
_Stored = Mapping[EvidencePair, dict[str, Any]]


def follow_renamed_people(
    load: CollectedLoad, stored: _Stored, facts: Mapping[str, tuple[str, dict[str, Any]]]
) -> None:
    """Store what renamed people of the load did on their stored identities. Changes `load` in place."""
    for kind, same in ((HandleKind.LINKEDIN, _same_profile), (HandleKind.NAME, _same_chats)):
        loaded_keys, stored_keys = _keys(load.evidence, kind), _keys(stored, kind)
        new, gone = loaded_keys - stored_keys, stored_keys - loaded_keys
        if not new or not gone:
            continue
        loaded_moments: _Moments = {key: set() for key in new}
        for pair, evidence in load.evidence.items():
            _add_moments(loaded_moments, pair, ((day, entry.last_second) for day, entry in evidence.days.items()))
        stored_moments: _Moments = {key: set() for key in gone}
        for pair, row in stored.items():
            _add_moments(stored_moments, pair, zip(row["days"], row["last_seconds"], strict=True))
        folded = _folded_names(facts, gone)
        names = {key: fold_name(load.names[key][2]) for key in new if key in load.names}
        pairs = [
            (key, other)
            for key, moments in loaded_moments.items()
            for other in _candidates(moments, stored_moments, kind)
            if same(moments, stored_moments[other])
            and (kind is HandleKind.NAME or names.get(key) in folded.get(other, ()))
        ]
        _rename(load, dict(_unambiguous(pairs)))


def _candidates(moments: set[_Moment], stored: _Moments, kind: HandleKind) -> Collection[str]:
    """The stored people who can be this one: all profiles, but of names only those with an equal moment."""
    if kind is not HandleKind.NAME:
        return stored
    minutes = {(moment.channel, moment.day, moment.second // 60) for moment in moments if moment.channel in _CHATS}
    return [
        key
        for key, known in stored.items()
        if any((moment.channel, moment.day, moment.second // 60) in minutes for moment in known)
    ]


def _same_profile(moments: set[_Moment], others: set[_Moment]) -> bool:
    """Whether one of two profiles has every interaction of the other."""
    return bool(moments) and (moments <= others or others <= moments)


def _same_chats(moments: set[_Moment], others: set[_Moment]) -> bool:
    """Whether two names have the same chats, on all days that both exports contain completely, and both sides wrote.

    In a group all receive the same, so only what the person wrote shows who they are.
    """
    channels = {moment.channel for moment in moments} & {moment.channel for moment in others} & _CHATS
    one, two = _moments_in(moments, channels), _moments_in(others, channels)
    if not one or not two:
        return False
    first, last = max(min(one), min(two))[0], min(max(one), max(two))[0]  # contained in part, maybe
    complete = [{moment for moment in some if first < moment[0] < last} for some in (one, two)]
    equal = one & two
    written = {day for day, _, _, other_acted in equal if not other_acted}
    received = {day for day, _, channel, other_acted in equal if other_acted and channel == Channel.CHAT}
    both_wrote = bool(written) and (bool(received) or Channel.CHAT not in channels)
    return complete[0] == complete[1] and both_wrote and len(written | received) >= _MIN_DAYS


def _moments_in(moments: set[_Moment], channels: Collection[str]) -> set[tuple[int, int, str, bool]]:
    """The moments of these channels without the other person: day, minute, channel, whether the other acted."""
    return {(one.day, one.second // 60, one.channel, one.other_acted) for one in moments if one.channel in channels}


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs both of whose people are in no other pair."""
    by_new: defaultdict[str, set[str]] = defaultdict(set)
    by_old: defaultdict[str, set[str]] = defaultdict(set)
    for new, old in pairs:
        by_new[new].add(old)
        by_old[old].add(new)
    return [(new, old) for new, olds in by_new.items() for old in olds if len(olds) == len(by_old[old]) == 1]


def _rename(load: CollectedLoad, renamed: Mapping[str, str]) -> None:
    for new, old in renamed.items():
        load.facts.add(Fact(new, keys=tuple(sorted((new, old)))))
    for by, towards, channel in [pair for pair in load.evidence if not renamed.keys().isdisjoint(pair[:2])]:
        evidence = load.evidence.pop((by, towards, channel))
        pair = (renamed.get(by, by), renamed.get(towards, towards), channel)
        load.evidence[pair] = load.evidence[pair].merged(evidence) if pair in load.evidence else evidence


def _folded_names(facts: Mapping[str, tuple[str, dict[str, Any]]], keys: Collection[str]) -> dict[str, set[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for identity, row in facts.values():
        if identity in keys and row.get("folded"):
            names[identity].add(row["folded"])
    return names


def _keys(pairs: Iterable[EvidencePair], kind: HandleKind) -> set[str]:
    return {key for by, towards, _ in pairs for key in (by, towards) if key.startswith(f"{kind}:")}


def _add_moments(moments: _Moments, pair: EvidencePair, days: Iterable[tuple[int, int]]) -> None:
    by, towards, channel = pair
    for person, other, other_acted in ((by, towards, False), (towards, by, True)):
        if person in moments:
            moments[person].update(_Moment(other, other_acted, channel, day, second) for day, second in days)
            return
