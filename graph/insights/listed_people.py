"""Reads the people whom the viewer's own sources list, each with the evidence and the ties between the two.

Every report about the viewer's network reads them here: two round trips, whatever the number of people.
"""

import asyncio
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import cypher
from graph.answers import Person, Unreachable
from graph.database.client import Graph
from graph.insights.contacts import NO_CONTACT, Contact, Edge, last_contact_day, sum_contacts
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState
from graph.ties.evidence import label_only_pairs, visible_tie
from graph.ties.reachability import find_unreachable_people
from graph.viewer import Viewer

LIST_CONNECTIONS = cypher.load("insights/list_connections")
LIST_CONTACTS_OF_VIEWER = cypher.load("insights/list_contacts_of_viewer")
LIST_TIES_OF_VIEWER = cypher.load("insights/list_ties_of_viewer")


@dataclass(frozen=True, slots=True)
class DuplicateInContact:
    """A person who had contact with the viewer, the last on this day, and is a probable duplicate of another."""

    person: Person
    last_contact: int


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person whom at least one of the viewer's own sources lists.

    Days are counted from 1970-01-01.

    Fields:
        listed_on: the first day on which a source states that the person is a connection; None if none states a day.
        listed_by: ids of the viewer's sources that list the person.
        outwards, inwards: the contact of the viewer towards the person, and of the person towards the viewer.
        strength: the probability that the person responds to the viewer; None without a tie.
        reverse_strength: the probability that the viewer responds to the person; None without a tie.
        label_only: each strength is the lower bound of its label, because the viewer may see no number.
        coverage_until: the last day on which a source that lists the person or has evidence could contain contact.
            Silence after it means nothing. None if no such source states a day.
        statements: by channel, the day of the viewer's statement about the tie that is valid now.
        unreachable: why the person cannot be reached; None if they can.
        duplicate: the probable duplicate with whom the viewer had contact last; None if the viewer had contact with the
            person, or with no probable duplicate.
    """

    person: Person
    listed_on: int | None
    listed_by: tuple[str, ...]
    outwards: Contact = NO_CONTACT
    inwards: Contact = NO_CONTACT
    strength: float | None = None
    reverse_strength: float | None = None
    label_only: bool = False
    coverage_until: int | None = None
    statements: Mapping[str, int] = field(default_factory=dict)
    unreachable: Unreachable | None = None
    duplicate: "DuplicateInContact | None" = None

    @property
    def first_contact(self) -> int | None:
        """The day of the first contact in either direction; None without contact."""
        return min((contact.days[0] for contact in (self.outwards, self.inwards) if contact.days), default=None)

    @property
    def last_contact(self) -> int | None:
        """The day of the last contact in either direction; None without contact."""
        return max((contact.days[-1] for contact in (self.outwards, self.inwards) if contact.days), default=None)

    @property
    def silent_days(self) -> int | None:
        """The days from the last contact to the end of the coverage, 0 or more; None without contact or coverage."""
        if self.last_contact is None or self.coverage_until is None:
            return None
        return max(0, self.coverage_until - self.last_contact)


class PeopleSelection(Enum):
    """The selection of people that a reading returns."""

    LISTED = auto()
    """Everybody whom the viewer's own sources list."""
    WITH_CONTACT = auto()
    """Everybody with evidence of contact with the viewer, listed or not."""
    LISTED_OR_WITH_CONTACT = auto()


async def read_listed_people(
    graph: Graph,
    state: NetworkState,
    viewer: Viewer,
    *,
    selection: PeopleSelection = PeopleSelection.LISTED,
) -> tuple[ListedPerson, ...]:
    """Return the selected people as of today, by name and id.

    People who objected to the use of their data and whom the viewer archived are left out.
    """
    me = viewer.person_id or ""
    listed, (contacts,), (ties,) = await asyncio.gather(
        _read_entries(graph, viewer),
        graph.run(
            LIST_CONTACTS_OF_VIEWER,
            network=viewer.network,
            viewer_id=me,
            sources=viewer.evidence_sources,
            circle=viewer.duplicate_audiences,
        ),
        graph.run(LIST_TIES_OF_VIEWER, network=viewer.network, viewer_id=me, audiences=viewer.visible_audiences),
    )
    left_out = viewer.archived_people.union(viewer.objectors)
    entries = {id: rows for id, rows in listed if id not in left_out}
    rows = [row for row in contacts["people"] if row[0] not in left_out]
    edges_by_id = {id: edges for id, edges, _ in rows}
    contact_entries = {id: entries.get(id, []) for id in edges_by_id}
    if selection is PeopleSelection.WITH_CONTACT:
        entries = contact_entries
    elif selection is PeopleSelection.LISTED_OR_WITH_CONTACT:
        entries |= contact_entries
    if not entries:
        return ()
    duplicates_by_id = {id: duplicates for id, _, duplicates in rows if duplicates}
    # in a thread: many people may have duplicates
    duplicates = await asyncio.to_thread(
        _duplicates_in_contact, edges_by_id, duplicates_by_id, entries.keys(), viewer.as_of
    )
    ties_by_id = {id: strengths for id, *strengths, _ in ties["ties"] if id in entries}
    named, label_only, unreachable = await asyncio.gather(
        read_profiles(graph, viewer, [*entries, *(other for other, _ in duplicates.values())]),
        label_only_pairs(graph, viewer, [(id, me) for id in ties_by_id]),
        find_unreachable_people(graph, viewer, entries),
    )
    people = {id: person for id, person in named.items() if not person.shared}
    coverage = {source.id: source.coverage_until for source in state.stored_sources}

    def build() -> tuple[ListedPerson, ...]:
        built = (
            _listed_person(
                people[id],
                rows,
                edges_by_id.get(id, ()),
                ties_by_id.get(id, (None, None)),
                coverage,
                viewer.as_of,
                label_only=(id, me) in label_only,
                unreachable=unreachable.get(id),
                duplicate=_duplicate(people, *duplicates[id]) if id in duplicates else None,
            )
            for id, rows in entries.items()
            if id in people
        )
        return tuple(sorted(built, key=lambda one: (one.person.name.casefold(), one.person.id)))

    # in a thread: it takes a second for hundreds of thousands of interactions
    return await asyncio.to_thread(build)


async def list_connection_ids(graph: Graph, viewer: Viewer) -> set[str]:
    """Return the ids of the people whom `read_listed_people` returns, in one query, without names, contact and ties."""
    rows = await _read_entries(graph, viewer)
    return {id for id, _ in rows} - viewer.archived_people.union(viewer.objectors)


async def _read_entries(graph: Graph, viewer: Viewer) -> list[tuple[str, list[list[Any]]]]:
    (row,) = await graph.run(
        LIST_CONNECTIONS,
        network=viewer.network,
        member=viewer.member,
        viewer_id=viewer.person_id or "",
        sources=viewer.sources,
        as_of=viewer.as_of,
    )
    return [(id, entries) for id, entries in row["people"]]


def _duplicates_in_contact(
    edges_by_id: Mapping[str, Sequence[Edge]],
    duplicates_by_id: Mapping[str, Sequence[str]],
    entries: AbstractSet[str],
    as_of: int,
) -> dict[str, tuple[str, int]]:
    """Return for people without contact the probable duplicate who had contact last, and the day."""
    contacts: dict[str, tuple[str, int]] = {}
    for id, duplicates in duplicates_by_id.items():
        last = last_contact_day(edges_by_id[id], as_of)
        if last is None:
            continue
        for duplicate in (each for each in duplicates if each in entries):
            if last_contact_day(edges_by_id.get(duplicate, ()), as_of) is None:
                contacts[duplicate] = max(contacts.get(duplicate, ("", last)), (id, last), key=lambda each: each[::-1])
    return contacts


def _duplicate(people: Mapping[str, Person], id: str, last_contact: int) -> DuplicateInContact | None:
    return DuplicateInContact(people[id], last_contact) if id in people else None


def _listed_person(
    person: Person,
    entries: Sequence[Sequence[Any]],
    edges: Sequence[Sequence[Any]],
    strengths: Sequence[float | None],
    coverage: Mapping[str, int | None],
    as_of: int,
    *,
    label_only: bool,
    unreachable: Unreachable | None,
    duplicate: DuplicateInContact | None,
) -> ListedPerson:
    sources = {source for source, _ in entries}
    ends = [day for source in {*sources, *(edge[3] for edge in edges)} if (day := coverage.get(source)) is not None]
    covered = min(as_of, max(ends)) if ends else None
    outwards, inwards, statements = sum_contacts(edges, as_of, covered)
    shown = [
        None if strength is None else visible_tie(strength, label_only=label_only).strength for strength in strengths
    ]
    return ListedPerson(
        person=person,
        listed_on=min((day for _, day in entries if day is not None), default=None),
        listed_by=tuple(sorted(sources)),
        outwards=outwards,
        inwards=inwards,
        strength=shown[0],
        reverse_strength=shown[1],
        label_only=label_only,
        coverage_until=covered,
        statements=statements,
        unreachable=unreachable,
        duplicate=duplicate,
    )
