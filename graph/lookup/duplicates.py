"""Probable duplicates, as the viewer may see them. They are suggested and never merged."""

import asyncio
from dataclasses import dataclass

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.lookup.profiles import read_profiles
from graph.people.build import IdentityRow, read_contacts, read_decisions, read_facts
from graph.people.clusters import StoredFact
from graph.people.matching import (
    OFFER_THRESHOLD,
    Comparison,
    ScoredPair,
    comparable_person,
    compare_people,
    score_pairs,
)
from graph.people.rules import ONE_ROW, MemberDecision
from graph.records import HandleKind
from graph.viewer import Viewer

_LIST_STATED_PAIRS = cypher.load("lookup/list_stated_pairs")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two people who may be one, with a score from 0 to 1 and the reason as a sentence."""

    one: Person
    other: Person
    score: float
    because: str

    @property
    def id(self) -> str:
        """The id of the pair, for `after` of `list_possible_duplicates`."""
        return f"{self.one.id} {self.other.id}"


async def list_possible_duplicates(
    graph: Graph, viewer: Viewer, limit: int, *, after: str | None = None
) -> list[Duplicate]:
    """Probable duplicates, the most probable first, from the sources in view only. `after` is the id of a Duplicate.

    Pairs that a member marked as distinct are left out, and pairs that a private row of the viewer states to be one: to
    the viewer they are one person. Empty if `after` is no longer among the duplicates.
    """
    scope = {"network": viewer.network, "member": viewer.member}
    rows = await read_facts(graph, viewer.network, viewer.sources)
    distinct = [decision for decision in await read_decisions(graph, viewer.network) if not decision.is_same]
    person_by_key, members, comparisons, one_row = await asyncio.to_thread(_compare, rows, distinct)
    contacts = await read_contacts(graph, viewer.network, comparisons, set(viewer.evidence_sources))
    contacts_by_person = {
        person.id: {
            person_by_key[contact]
            for key in person.keys
            for contact in contacts.get(key, ())
            if contact in person_by_key
        }
        - members
        - {person.id}
        for comparison in comparisons
        for person in (comparison.first, comparison.second)
    }
    scored = await asyncio.to_thread(score_pairs, comparisons, contacts_by_person)
    offered = [ScoredPair(first, second, 1.0, ONE_ROW) for first, second in one_row]
    offered += [
        pair for pair in scored if pair.probability >= OFFER_THRESHOLD and (pair.first, pair.second) not in one_row
    ]
    stated = {frozenset((row["first"], row["second"])) for row in await graph.run(_LIST_STATED_PAIRS, **scope)}
    offered = [
        pair
        for pair in offered
        if viewer.archived_people.isdisjoint((pair.first, pair.second))
        and frozenset((pair.first, pair.second)) not in stated
    ]
    if after is not None:
        places = (place for place, pair in enumerate(offered, 1) if f"{pair.first} {pair.second}" == after)
        offered = offered[next(places, len(offered)) :]
    return await _named(graph, viewer, offered[:limit])


def _compare(
    rows: list[IdentityRow], distinct: list[MemberDecision]
) -> tuple[dict[str, str], set[str], list[Comparison], list[tuple[str, str]]]:
    """The person of each key, the members' people, the pairs to compare, and the pairs that one row states together."""
    facts_by_person: dict[str, list[StoredFact]] = {}
    keys_by_person: dict[str, list[str]] = {}
    for key, facts, _, person in sorted(rows, key=lambda row: str(row[0])):
        if facts and person:
            facts_by_person.setdefault(person, []).extend(StoredFact(*fact) for fact in facts)
            keys_by_person.setdefault(person, []).append(key)
    person_by_key = {key: person for person, keys in keys_by_person.items() for key in keys}
    distinct_pairs = {
        frozenset((person_by_key[first], person_by_key[second]))
        for decision in distinct
        for first in decision.first
        for second in decision.second
        if first in person_by_key and second in person_by_key
    }
    people = (
        comparable_person(person, keys, facts_by_person[person])
        for person, keys in keys_by_person.items()
        if any(not key.startswith(f"{HandleKind.NAME}:") for key in keys)
    )
    comparisons = compare_people(person for person in people if person is not None)
    members = {person for person, facts in facts_by_person.items() if any(fact.is_owner for fact in facts)}
    stated = (fact.keys for facts in facts_by_person.values() for fact in facts if fact.keys)
    pairs = {
        tuple(sorted((person_by_key[keys[0]], person_by_key[key])))
        for keys in stated
        for key in keys[1:]
        if {key, keys[0]} <= person_by_key.keys()
    }
    one_row = sorted(
        (first, second)
        for first, second in pairs
        if first != second and frozenset((first, second)) not in distinct_pairs
    )
    comparisons = [
        comparison
        for comparison in comparisons
        if frozenset((comparison.first.id, comparison.second.id)) not in distinct_pairs
    ]
    return person_by_key, members, comparisons, one_row


async def _named(graph: Graph, viewer: Viewer, pairs: list[ScoredPair]) -> list[Duplicate]:
    everybody = await read_profiles(graph, viewer, [id for pair in pairs for id in (pair.first, pair.second)])
    return [Duplicate(everybody[pair.first], everybody[pair.second], pair.probability, pair.reasons) for pair in pairs]
