"""Reads the invitations to connect that the viewer sent and received, as the viewer's own sources state them."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.viewer import Viewer

LIST_INVITATIONS = cypher.load("insights/list_invitations")


@dataclass(frozen=True, slots=True)
class ConnectionInvitation:
    """An invitation between the viewer and a person.

    `person_id` is the other person, and `name` how the source calls them. `day` is counted from 1970-01-01.
    `is_listed` is whether the newest archive still contains it: one that was withdrawn or declined is missing. An
    invitation is open if it is listed, and no source of the viewer lists the person. `covered_until` is the last day
    that the sources cover; None if they have none.
    """

    person_id: str
    name: str | None
    day: int
    is_sent: bool
    has_note: bool
    is_listed: bool
    covered_until: int | None = None


async def read_invitations(graph: Graph, viewer: Viewer) -> tuple[ConnectionInvitation, ...]:
    """Return all invitations that the viewer's own sources state, oldest first.

    People who objected and whom the viewer archived are left out.
    """
    rows = await graph.run(
        LIST_INVITATIONS,
        network=viewer.network,
        member=viewer.member,
        viewer_id=viewer.person_id or "",
        sources=viewer.sources,
    )
    left_out = viewer.archived_people.union(viewer.objectors)
    return tuple(
        ConnectionInvitation(
            row["id"],
            row["name"],
            row["day"],
            row["is_sent"],
            row["has_note"],
            is_listed=row["until"] is None,
            covered_until=row["covered_until"],
        )
        for row in rows
        if row["day"] <= viewer.as_of and row["id"] not in left_out
    )
