"""Stores when colleagues are named as introducers, and finds routes through colleagues whose name is withheld.

Until they accept an introduction request, colleagues who share a source are not introducers on other members' routes
(Viewer.withheld_colleagues), in any answer. The asker sees only the strength label of the best route through them
(docs/decisions/0014-team-routes.md).
"""

from collections.abc import Sequence
from dataclasses import replace

import cypher
from graph.database.client import Graph
from graph.introductions.introducer_consent import asked_colleagues, viewers_by_consent
from graph.introductions.routes import FoundRoute, search_routes
from graph.networks.permissions import Operation, check_permission
from graph.networks.sources import IntroducerVisibility
from graph.networks.state import NetworkState
from graph.viewer import Viewer

_SET_INTRODUCER_VISIBILITY = cypher.load("sharing/set_introducer_visibility")

_MAX_ROUTES = 20


async def find_withheld_route(
    graph: Graph, viewer: Viewer, targets: Sequence[str], *, max_introducers: int = 2
) -> FoundRoute | None:
    """The best route that starts at a colleague who is not named, and whom the viewer has not asked for the target.

    It does not depend on whom the viewer excluded or archived. `targets` are probably one person. None if no such
    colleague is left.
    """
    named, _ = await viewers_by_consent(graph, viewer, targets)
    asked = await asked_colleagues(graph, viewer, targets)
    withheld = {*named.withheld_colleagues} - asked
    if not withheld:
        return None
    wider = named.without_own_choices()
    result = await search_routes(
        graph,
        replace(wider, withheld_colleagues=tuple(sorted(asked.intersection(named.withheld_colleagues)))),
        targets=targets,
        limit=_MAX_ROUTES,
        max_introducers=max_introducers,
        colleagues=wider.colleagues,
    )
    return next((route for route in result.routes if route.people[0] in withheld), None)


async def set_introducer_visibility(
    graph: Graph, state: NetworkState, member: str, visibility: IntroducerVisibility
) -> None:
    """Set when colleagues are named. Raises PermissionDenied unless the member is an owner."""
    check_permission(Operation.MANAGE_OWNERS, state.roles[member])
    await graph.run(_SET_INTRODUCER_VISIBILITY, network=state.network, introducer_visibility=visibility.value)
