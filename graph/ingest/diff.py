"""Compares a load with what its source stored before, and returns the rows that change.

A newer snapshot of a list replaces the older one: rows that it no longer contains get `gone`, the day on which they
were last seen. A stream only grows: the fuller and newer name wins, and evidence merges by day. Both give the same
result in any order of loading.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import cypher
from graph.database.client import Graph
from graph.ids import stable_id
from graph.ingest.collect import MAX_SENDER_NAMES
from graph.ingest.collected_load import OLDER_VERSION, CollectedLoad, Fact
from graph.ingest.daily_evidence import DailyEvidence, EventVersions, EvidencePair, columns_with_asks, event_evidence
from graph.ingest.renamed_people import follow_renamed_people
from graph.names.keys import company_key, fold_name
from graph.names.transliteration import latin_if_different
from graph.networks.sources import private_part_id
from graph.networks.state import NetworkState
from graph.records import WORKSPACE
from graph.strength.model import Model

_READ_FACTS = cypher.load("ingest/read_source_facts")
_READ_LISTS = cypher.load("ingest/read_source_lists")
_READ_EVIDENCE = cypher.load("ingest/read_source_evidence")
_READ_EVENT_VERSIONS = cypher.load("ingest/read_event_versions")

EVIDENCE_COLUMNS = ("days", "weights", "ask_seconds", "last_seconds", "asks", "answered", "ends", "events")
"""The columns of `ingest/read_source_evidence` and `ingest/write_evidence`, in their order."""

MAX_UNREACHABLE_DAYS = 50
"""Maximum number of days that a source stores on which an identity did not reach its person."""

Properties = dict[str, Any]
StoredEvidence = list[Any]
"""One INTERACTED relationship: the keys of both identities, the channel and EVIDENCE_COLUMNS."""
KeyedRows = dict[str, tuple[str, Properties]]
"""The identity and the properties of each row, by the row's key."""


@dataclass(slots=True)
class LoadChanges:
    """The rows to write, by the key that each has on its source.

    `parts` are the source's new days by list, and its new bookmarks by place. `event_versions` are the versions of its
    calendar events, None if there are none.
    """

    facts: KeyedRows = field(default_factory=dict)
    lists: KeyedRows = field(default_factory=dict)
    evidence: dict[EvidencePair, Properties] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    event_versions: list[int] | None = None
    unreachable: frozenset[str] = frozenset()
    """The identities that the source states or stated as unreachable, before this load or after it."""

    @property
    def has_rows(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.facts or self.lists or self.evidence)

    def identities(self) -> set[str]:
        """The identities that the rows mention."""
        named = {identity for identity, _ in self.facts.values()}
        listed = {identity for identity, _ in self.lists.values()}
        in_pairs = {identity for by, to, _ in self.evidence for identity in (by, to)}
        return named | listed | in_pairs

    def pairs(self) -> set[tuple[str, str]]:
        """The pairs of identities whose evidence changes.

        An identity whose reachability may change is a pair with itself: mail to it makes an earlier report plausible.
        """
        changed = {identity for identity, _ in self.facts.values()} | {to for _, to, _ in self.evidence}
        return {(key, key) for key in changed & self.unreachable} | {(by, to) for by, to, _ in self.evidence}


async def compare_load(
    graph: Graph,
    load: CollectedLoad,
    model: Model,
    *,
    current: NetworkState,
    source: str,
    stored_parts: dict[str, int],
    today: int,
) -> LoadChanges:
    """Compare a load whose owner is assigned with what `source` and its private part store.

    `stored_parts` are the source's days by list and bookmarks by place before this load.
    """
    network, since = current.network, current.first_retained_day(today)
    facts = await _read_rows(graph, _READ_FACTS, network, source)
    lists = await _read_rows(graph, _READ_LISTS, network, source)
    evidence = await read_source_evidence(graph, network, source)
    versions = (
        await graph.run(_READ_EVENT_VERSIONS, network=network, source=source) if load.event_versions.newest else []
    )
    stored_versions = EventVersions.from_column(versions[0]["versions"] if versions else [])

    def compare() -> LoadChanges:
        stored_pairs = _rows_by_pair(evidence)
        _replace_older_versions(load, model, stored_pairs, stored_versions)
        changes = _compare(load, model, facts, lists, stored_pairs, network, source, stored_parts, today, since)
        if load.event_versions != stored_versions:
            changes.event_versions = load.event_versions.to_column()
        return changes

    # in a thread: a second of work for 10,000 messages, during which the service must keep answering
    return await asyncio.to_thread(compare)


def _compare(
    load: CollectedLoad,
    model: Model,
    facts: KeyedRows,
    lists: KeyedRows,
    stored_pairs: dict[EvidencePair, Properties],
    network: str,
    source: str,
    stored_parts: dict[str, int],
    today: int,
    since: int | None,
) -> LoadChanges:
    follow_renamed_people(load, stored_pairs, facts)
    changes = LoadChanges(parts=stored_parts | load.bookmarks)
    load_day = today if load.coverage_until is None else load.coverage_until
    for part in load.parts:
        changes.parts[part] = max(load_day, stored_parts.get(part, load_day))
    snapshots = _Snapshots(load.parts, load_day, stored_parts)
    new_facts = _fact_rows(load, source, network, facts, today)
    named = _name_rows(load, source, network, facts, snapshots, today, since)
    changes.facts = snapshots.changed_rows(new_facts, facts) | named
    changes.unreachable = frozenset(
        identity for rows in (facts, named) for identity, row in rows.values() if row.get("unreachable_on") is not None
    )
    changes.lists = snapshots.changed_rows(_list_rows(load, source), lists)
    changes.evidence = _evidence_rows(load, model, stored_pairs, source, since)
    return changes


def _replace_older_versions(
    load: CollectedLoad, model: Model, stored: dict[EvidencePair, Properties], stored_versions: EventVersions
) -> None:
    """Let the newest version of each calendar event count, of the load and of what is stored. Changes `load` in place.

    Afterwards the evidence of such pairs in the load is complete.
    """
    load.event_versions = load.event_versions.merged(stored_versions)
    older = sum(not load.event_versions.counts(*meeting) for meeting in load.events)
    if older:
        load.interactions -= older
        load.skipped["", OLDER_VERSION] += older
    for pair, evidence in event_evidence(load.evidence, stored, load.event_versions, model.weights).items():
        if evidence.days or pair in stored:
            load.evidence[pair] = evidence
        else:
            load.evidence.pop(pair, None)


async def _read_rows(graph: Graph, query: cypher.Query, network: str, source: str) -> KeyedRows:
    (row,) = await graph.run(query, network=network, sources=[source, private_part_id(source)])
    return {properties["key"]: (identity, _without_place(properties)) for identity, properties in row["rows"]}


def _without_place(properties: Properties) -> Properties:
    """The properties without those that the database sets, by the source and the identity of a fact."""
    return {name: value for name, value in properties.items() if name not in ("source", "domain")}


async def read_source_evidence(graph: Graph, network: str, source: str) -> list[StoredEvidence]:
    """The evidence that a source and its private part store."""
    (row,) = await graph.run(_READ_EVIDENCE, network=network, sources=[source, private_part_id(source)])
    evidence: list[StoredEvidence] = row["pairs"]
    return evidence


def _rows_by_pair(evidence: list[StoredEvidence]) -> dict[EvidencePair, Properties]:
    return {
        (by, to, channel): dict(zip(EVIDENCE_COLUMNS, columns, strict=True)) for by, to, channel, *columns in evidence
    }


@dataclass(frozen=True, slots=True)
class _Snapshots:
    """The lists that a load contains completely, the day that it shows them on, and the stored days of all lists."""

    parts: set[str]
    day: int
    stored_days: dict[str, int]

    def changed_rows(self, new_rows: KeyedRows, stored: KeyedRows) -> KeyedRows:
        rows: KeyedRows = {}
        for key, (identity, new) in new_rows.items():
            old = stored.get(key, (identity, None))[1]
            row = self._with_days(new, old)
            if old is None or {name: value for name, value in row.items() if value is not None} != old:
                rows[key] = (identity, row)
        for key, (identity, old) in stored.items():
            part = old.get("part", "")
            if key not in new_rows and part in self.parts and self._is_newest(part) and "gone" not in old:
                rows[key] = (identity, {**old, "gone": self.stored_days[part]})
        return rows

    def accounts(self, new: set[tuple[int, str]], old: Properties) -> tuple[set[tuple[int, str]], Properties]:
        """Merge what a load and a stored row state about a closed account. The newest list of a workspace counts."""
        if WORKSPACE in self.parts and not self._is_newest(WORKSPACE):
            return set(), old
        is_newer = self.day > self.stored_days.get(WORKSPACE, self.day)
        return (new, {}) if WORKSPACE in self.parts and is_newer else (new, old)

    def _is_newest(self, part: str) -> bool:
        return self.day >= self.stored_days.get(part, self.day)

    def _with_days(self, new: Properties, old: Properties | None) -> Properties:
        """A row with `seen`, the first day that a list contained it, and `gone`, the last if a newer list lacks it."""
        part = new["part"]
        if not part:
            return new if old is None else old
        seen = self.day if old is None else min(old["seen"], self.day)
        gone = None
        if not self._is_newest(part):
            if old is None:
                gone = self.day
            elif "gone" in old:
                gone = max(old["gone"], self.day)
        return {**new, "seen": seen, "gone": gone}


def _fact_rows(load: CollectedLoad, source: str, network: str, stored: KeyedRows, today: int) -> KeyedRows:
    rows: KeyedRows = {}
    for fact in load.facts:
        row = fact_row(fact, source, network)
        rows[row["key"]] = (fact.identity, {**row, "obtained": _obtained(stored.get(row["key"]), today)})
    return rows


def _obtained(stored: tuple[str, Properties] | None, today: int) -> int | None:
    """The day of the first load of a row; None for rows stored before this day was recorded."""
    if stored is None:
        return today
    return min(stored[1]["obtained"], today) if "obtained" in stored[1] else None


def fact_row(fact: Fact, source: str, network: str) -> Properties:
    """The properties of a fact's NAMES relationship."""
    return {
        "key": stable_id(source, *fact.key_parts),
        "network": network,
        "part": fact.part,
        "name": fact.name,
        "folded": fold_name(fact.name) if fact.name else None,
        "latin": latin_if_different(fact.name) if fact.name else None,
        "title": fact.title,
        "company": fact.company,
        "company_key": company_key(fact.company) if fact.company else None,
        "since": fact.since,
        "until": fact.until,
        "is_owner": fact.is_owner or None,
        "keys": list(fact.keys) if len(fact.keys) > 1 else None,
        "principal": fact.principal,
        "is_sent_invitation": fact.is_sent_invitation,
        "has_note": fact.has_note,
        "group": fact.group,
        "group_key": fold_name(fact.group) if fact.group else None,
        "school": fact.school,
        "school_key": company_key(fact.school) if fact.school else None,
    }


def _name_rows(
    load: CollectedLoad,
    source: str,
    network: str,
    stored: KeyedRows,
    snapshots: _Snapshots,
    today: int,
    since: int | None,
) -> KeyedRows:
    rows: KeyedRows = {}
    nameless = (-1, 0, "")
    for identity in load.names.keys() | load.unreachable.keys():
        key = stable_id(source, identity, "named")
        old = stored.get(key, (identity, None))[1]
        if identity not in load.names and old is None:
            continue  # the source shows no contact with them
        new_name = load.names.get(identity, nameless)
        old_name = nameless
        if old is not None:
            text = old.get("name", "")
            old_name = (min(2, len(text.split())), old["seen"], text)
        _, day, text = max(new_name, old_name)
        sender_names = load.sender_names.get(identity, set()).union(old.get("sender_names", ()) if old else ())
        row = {
            "key": key,
            "network": network,
            "part": "",
            "seen": day,
            "name": text or None,
            "folded": fold_name(text) or None,
            "latin": latin_if_different(text),
            "sender_names": sorted(sender_names)[:MAX_SENDER_NAMES] or None,
            **_unreachable(*snapshots.accounts(load.unreachable.get(identity, set()), old or {}), since),
            "is_list": identity in load.mailing_lists or bool(old and old.get("is_list")) or None,
            "obtained": _obtained(stored.get(key), today),
        }
        if old is None or {name: value for name, value in row.items() if value is not None} != old:
            rows[key] = (identity, row)
    return rows


def _unreachable(new: set[tuple[int, str]], old: Properties, since: int | None) -> Properties:
    """The days on which an identity did not reach its person, the last one, and its reason; nulls if it always did.

    Days before `since` are dropped, and all but the last MAX_UNREACHABLE_DAYS.
    """
    stored = {(day, old["unreachable_reason"]) for day in unreachable_days(old)}
    kept_days = sorted(each for each in new | stored if since is None or each[0] >= since)[-MAX_UNREACHABLE_DAYS:]
    day, reason = kept_days[-1] if kept_days else (None, None)
    days = [on for on, why in kept_days if why == reason]
    return {
        "unreachable_on": day,
        "unreachable_reason": reason,
        "unreachable_days": days if len(days) > 1 else None,
    }


def unreachable_days(row: Properties) -> list[int]:
    """The days on which the identity of a stored row did not reach its person. One day alone is `unreachable_on`."""
    days: list[int] = row.get("unreachable_days") or [row["unreachable_on"]] if "unreachable_on" in row else []
    return days


def _list_rows(load: CollectedLoad, source: str) -> KeyedRows:
    rows: KeyedRows = {}
    for (part, identity), since in load.list_entries.items():
        key = stable_id(source, part, identity)
        rows[key] = (identity, {"key": key, "part": part, "since": since})
    return rows


def rows_after_expiry(
    stored_evidence: list[StoredEvidence], model: Model, source: str, since: int
) -> dict[EvidencePair, Properties]:
    """The evidence rows of a source that change if days before `since` are dropped, as they are afterwards."""
    stored = _rows_by_pair(stored_evidence)
    evidence = {pair: DailyEvidence.from_columns(row).retained(since) for pair, row in stored.items()}
    shortened = {pair for pair, days in evidence.items() if len(days.days) < len(stored[pair]["days"])}
    pairs = _both_directions(shortened) & evidence.keys()
    rows = columns_with_asks(evidence, pairs, asking_channels=model.asking, within=model.answer_within)
    return _changed_rows(rows, stored, source)


def _evidence_rows(
    load: CollectedLoad,
    model: Model,
    stored: dict[EvidencePair, Properties],
    source: str,
    since: int | None,
) -> dict[EvidencePair, Properties]:
    changed = {
        pair
        for pair, evidence in load.evidence.items()
        if pair not in stored or not _equals_stored(evidence.to_columns(), stored[pair])
    }
    pairs = _both_directions(changed)
    merged = {pair: load.evidence[pair] for pair in pairs & load.evidence.keys()}
    for pair in pairs & stored.keys():
        if pair in merged and merged[pair].meetings is not None:
            continue  # complete already
        old = DailyEvidence.from_columns(stored[pair])
        merged[pair] = merged[pair].merged(old) if pair in merged else old
    merged = {pair: evidence.retained(since) for pair, evidence in merged.items()}
    rows = columns_with_asks(merged, merged.keys(), asking_channels=model.asking, within=model.answer_within)
    return _changed_rows(rows, stored, source)


def _both_directions(pairs: set[EvidencePair]) -> set[EvidencePair]:
    """These pairs and their opposite directions, which contain the answers to their asks."""
    return pairs | {(to, by, channel) for by, to, channel in pairs}


def _changed_rows(
    rows: Iterable[tuple[EvidencePair, Mapping[str, Any]]], stored: dict[EvidencePair, Properties], source: str
) -> dict[EvidencePair, Properties]:
    """The rows that differ from the stored ones, with their keys."""
    return {
        pair: {**row, "key": stable_id(source, *pair)}
        for pair, row in rows
        if pair not in stored or not _equals_stored(row, stored[pair])
    }


def _equals_stored(row: Mapping[str, Any], stored: Properties) -> bool:
    """Whether each column of the row equals the stored one."""
    return all(stored[name] == column for name, column in row.items())
