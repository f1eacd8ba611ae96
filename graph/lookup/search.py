"""Searches people by name, address or profile."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.lookup.index import Lookups
from graph.lookup.padding import pad_duration
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import find_by_name, ids_of_exact_match, is_viewer
from graph.names.keys import clean_text
from graph.ties.evidence import Tie, label_only_pairs, read_evidence, read_ties
from graph.viewer import Viewer

_FILTER_LISTED = cypher.load("lookup/filter_listed_people")


class Relation(StrEnum):
    """The relation of a person to the viewer: the viewer, somebody who knows them, or why there is no tie."""

    SELF = "self"
    TIE = "tie"
    ONE_SIDED = "one_sided"
    """Only one of the two ever contacted the other."""
    LISTED = "listed"
    """The viewer's sources list the person and show no contact."""
    NO_TIE = "no_tie"


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """A search result. `tie` is the tie of the person to the viewer, None unless `relation` is TIE."""

    person: Person
    last: int | None
    tie: Tie | None
    relation: Relation = Relation.NO_TIE


async def search_people(
    graph: Graph,
    viewer: Viewer,
    text: str,
    limit: int,
    *,
    after: str | None = None,
    among: AbstractSet[str] | None = None,
) -> list[PersonMatch]:
    """Return the people that a search finds: the best match first, then the latest contact with the viewer.

    With `after`, the id of a person, returns those who come after that person. Empty if the search does not find the
    person. `among` limits the people: one of a person's probable duplicates is enough. The time is padded
    (graph.lookup.padding).
    """
    began = monotonic()
    matches = await _people(Lookups(graph, viewer), text, limit, after, among)
    await pad_duration(began)
    return matches


async def filter_listed_people(graph: Graph, viewer: Viewer, ids: Sequence[str]) -> set[str]:
    """Return those of these people whom a source of the viewer lists now."""
    if not ids:
        return set()
    rows = await graph.run(
        _FILTER_LISTED, network=viewer.network, member=viewer.member, ids=list(ids), sources=list(viewer.sources)
    )
    return {row["id"] for row in rows}


async def _people(
    lookups: Lookups, text: str, limit: int, after: str | None, among: AbstractSet[str] | None
) -> list[PersonMatch]:
    graph, viewer = lookups.graph, lookups.viewer
    asked = clean_text(text)
    exact = [viewer.person_id] if is_viewer(asked) and viewer.person_id else await ids_of_exact_match(lookups, asked)
    if exact and among is not None and among.isdisjoint(exact):
        return []
    if exact:
        return await _with_relations(graph, viewer, [await _known(graph, viewer, exact[0])]) if after is None else []
    humans = await find_by_name(lookups, asked)
    if among is not None:
        humans = [human for human in humans if not among.isdisjoint(human.ids)]
    if after is not None:
        humans = humans[next((place for place, human in enumerate(humans, 1) if human.id == after), len(humans)) :]
    humans = humans[:limit]
    everybody = await read_profiles(graph, viewer, [human.id for human in humans])
    me = viewer.person_id or ""
    hidden = await label_only_pairs(graph, viewer, [(row["id"], me) for human in humans for row in human.rows])
    label_only = {one for one, _ in hidden}
    matches = [PersonMatch(everybody[human.id], human.last, human.tie(label_only)) for human in humans]
    return await _with_relations(graph, viewer, matches)


async def _with_relations(graph: Graph, viewer: Viewer, matches: list[PersonMatch]) -> list[PersonMatch]:
    """The matches with the relation of each to the viewer."""
    me = viewer.person_id or ""
    ids = [match.person.id for match in matches if match.tie is None and match.person.id != me]
    seen = await read_evidence(graph, viewer, [(id, me) for id in ids] if me else [])
    listed = await filter_listed_people(graph, viewer, ids)

    def relation(match: PersonMatch) -> Relation:
        id = match.person.id
        if id == me:
            return Relation.SELF
        if match.tie is not None:
            return Relation.TIE
        contacts = [bool(seen[pair].counts) for pair in ((id, me), (me, id)) if pair in seen]
        if any(contacts):
            return Relation.NO_TIE if contacts == [True, True] else Relation.ONE_SIDED
        return Relation.LISTED if id in listed else Relation.NO_TIE

    return [replace(match, relation=relation(match)) for match in matches]


async def _known(graph: Graph, viewer: Viewer, id: str) -> PersonMatch:
    person = (await read_profiles(graph, viewer, [id]))[id]
    if viewer.person_id is None:
        return PersonMatch(person, None, None)
    pair = (id, viewer.person_id)
    seen = await read_evidence(graph, viewer, [pair])
    days = [one.last_day for one in seen.values() if one.last_day is not None]
    tie = (await read_ties(graph, viewer, [pair], unroutable=True)).get(pair)
    return PersonMatch(person, max(days, default=None), tie)
