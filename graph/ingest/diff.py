"""What a load changes: everything it says, held against what its source said before.

A list (a snapshot's part) is replaced by a newer one: what is no longer in it is kept as gone since it was last seen.
A stream grows: names by the fuller and newer, evidence per day by the larger. Both give the same whatever the order.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import cypher
from graph.database.client import Graph
from graph.ids import stable_id
from graph.ingest.collect import NAMES_KEPT, Fact, Gathered
from graph.ingest.daily_evidence import Evidence, Pair, with_asks
from graph.names.keys import company_key, fold_name
from graph.names.transliteration import latin_if_different
from graph.networks.sources import private_part_id
from graph.networks.state import NetworkState
from graph.strength.model import Model

FACTS = cypher.load("ingest/read_source_facts")
LISTS = cypher.load("ingest/read_source_lists")
EVIDENCE = cypher.load("ingest/read_source_evidence")
COLUMNS = ("days", "weights", "asked", "until", "asks", "answered", "ends")

Properties = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """Rows to write, by the key each has on its source. `parts` are its lists' days and its bookmarks afterwards."""

    facts: dict[str, tuple[str, Properties]] = field(default_factory=dict)
    lists: dict[str, tuple[str, Properties]] = field(default_factory=dict)
    evidence: dict[Pair, Properties] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.facts or self.lists or self.evidence)

    def identities(self) -> set[str]:
        """Everybody the rows speak of."""
        named = {identity for identity, _ in self.facts.values()}
        listed = {identity for identity, _ in self.lists.values()}
        paired = {identity for by, to, _ in self.evidence for identity in (by, to)}
        return named | listed | paired

    def pairs(self) -> set[tuple[str, str]]:
        """The pairs of identities whose evidence changes."""
        return {(by, to) for by, to, _ in self.evidence}


async def changes(
    graph: Graph,
    gathered: Gathered,
    model: Model,
    *,
    of: NetworkState,
    source: str,
    days: dict[str, int],
    today: int,
) -> Changes:
    """Compare a settled load with what `source` holds. `days` are the days of its lists so far."""
    network, since = of.network, of.first_retained_day(today)
    halves = [source, private_part_id(source)]
    facts = await _stored(graph, FACTS, network, halves)
    listed = await _stored(graph, LISTS, network, halves)
    (evidence,) = await graph.run(EVIDENCE, network=network, halves=halves)

    def compared() -> Changes:
        return _changes(gathered, model, facts, listed, evidence["pairs"], network, source, days, today, since)

    # in a thread: a second of work for 10,000 letters, in which a service goes on answering
    return await asyncio.to_thread(compared)


def _changes(
    gathered: Gathered,
    model: Model,
    facts: dict[str, tuple[str, Properties]],
    listed: dict[str, tuple[str, Properties]],
    evidence: list[list[Any]],
    network: str,
    source: str,
    days: dict[str, int],
    today: int,
    since: int | None,
) -> Changes:
    found = Changes(parts=days | gathered.reached)
    fallback = today if gathered.seen_until is None else gathered.seen_until
    for part in gathered.parts:
        found.parts[part] = max(fallback, days.get(part, fallback))
    lists = _Lists(gathered.parts, fallback, days)
    said = _facts(gathered, source, network, facts, today)
    found.facts = lists.changed(said, facts) | _names(gathered, source, network, facts, today)
    found.lists = lists.changed(_listed(gathered, source), listed)
    found.evidence = _evidence(gathered, model, evidence, source, since)
    return found


async def _stored(
    graph: Graph, query: cypher.Query, network: str, halves: list[str]
) -> dict[str, tuple[str, Properties]]:
    (found,) = await graph.run(query, network=network, halves=halves)
    return {row["key"]: (identity, row) for identity, row in found["rows"]}


@dataclass(frozen=True, slots=True)
class _Lists:
    """How the rows of lists change: `parts` are in this load, which shows them as of `day`."""

    parts: set[str]
    day: int
    days: dict[str, int]

    def changed(
        self,
        said: dict[str, tuple[str, Properties]],
        stored: dict[str, tuple[str, Properties]],
    ) -> dict[str, tuple[str, Properties]]:
        rows: dict[str, tuple[str, Properties]] = {}
        for key, (identity, new) in said.items():
            old = stored.get(key, (identity, None))[1]
            row = self._row(new, old)
            if old is None or {k: v for k, v in row.items() if v is not None} != old:
                rows[key] = (identity, row)
        for key, (identity, old) in stored.items():
            part = old.get("part", "")
            newest = self.day >= self.days.get(part, self.day)
            if key not in said and part in self.parts and newest and "gone" not in old:
                rows[key] = (identity, {**old, "gone": self.days[part]})
        return rows

    def _row(self, new: Properties, old: Properties | None) -> Properties:
        part = new["part"]
        if not part:
            return new if old is None else old
        newest = self.day >= self.days.get(part, self.day)
        seen = self.day if old is None else min(old["seen"], self.day)
        gone = None
        if not newest and old is None:
            gone = self.day
        elif not newest and old is not None and "gone" in old:
            gone = max(old["gone"], self.day)
        return {**new, "seen": seen, "gone": gone}


def _facts(
    gathered: Gathered, source: str, network: str, stored: dict[str, tuple[str, Properties]], today: int
) -> dict[str, tuple[str, Properties]]:
    rows: dict[str, tuple[str, Properties]] = {}
    for fact in gathered.facts:
        row = fact_row(fact, source, network)
        rows[row["key"]] = (fact.identity, {**row, "obtained": _obtained(stored.get(row["key"]), today)})
    return rows


def _obtained(stored: tuple[str, Properties] | None, today: int) -> int | None:
    """The day on which a row was first loaded; None of one that was there before such days were kept."""
    if stored is None:
        return today
    return min(stored[1]["obtained"], today) if "obtained" in stored[1] else None


def fact_row(fact: Fact, source: str, network: str) -> Properties:
    """A fact as its source's row."""
    return {
        "key": stable_id(source, *(getattr(fact, name) for name in fact.__slots__)),
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
        "self": fact.self or None,
        "keys": list(fact.keys) if len(fact.keys) > 1 else None,
        "assists": fact.assists,
    }


def _names(
    gathered: Gathered,
    source: str,
    network: str,
    stored: dict[str, tuple[str, Properties]],
    today: int,
) -> dict[str, tuple[str, Properties]]:
    rows: dict[str, tuple[str, Properties]] = {}
    for identity, said in gathered.named.items():
        key = stable_id(source, identity, "named")
        old = stored.get(key, (identity, None))[1]
        before = (-1, 0, "") if old is None else (_fullness(old.get("name", "")), old["seen"], old.get("name", ""))
        best = max(said, before)
        names = gathered.wrote_as.get(identity, set()).union(old.get("wrote_as", ()) if old else ())
        row = {
            "key": key,
            "network": network,
            "part": "",
            "seen": best[1],
            "name": best[2] or None,
            "folded": fold_name(best[2]) or None,
            "latin": latin_if_different(best[2]),
            "wrote_as": sorted(names)[:NAMES_KEPT] or None,
            "obtained": _obtained(stored.get(key), today),
        }
        if old is None or {k: v for k, v in row.items() if v is not None} != old:
            rows[key] = (identity, row)
    return rows


def _fullness(name: str) -> int:
    return min(2, len(name.split()))


def _listed(gathered: Gathered, source: str) -> dict[str, tuple[str, Properties]]:
    return {
        (key := stable_id(source, part, identity)): (
            identity,
            {"key": key, "part": part, "since": since},
        )
        for (part, identity), since in gathered.listed.items()
    }


def by_pair(found: list[list[Any]]) -> dict[Pair, Properties]:
    """The evidence of a source as source_evidence returns it."""
    return {(by, to, channel): dict(zip(COLUMNS, columns, strict=True)) for by, to, channel, *columns in found}


def too_old(found: list[list[Any]], model: Model, source: str, since: int) -> dict[Pair, Properties]:
    """The rows of a source as they are without the days before that one, where they are others then."""
    stored = by_pair(found)
    pairs = {pair: Evidence.read(row).lately(since) for pair, row in stored.items()}
    fewer = {pair for pair, left in pairs.items() if len(left.days) < len(stored[pair]["days"])}
    both = (fewer | {(to, by, channel) for by, to, channel in fewer}) & pairs.keys()
    columns = with_asks(pairs, both, asking=model.asking, within=model.answer_within)
    return _others(columns, stored, source)


def _evidence(
    gathered: Gathered, model: Model, found: list[list[Any]], source: str, since: int | None
) -> dict[Pair, Properties]:
    stored = by_pair(found)
    grown = {
        pair
        for pair, evidence in gathered.pairs.items()
        if pair not in stored or not same(evidence.columns(), stored[pair])
    }
    both = grown | {(to, by, channel) for by, to, channel in grown}  # what is asked one way is answered the other
    pairs = {pair: gathered.pairs[pair] for pair in both & gathered.pairs.keys()}
    for pair in both & stored.keys():
        old = Evidence.read(stored[pair])
        pairs[pair] = pairs[pair].joined(old) if pair in pairs else old
    pairs = {pair: evidence.lately(since) for pair, evidence in pairs.items()}
    columns = with_asks(pairs, pairs.keys(), asking=model.asking, within=model.answer_within)
    return _others(columns, stored, source)


def _others(columns: dict[Pair, Properties], stored: dict[Pair, Properties], source: str) -> dict[Pair, Properties]:
    """Of these rows those that are not stored so, with their keys."""
    return {
        pair: {**row, "key": stable_id(source, *pair)}
        for pair, row in columns.items()
        if pair not in stored or not same(row, stored[pair])
    }


def same(row: Properties, edge: Properties) -> bool:
    """Whether a row is as it is stored."""
    return all(edge[name] == column for name, column in row.items())
