"""When whoever asks is told through which colleague a route leads: at once, or when that colleague agrees.

Until then colleagues who share are no introducers of anybody else's (Viewer.discreet), in whatever answer, and what
would be found with them is told as one word (docs/decisions/0014-team-routes.md).
"""

from dataclasses import dataclass
from datetime import date

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.days import day_of
from graph.ids import stable_id
from graph.introductions.introducer_consent import routes_through, viewers_by_consent
from graph.introductions.routes import search
from graph.lookup.profiles import people
from graph.lookup.resolve import Target, heeded
from graph.networks.members import members
from graph.networks.permissions import Act, check
from graph.networks.state import State
from graph.viewer import Viewer

ASK = cypher.load("sharing/create_naming_requests")
ANSWER = cypher.load("sharing/answer_naming_request")
LIST = cypher.load("sharing/list_naming_requests")
SET = cypher.load("sharing/set_naming_policy")


@dataclass(frozen=True, slots=True)
class Reveal:
    """That a member asked the viewer to be named on ways to a `target`; `agreed` is None until they answer."""

    id: str
    asker: str
    target: Person
    day: int
    agreed: bool | None


async def ask_to_reveal(
    graph: Graph, found: State, viewer: Viewer, target: Target, *, today: date, max_introducers: int = 2
) -> bool:
    """Ask whoever the best way of such a length that is withheld leads through; whether there is one."""
    seen, whole = await viewers_by_consent(graph, viewer, target.ids)
    if seen.withheld_colleagues == whole.withheld_colleagues or heeded(viewer, target) is not target:
        return False
    there = await search(
        graph, whole, targets=target.ids, max_introducers=max_introducers, colleagues=viewer.colleagues
    )
    ways = routes_through(there, seen.withheld_colleagues)
    if not ways:
        return False
    asked = {*seen.withheld_colleagues}.intersection(ways[0].people)
    rows = [
        {"colleague": member, "id": stable_id("reveal", viewer.network, viewer.member, member, target.person.id)}
        for member in found.roles
        if found.members[member] in asked
    ]
    ends = {"network": viewer.network, "member": viewer.member}
    return bool(await graph.run(ASK, **ends, target=target.person.id, rows=rows, at=day_of(today)))


async def reveals(graph: Graph, viewer: Viewer) -> list[Reveal]:
    """Who asked the viewer to be named, newest first."""
    rows = await graph.run(LIST, network=viewer.network, member=viewer.member)
    called = {one.id: one.called(viewer.member) for one in await members(graph, viewer.network)}
    targets = await people(graph, viewer, [row["target"] for row in rows])
    return [
        Reveal(row["id"], called[row["asker"]], targets[row["target"]], row["at"], row["agreed"])
        for row in rows
        if row["asker"] in called
    ]


async def answer(graph: Graph, viewer: Viewer, id: str, *, agreed: bool) -> bool:
    """Agree to be named, or not to be; whether the viewer was asked by this id."""
    (row,) = await graph.run(ANSWER, network=viewer.network, member=viewer.member, id=id, agreed=agreed)
    return bool(row["answered"])


async def set_reveal(graph: Graph, found: State, member: str, reveal: str) -> None:
    """Say when colleagues are named. Raises PermissionDenied to whoever is no owner."""
    check(Act.OWNERS, found.roles[member])
    await graph.run(SET, network=found.network, reveal=reveal)
