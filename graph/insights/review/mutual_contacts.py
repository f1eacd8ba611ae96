"""Finds the people who know both the viewer and somebody who wants to connect, as the viewer may see their ties."""

from collections.abc import Sequence
from typing import Any

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.insights.review.invitations import MAX_MUTUAL_CONTACTS, MutualContact
from graph.lookup.profiles import read_profiles
from graph.ties.evidence import label_only_pairs, visible_tie
from graph.viewer import Viewer

_LIST_MUTUAL_CONTACTS = cypher.load("insights/list_mutual_contacts")
_AT_ONCE = 1_000
_READ_FOR_EACH = 20


async def find_mutual_contacts(
    graph: Graph, viewer: Viewer, ids: Sequence[str]
) -> dict[str, tuple[MutualContact, ...]]:
    """Return the mutual contacts of each of these people, the strongest tie to the viewer first.

    Colleagues who have not agreed to be named, excluded introducers and archived people are left out. The contacts of
    such a colleague are not shown either.
    """
    me = viewer.person_id
    if me is None:
        return {}
    rows = [
        row
        for some in batches((id for id in ids if id not in viewer.withheld_colleagues), _AT_ONCE)
        for row in await graph.run(
            _LIST_MUTUAL_CONTACTS,
            network=viewer.network,
            viewer_id=me,
            ids=some,
            never=list(viewer.ineligible_introducers),
            audiences=viewer.audiences,
            limit=_READ_FOR_EACH,
        )
    ]
    people = list(dict.fromkeys(id for row in rows for id, _ in row["contacts"]))
    profiles = await read_profiles(graph, viewer, people)
    label_only = await label_only_pairs(graph, viewer, [(id, me) for id in people])

    def contact(id: str, strength: float) -> MutualContact:
        tie = visible_tie(strength, label_only=(id, me) in label_only)
        return MutualContact(profiles[id], tie.strength, tie.label_only)

    def strongest(contacts: Sequence[Sequence[Any]]) -> tuple[MutualContact, ...]:
        # by what the viewer may see of each strength, not by the strength itself
        shown = (contact(id, strength) for id, strength in contacts)
        return tuple(sorted(shown, key=lambda one: (-one.strength, one.person.name, one.person.id)))[
            :MAX_MUTUAL_CONTACTS
        ]

    return {row["id"]: strongest(row["contacts"]) for row in rows}
