"""Reads the people whom the viewer's own sources list, each with the evidence and the ties between the two.

Every report about the viewer's network reads them here: six queries, whatever the number of people.
"""

import asyncio
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import cypher
from graph.answers import Person, Unreachable
from graph.database.client import Graph
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState
from graph.strength.model import model
from graph.ties.evidence import label_only_pairs, visible_tie
from graph.ties.reachability import find_unreachable_people
from graph.viewer import Viewer

LIST_CONNECTIONS = cypher.load("insights/list_connections")
LIST_CONTACTS_OF_VIEWER = cypher.load("insights/list_contacts_of_viewer")
LIST_TIES_OF_VIEWER = cypher.load("insights/list_ties_of_viewer")

_Slot = tuple[str, str, str, int]
"""Two identities, the channel and the day: counted once over all sources."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What one of two people did towards the other, over all sources in view.

    `days` are the days of messages, calls, small meetings, invitations with a note and recommendations, ascending. An
    endorsement, a reaction or a large meeting alone is no contact: it counts only in `counts`, the number of
    interactions by channel. `answered` are the days of asks with contact back in the time to answer, `unanswered` those
    of asks without, where the sources cover that time. An ask soon after contact of the other is a response.
    """

    days: tuple[int, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    unanswered: tuple[int, ...] = ()
    answered: tuple[int, ...] = ()

    @property
    def first_day(self) -> int | None:
        """The day of the first contact; None without contact."""
        return self.days[0] if self.days else None

    @property
    def last_day(self) -> int | None:
        """The day of the last contact; None without contact."""
        return self.days[-1] if self.days else None

    @property
    def count(self) -> int:
        """The number of interactions on all channels."""
        return sum(self.counts.values())

    def days_until(self, day: int) -> tuple[int, ...]:
        """The days of contact up to a day, that day included."""
        return self.days[: bisect_right(self.days, day)]

    def days_since(self, day: int) -> tuple[int, ...]:
        """The days of contact after a day."""
        return self.days[bisect_right(self.days, day) :]


NO_CONTACT = Contact()


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
    """Which people a reading returns."""

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
    listed = await _read_entries(graph, viewer)
    left_out = viewer.archived_people.union(viewer.objectors)
    entries = {id: rows for id, rows in listed if id not in left_out}
    if not entries and selection is PeopleSelection.LISTED:
        return ()
    (contacts,), (ties,) = await asyncio.gather(
        graph.run(LIST_CONTACTS_OF_VIEWER, network=viewer.network, viewer_id=me, sources=viewer.evidence_sources),
        graph.run(LIST_TIES_OF_VIEWER, network=viewer.network, viewer_id=me, audiences=viewer.visible_audiences),
    )
    edges_by_id = {id: edges for id, edges in contacts["people"] if id not in left_out}
    contact_entries = {id: entries.get(id, []) for id in edges_by_id}
    if selection is PeopleSelection.WITH_CONTACT:
        entries = contact_entries
    elif selection is PeopleSelection.LISTED_OR_WITH_CONTACT:
        entries |= contact_entries
    people = {id: person for id, person in (await read_profiles(graph, viewer, entries)).items() if not person.shared}
    ties_by_id = {id: strengths for id, *strengths, _ in ties["ties"] if id in entries}
    label_only = await label_only_pairs(graph, viewer, [(id, me) for id in ties_by_id])
    unreachable = await find_unreachable_people(graph, viewer, entries)
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
) -> ListedPerson:
    sources = {source for source, _ in entries}
    ends = [day for source in {*sources, *(edge[3] for edge in edges)} if (day := coverage.get(source)) is not None]
    covered = min(as_of, max(ends)) if ends else None
    outwards, inwards, statements = _contacts(edges, as_of, covered)
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
    )


def _contacts(
    edges: Sequence[Sequence[Any]], as_of: int, covered: int | None
) -> tuple[Contact, Contact, dict[str, int]]:
    """Add up the evidence of one pair of people: outwards, inwards, and the viewer's valid statements."""
    if not edges:
        return NO_CONTACT, NO_CONTACT, {}
    weights: dict[bool, dict[_Slot, float]] = {True: {}, False: {}}
    asks: dict[bool, set[int]] = {True: set(), False: set()}
    statements: dict[str, int] = {}
    for i, j, is_outward, _, channel, days, day_weights, ends, ask_days, _ in edges:
        if channel in model().statement_lasts:
            valid = [day for day, end in zip(days, ends, strict=True) if day <= as_of <= end]
            if valid and is_outward:
                statements[channel] = max([*valid, statements.get(channel, 0)])
            continue
        held = weights[is_outward]
        for day, weight in zip(days, day_weights, strict=True):
            if day <= as_of:
                slot = (i, j, channel, day)
                held[slot] = max(weight, held.get(slot, 0.0))
        asks[is_outward].update(day for day in ask_days or () if day <= as_of)
    contact_days = {way: _contact_days(held) for way, held in weights.items()}
    outwards, inwards = (
        Contact(
            days=tuple(sorted(contact_days[way])),
            counts=_counts(weights[way]),
            unanswered=_unanswered(asks[way], contact_days[not way], covered),
            answered=tuple(sorted(day for day in asks[way] if _is_answered(day, contact_days[not way]))),
        )
        for way in (True, False)
    )
    return outwards, inwards, statements


def _contact_days(weights: Mapping[_Slot, float]) -> set[int]:
    return {day for _, _, channel, day in weights if channel in model().reaching}


def _counts(weights: Mapping[_Slot, float]) -> dict[str, int]:
    sums: dict[str, float] = defaultdict(float)
    for (_, _, channel, _), weight in weights.items():
        sums[channel] += weight
    return {channel: max(1, round(total / model().weights[channel])) for channel, total in sorted(sums.items())}


def _unanswered(asks: Collection[int], answers: AbstractSet[int], covered: int | None) -> tuple[int, ...]:
    within = model().answer_within
    return tuple(
        sorted(
            day
            for day in asks
            if covered is not None
            and day + within <= covered
            and answers.isdisjoint(range(day - within, day + within + 1))
        )
    )


def _is_answered(day: int, answers: AbstractSet[int]) -> bool:
    return not answers.isdisjoint(range(day, day + model().answer_within + 1))
