"""Visibility requests: an asker requests a colleague's name, and the colleague consents or declines.

Until they consent, colleagues who share a source are not introducers on other members' routes
(Viewer.withheld_colleagues), in any answer. The asker sees only the strength label of the best route through them
(docs/decisions/0014-team-routes.md).
"""

from dataclasses import dataclass
from datetime import date

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.days import day_of
from graph.ids import stable_id
from graph.introductions.introducer_consent import routes_through, viewers_by_consent
from graph.introductions.routes import search_routes
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import ResolvedTarget, hide_objector
from graph.networks.members import list_members
from graph.networks.permissions import Operation, check_permission
from graph.networks.sources import IntroducerVisibility
from graph.networks.state import NetworkState
from graph.viewer import Viewer

_CREATE_VISIBILITY_REQUESTS = cypher.load("sharing/create_visibility_requests")
_ANSWER_VISIBILITY_REQUEST = cypher.load("sharing/answer_visibility_request")
_LIST_VISIBILITY_REQUESTS = cypher.load("sharing/list_visibility_requests")
_SET_INTRODUCER_VISIBILITY = cypher.load("sharing/set_introducer_visibility")


@dataclass(frozen=True, slots=True)
class VisibilityRequest:
    """A member's request that the viewer be named on routes to `target`. `consented` is None until the viewer answers.

    `asker_name` can change at any time; `asker_id` cannot. `day` is the day of the request.
    """

    id: str
    asker_name: str
    asker_id: str
    target: Person
    day: int
    consented: bool | None


async def request_visibility(
    graph: Graph, state: NetworkState, viewer: Viewer, target: ResolvedTarget, *, today: date, max_introducers: int = 2
) -> bool:
    """Ask the colleagues on the best withheld route to `target` to be named. Returns False if no route is withheld."""
    current, if_all_agreed = await viewers_by_consent(graph, viewer, target.ids)
    is_nothing_withheld = current.withheld_colleagues == if_all_agreed.withheld_colleagues
    if is_nothing_withheld or hide_objector(viewer, target) is not target:
        return False
    routes = await search_routes(
        graph, if_all_agreed, targets=target.ids, max_introducers=max_introducers, colleagues=viewer.colleagues
    )
    withheld_routes = routes_through(routes, current.withheld_colleagues)
    if not withheld_routes:
        return False
    colleagues = {*current.withheld_colleagues}.intersection(withheld_routes[0].people)
    rows = [
        {"colleague": member, "id": stable_id("reveal", viewer.network, viewer.member, member, target.person.id)}
        for member in state.roles
        if state.people_by_member[member] in colleagues
    ]
    created = await graph.run(
        _CREATE_VISIBILITY_REQUESTS,
        network=viewer.network,
        member=viewer.member,
        target=target.person.id,
        rows=rows,
        day=day_of(today),
    )
    return bool(created)


async def list_visibility_requests(graph: Graph, viewer: Viewer) -> list[VisibilityRequest]:
    """The requests the viewer received from current members, newest first."""
    rows = await graph.run(_LIST_VISIBILITY_REQUESTS, network=viewer.network, member=viewer.member)
    names = {member.id: member.display_name(viewer.member) for member in await list_members(graph, viewer.network)}
    targets = await read_profiles(graph, viewer, [row["target"] for row in rows])
    return [
        VisibilityRequest(
            row["id"], names[row["asker"]], row["asker"], targets[row["target"]], row["day"], row["consented"]
        )
        for row in rows
        if row["asker"] in names
    ]


async def answer_visibility_request(graph: Graph, viewer: Viewer, id: str, *, consented: bool) -> bool:
    """Consent to being named, or decline. Returns False if the viewer received no request with this id."""
    (row,) = await graph.run(
        _ANSWER_VISIBILITY_REQUEST, network=viewer.network, member=viewer.member, id=id, consented=consented
    )
    return bool(row["answered"])


async def set_introducer_visibility(
    graph: Graph, state: NetworkState, member: str, visibility: IntroducerVisibility
) -> None:
    """Set when colleagues are named. Raises PermissionDenied unless the member is an owner."""
    check_permission(Operation.MANAGE_OWNERS, state.roles[member])
    await graph.run(_SET_INTRODUCER_VISIBILITY, network=state.network, introducer_visibility=visibility.value)
