"""Excluded introducers: people through whom no route leads ("not through me", or through somebody else).

Members who exclude themselves are excluded for everybody. Any other person is excluded for the member who asks, or for
all members if an owner or admin asks. Exclusions store identities, so that they apply again when a source is loaded
again, and read_state resolves them to people. An excluded person is never an introducer in any answer, but can be a
target (docs/decisions/0014-team-routes.md).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import InvalidSharingRequest
from graph.ids import stable_id
from graph.lookup.identities import find_person_of, visible_labels
from graph.networks.permissions import Operation, check_permission
from graph.networks.state import NetworkState, is_manager
from graph.viewer import Viewer

_EXCLUDE_INTRODUCER = cypher.load("sharing/exclude_introducer")
_UNEXCLUDE_INTRODUCER = cypher.load("sharing/unexclude_introducer")
_LIST_EXCLUDED_INTRODUCERS = cypher.load("sharing/list_excluded_introducers")
_LIST_PERSON_IDENTITIES = cypher.load("lookup/list_person_identities")


@dataclass(frozen=True, slots=True)
class ExcludedIntroducer:
    """A person excluded by the viewer, or by a departed member. `label` is their name in the viewer's sources."""

    id: str
    label: str
    day: int
    for_everybody: bool


async def list_excluded_introducers(graph: Graph, state: NetworkState, viewer: Viewer) -> list[ExcludedIntroducer]:
    """The viewer's exclusions, newest first. Owners and admins also see those of departed members."""
    rows = await read_exclusion_rows(graph, state, viewer)
    return [ExcludedIntroducer(row["id"], row["label"], row["day"], row["for_everybody"]) for row in rows]


async def read_exclusion_rows(graph: Graph, state: NetworkState, viewer: Viewer) -> list[dict[str, Any]]:
    """The same as rows, with the identities (`keys`) that each excludes."""
    rows = await graph.run(
        _LIST_EXCLUDED_INTRODUCERS,
        network=viewer.network,
        member=viewer.member,
        is_manager=is_manager(state, viewer),
    )
    labels = await visible_labels(graph, viewer, [row["keys"] for row in rows])
    return [{**row, "label": label} for row, label in zip(rows, labels, strict=True)]


async def exclude_introducer(
    graph: Graph, state: NetworkState, viewer: Viewer, person: str, *, today: date, for_everybody: bool = False
) -> str:
    """Exclude a person (an id) as introducer on the viewer's routes, or on everybody's. Repeating it changes nothing.

    Returns the id of the exclusion. Raises InvalidSharingRequest if the person is not in view, PermissionDenied if the
    viewer may not decide for everybody.
    """
    is_self = person == viewer.person_id
    if for_everybody and not is_self:
        check_permission(Operation.MANAGE_MEMBERS, state.roles[viewer.member])
    rows = await graph.run(_LIST_PERSON_IDENTITIES, network=viewer.network, id=person, sources=viewer.sources)
    if not rows:
        raise InvalidSharingRequest("No such person: name somebody who occurs in your sources.")
    keys = [row["key"] for row in rows]
    id = stable_id("not a route", viewer.network, viewer.member, for_everybody or is_self, *keys)
    await graph.run(
        _EXCLUDE_INTRODUCER,
        network=viewer.network,
        member=viewer.member,
        id=id,
        keys=keys,
        is_self=is_self,
        for_everybody=for_everybody or is_self,
        day=day_of(today),
    )
    return id


async def read_excluded_person(graph: Graph, state: NetworkState, viewer: Viewer, id: str) -> str | None:
    """The id of the person whom this exclusion excludes. None if no source in view names the person."""
    rows = await read_exclusion_rows(graph, state, viewer)
    keys = next((row["keys"] for row in rows if row["id"] == id), ())
    return await find_person_of(graph, viewer, keys)


async def unexclude_introducer(graph: Graph, state: NetworkState, viewer: Viewer, id: str) -> bool:
    """Delete an exclusion. Returns False if there is none with this id that the viewer may delete."""
    (row,) = await graph.run(
        _UNEXCLUDE_INTRODUCER,
        network=viewer.network,
        member=viewer.member,
        id=id,
        is_manager=is_manager(state, viewer),
    )
    return bool(row["undone"])
