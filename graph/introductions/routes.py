"""Who can genuinely introduce the viewer to somebody: people to ask, each with the best route through them.

The answer equals exhaustive enumeration, odds and order included; why, and what it costs, stands in
docs/decisions/0004-routes.md.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from time import monotonic
from typing import Any

import cypher
from graph.database.client import Graph
from graph.errors import QueryTimeout
from graph.viewer import Viewer

Told = list[Any]
"""A route as the queries tell it (cypher/routes_one_introducer.cypher)."""


class Form(Enum):
    """How a search for more than one introducer runs. The answer is the same."""

    MEETING = "from both ends, meeting in the middle"
    INWARDS = "from the target, closing on the asker"


ONE = cypher.load("introductions/find_routes_one_introducer")
DEEPER = {
    (2, Form.MEETING): cypher.load("introductions/find_routes_two_introducers"),
    (2, Form.INWARDS): cypher.load("introductions/find_routes_two_introducers_inwards"),
    (3, Form.MEETING): cypher.load("introductions/find_routes_three_introducers"),
    (3, Form.INWARDS): cypher.load("introductions/find_routes_three_introducers_inwards"),
}
HUB = {2: 1, 3: 20}
"""How many times the target's degree the asker's must be for INWARDS to be the faster form: measured."""
GUESSES = {Form.MEETING: (0.55, 0.4, 0.0), Form.INWARDS: (0.8, 0.65, 0.5, 0.0)}
"""How much of the best that there can be the last of the routes told may have. Three introducers are looked for above
the first of these, then above the next, until enough are found: the less can matter, the fewer ties are touched.
Measured; whom many know has many to choose among.
"""


@dataclass(frozen=True, slots=True)
class FoundRoute:
    """A way to somebody. `people` runs from the one to ask to the one who knows the target."""

    people: tuple[str, ...]
    score: float
    target: str


@dataclass(frozen=True, slots=True)
class RouteSearchResult:
    """What a search found, best first. Where it is not `complete`, its time ran out: there may be better ones."""

    routes: tuple[FoundRoute, ...] = ()
    is_complete: bool = True


async def search(
    graph: Graph,
    viewer: Viewer,
    *,
    targets: Sequence[str],
    limit: int = 5,
    max_introducers: int = 2,
    form: Form | None = None,
    colleagues: Sequence[str] = (),
    seconds: float | None = None,
) -> RouteSearchResult:
    """Return the best route of each first introducer: by odds, then fewer hops, then name, then id.

    Routes start at people who know the viewer, and at `colleagues`: that these act is taken for granted and no part of
    the odds. Of equal ones with as many hops the viewer's own come first, then whose colleague acts most surely.

    Several `targets` are probably one human being: each route ends at the one that is best reached, and none leads
    through another. `form` is chosen by the degrees of both ends where it is not given.

    Those who know both ends are always looked for; longer routes only until so many `seconds` have passed.
    """
    ends_at = None if seconds is None else monotonic() + seconds
    if limit < 1 or not 1 <= max_introducers <= 3:
        raise ValueError("a search asks for at least one route, through one to three introducers")
    never = {*targets, *viewer.ineligible_introducers}
    question = {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "targets": sorted(set(targets) - {viewer.person_id}),
        "never": sorted(never),
        "audiences": viewer.audiences,
        "limit": limit,
    }
    ends = next(iter(await graph.run(ONE, colleagues=sorted({*colleagues} - never), **question)), None)
    if ends is None or ends["near"] is None or ends["far"] is None:
        return RouteSearchResult()
    # there cannot be more introducers than people who know the asker
    wanted = min(limit, ends["asker_known"])
    best, complete = _best(ends["routes"]), True
    if max_introducers == 1:
        return RouteSearchResult(ranked(best, limit))
    question |= {"near": ends["near"], "far": ends["far"]}
    chosen = form or _form(max_introducers, ends["asker_known"], ends["target_known"])
    if ends["colleagues"] or chosen is Form.INWARDS:  # each colleague is a mailbox's owner, and so a hub
        chosen, question["colleagues"] = Form.INWARDS, ends["colleagues"]
    most = ends["near"] * ends["far"]
    for guess in GUESSES[chosen] if max_introducers == 3 else (0.0,):
        bound = max(most * guess, _last(best, wanted))
        if most <= bound:
            break
        try:
            hasty = graph if ends_at is None else graph.within(ends_at - monotonic())
            rows = await hasty.run(DEEPER[max_introducers, chosen], **question, bound=bound)
        except QueryTimeout:
            complete = False
            break
        best = _best([*best, *(row["route"] for row in rows)])
        if _last(best, wanted) >= bound:
            break
    return RouteSearchResult(ranked(best, limit), complete)


def ranked(routes: Iterable[Told], limit: int) -> tuple[FoundRoute, ...]:
    """The best route of each first introducer, best first, `limit` at most."""
    return tuple(_found(route) for route in _best(routes)[:limit])


def required_ties(chain: Sequence[str]) -> list[tuple[str, str]]:
    """Who must know whom, on a chain from the asker to a target: everyone asked the one who asks; the last the target.

    With nobody between them the target must know the asker.
    """
    if len(chain) == 2:
        return [(chain[1], chain[0])]
    return [*((by, towards) for towards, by in pairwise(chain[:-1])), (chain[-2], chain[-1])]


def route_pairs(way: FoundRoute, asker: str, colleagues: Collection[str]) -> list[tuple[str, str]]:
    """Who must know whom on a way; a colleague is asked whatever the asker is to them."""
    return required_ties((asker, *way.people, way.target))[way.people[0] in colleagues :]


def _last(best: Sequence[Told], wanted: int) -> float:
    """What a route must exceed to be among so many; 0 where there are fewer."""
    return -best[wanted - 1][0] if len(best) >= wanted else 0.0


def _form(introducers: int, asker_known: int, target_known: int) -> Form:
    return Form.INWARDS if asker_known > HUB[introducers] * target_known else Form.MEETING


def _best(routes: Iterable[Told]) -> list[Told]:
    """The best route of each first introducer, best first."""
    best: dict[str, Told] = {}
    for route in sorted(routes, key=lambda told: (told[0], len(told), told)):
        best.setdefault(route[3], route)
    return list(best.values())


def _found(route: Told) -> FoundRoute:
    *people, target = route[3::3]
    return FoundRoute(people=tuple(people), score=-route[0], target=target)
