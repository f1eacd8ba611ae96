"""Whom no route is to lead through: "not through me", or through whomever a member says it of.

Of one's own person it binds everybody; of anybody else whoever says it, or all of them where an owner or admin does. It
is kept by identities, so that it holds when a source returns, and looked up as the network's state is read: nobody who
is passed over stands between two in any answer, and each can be asked for (docs/decisions/0014-team-routes.md).
"""

from dataclasses import dataclass
from datetime import date

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import InvalidSharingRequest
from graph.ids import stable_id
from graph.networks.permissions import Act, check
from graph.networks.state import State, manages
from graph.viewer import Viewer

WRITE = cypher.load("sharing/exclude_introducer")
UNDO = cypher.load("sharing/undo_exclusion")
LIST = cypher.load("sharing/list_excluded_introducers")
KEYS = cypher.load("lookup/list_person_identities")


@dataclass(frozen=True, slots=True)
class NotARoute:
    """Somebody whom the viewer passes over, or `everybody` does. `says` is what they were called on that `day`."""

    id: str
    says: str
    day: int
    everybody: bool


async def not_routes(graph: Graph, found: State, viewer: Viewer) -> list[NotARoute]:
    """Whom the viewer said it of, newest first; to those who manage the network also whom members did who have left."""
    rows = await graph.run(LIST, network=viewer.network, member=viewer.member, managing=manages(found, viewer))
    return [NotARoute(row["id"], row["says"], row["at"], row["everybody"]) for row in rows]


async def pass_over(
    graph: Graph, found: State, viewer: Viewer, person: str, *, today: date, everybody: bool = False
) -> None:
    """Let no route lead through a person, an id: the viewer's, with `everybody` anybody's; the same again is nothing.

    Raises InvalidSharingRequest where that is nobody in view, PermissionDenied where it is not the viewer's to say for
    everybody.
    """
    own = person == viewer.person_id
    if everybody and not own:
        check(Act.MEMBERS, found.roles[viewer.member])
    rows = await graph.run(KEYS, network=viewer.network, id=person, sources=viewer.sources)
    if not rows:
        raise InvalidSharingRequest("Nobody is meant by that: name somebody whom your sources know.")
    keys = [row["key"] for row in rows]
    await graph.run(
        WRITE,
        network=viewer.network,
        member=viewer.member,
        id=stable_id("not a route", viewer.network, viewer.member, everybody or own, *keys),
        says=next((row["name"] for row in rows if row["name"]), keys[0].partition(":")[2]),
        keys=keys,
        own=own,
        everybody=everybody or own,
        at=day_of(today),
    )


async def undo(graph: Graph, found: State, viewer: Viewer, id: str) -> bool:
    """Take it back; whether there was anything of this id that is the viewer's to take back."""
    (row,) = await graph.run(UNDO, network=viewer.network, member=viewer.member, id=id, managing=manages(found, viewer))
    return bool(row["undone"])
