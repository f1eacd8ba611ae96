"""When whoever asks is told through which colleague a route leads: at once, or when that colleague agrees.

Until then colleagues who share are no introducers of anybody else's (Viewer.discreet), in whatever answer, and what
would be found with them is told as one word (docs/decisions/0014-team-routes.md).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import cypher
from graph.answers import Person
from graph.compare import mark
from graph.find import Target
from graph.members import members
from graph.network import State, day_of
from graph.objecting import heeded
from graph.rights import Act, check
from graph.routes import Found, Ways, search
from graph.seen import Pair, Tie, people, told
from graph.session import Graph
from graph.viewer import Viewer

ANSWERED = cypher.load("reveals_answered")
ASK = cypher.load("reveal_ask")
ANSWER = cypher.load("reveal_answer")
LIST = cypher.load("reveals")
SET = cypher.load("network_reveal")


@dataclass(frozen=True, slots=True)
class Reveal:
    """That a member asked the viewer to be named on ways to a `target`; `agreed` is None until they answer."""

    id: str
    asker: str
    target: Person
    day: int
    agreed: bool | None


async def as_agreed(graph: Graph, viewer: Viewer, targets: Sequence[str]) -> tuple[Viewer, Viewer]:
    """The viewer as far as colleagues agreed to be named on ways to a target, and as if all had who did not decline."""
    if not viewer.discreet:
        return viewer, viewer
    rows = await answered(graph, viewer, targets)
    agreed, declined = [{row["person"] for row in rows if row["agreed"] is said} for said in (True, False)]
    still = tuple(person for person in viewer.discreet if person not in agreed)
    silent = tuple(person for person in still if person in declined)
    return replace(viewer, discreet=still), replace(viewer, discreet=silent)


def withheld(ways: Ways, discreet: Collection[str]) -> list[Found]:
    """The ways that lead through somebody who has not agreed to be named."""
    return [way for way in ways.found if not {*discreet}.isdisjoint(way.people)]


def word_of(way: Sequence[Pair], ties: Mapping[Pair, Tie]) -> float | None:
    """How strong a way is that is not to be told, of the pairs it needs: the least odds of its weakest step's word."""
    if not ties.keys() >= {*way}:
        return None  # it went while ties are derived
    return told(min(ties[way[-1]].answers, *(ties[pair].acts for pair in way)), veiled=True).acts


async def ask_to_reveal(
    graph: Graph, found: State, viewer: Viewer, target: Target, *, today: date, max_introducers: int = 2
) -> bool:
    """Ask whoever the best way of such a length that is withheld leads through; whether there is one."""
    seen, whole = await as_agreed(graph, viewer, target.ids)
    if seen.discreet == whole.discreet or heeded(viewer, target) is not target:
        return False
    there = await search(
        graph, whole, targets=target.ids, max_introducers=max_introducers, colleagues=viewer.colleagues
    )
    ways = withheld(there, seen.discreet)
    if not ways:
        return False
    asked = {*seen.discreet}.intersection(ways[0].people)
    rows = [
        {"colleague": member, "id": mark("reveal", viewer.network, viewer.member, member, target.person.id)}
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
    """Say when colleagues are named. Raises NotAllowed to whoever is no owner."""
    check(Act.OWNERS, found.roles[member])
    await graph.run(SET, network=found.network, reveal=reveal)


async def known_alone(graph: Graph, viewer: Viewer, pairs: Iterable[Pair]) -> set[Pair]:
    """Of which pairs the viewer is told no more than their own sources say: a colleague among them has not agreed."""
    apart = {pair for pair in pairs if viewer.person_id not in pair and not {*viewer.discreet}.isdisjoint(pair)}
    if not apart:
        return apart
    rows = await answered(graph, viewer, {id for pair in apart for id in pair})
    agreed = {(row["person"], row["target"]) for row in rows if row["agreed"]}
    return {
        pair for pair in apart if any(way[0] in viewer.discreet and way not in agreed for way in (pair, pair[::-1]))
    }


async def answered(graph: Graph, viewer: Viewer, targets: Iterable[str]) -> list[dict[str, Any]]:
    """Who said whether they will be named to the viewer, on ways to which of these people."""
    return await graph.run(ANSWERED, network=viewer.network, member=viewer.member, targets=sorted(targets))
