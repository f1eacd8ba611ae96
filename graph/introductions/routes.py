"""Searches routes: for each first introducer the best route to the target that is not dominated.

A route is dominated if the asker can start at a later person of it with at least its score. The result equals
exhaustive enumeration, scores and order included. docs/decisions/0004-routes.md explains the method and its cost.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from time import monotonic
from typing import Any, Protocol

import cypher
from graph.database.client import Graph
from graph.errors import QueryTimeout
from graph.introductions.index.registry import ROUTE_INDEXES, TooManyTies
from graph.viewer import Viewer

RouteRow = list[Any]
"""A route as the queries return it (cypher/introductions/find_routes_one_introducer.cypher)."""


class SearchDirection(Enum):
    """Strategy of a search with more than one introducer. The result is the same."""

    MEETING = "from both ends, meeting in the middle"
    INWARDS = "from the target, closing on the asker"


FIND_ROUTES_ONE_INTRODUCER = cypher.load("introductions/find_routes_one_introducer")
COUNT_DOMINATED_ROUTES = cypher.load("introductions/count_dominated_routes")
FIND_LONGER_ROUTES = {
    (2, SearchDirection.MEETING): cypher.load("introductions/find_routes_two_introducers"),
    (2, SearchDirection.INWARDS): cypher.load("introductions/find_routes_two_introducers_inwards"),
    (3, SearchDirection.MEETING): cypher.load("introductions/find_routes_three_introducers"),
    (3, SearchDirection.INWARDS): cypher.load("introductions/find_routes_three_introducers_inwards"),
}
INWARDS_DEGREE_RATIO = {2: 1, 3: 20}
"""Measured ratio of the asker's degree to the target's above which INWARDS is faster, by number of introducers."""
SCORE_BOUNDS = {SearchDirection.MEETING: (0.55, 0.4, 0.0), SearchDirection.INWARDS: (0.8, 0.65, 0.5, 0.0)}
"""Shares of the best possible score. A search with three introducers asks for routes above the first share, then above
the next, until it has enough: a higher bound touches fewer ties. Measured; a target whom many know has many routes.
"""
_LONG_SEARCHES = ThreadPoolExecutor(2, "route-search")


@dataclass(frozen=True, slots=True)
class FoundRoute:
    """A route by ids. `people` runs from the first introducer to the one who knows the target."""

    people: tuple[str, ...]
    score: float
    target: str


@dataclass(frozen=True, slots=True)
class RouteSearchResult:
    """Routes, best first. If not `is_complete`, the time ran out and better routes may exist."""

    routes: tuple[FoundRoute, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class RouteQuestion:
    """A search for routes from the viewer, and from `colleagues`, to `targets`, who are probably one person."""

    viewer: Viewer
    targets: Sequence[str]
    limit: int = 5
    max_introducers: int = 2
    colleagues: Sequence[str] = ()
    seconds: float | None = None

    @property
    def ineligible(self) -> set[str]:
        """The people who are no introducers: the targets, the viewer, and those whom the viewer may not go through."""
        return {*self.targets, *self.viewer.ineligible_introducers}


class RouteSearch(Protocol):
    """An engine that searches routes: search_in_memory or search_in_database.

    Both return the same result, scores and order included.
    """

    async def __call__(self, graph: Graph, question: RouteQuestion, /) -> RouteSearchResult | None:
        """Answer as search_routes does; None if this engine cannot answer."""


async def search_routes(
    graph: Graph,
    viewer: Viewer,
    *,
    targets: Sequence[str],
    limit: int = 5,
    max_introducers: int = 2,
    colleagues: Sequence[str] = (),
    seconds: float | None = None,
) -> RouteSearchResult:
    """Return the best route of each first introducer that is not dominated: by score, fewer hops, name, then id.

    Routes start at people who know the viewer and at `colleagues`. That a colleague responds is policy and no factor of
    the score. Among equal routes with the same number of hops the viewer's own come first, then those whose colleague
    has the stronger tie to the viewer.

    Several `targets` are probably one person: each route ends at the one with the best score, and none leads through
    another.

    The index of the network answers if it is current, and Neo4j otherwise. Routes with one introducer are always
    searched; longer ones only until `seconds` have passed. Raises ValueError for a limit below 1 or other than one to
    three introducers.
    """
    if limit < 1 or not 1 <= max_introducers <= 3:
        raise ValueError("a search needs a limit of at least 1 and one to three introducers")
    question = RouteQuestion(viewer, targets, limit, max_introducers, colleagues, seconds)
    engines: tuple[RouteSearch, ...] = (search_in_memory, search_in_database)
    for engine in engines:
        if (result := await engine(graph, question)) is not None:
            return result
    raise AssertionError("Neo4j answers every search")


async def count_dominated_routes(graph: Graph, question: RouteQuestion, routes: Sequence[Sequence[str]]) -> list[int]:
    """Return for each route, by its introducers, how many dominated routes lead over one more person and then along it.

    They need one introducer more, so the count is 0 for a route with the maximum.
    """
    shorter = [list(people) for people in routes if len(people) < question.max_introducers]
    if not shorter:
        return [0] * len(routes)
    viewer, colleagues = question.viewer, {*question.colleagues} - question.ineligible
    index = ROUTE_INDEXES.find(viewer)
    counts: dict[str, int] | None = None
    if index is not None:
        with suppress(TooManyTies):
            dominated = index.count_dominated(
                asker=viewer.person_id or "",
                routes=shorter,
                never=question.ineligible,
                audiences=viewer.audiences,
                colleagues=colleagues,
            )
            counts = {people[0]: count for people, count in zip(shorter, dominated, strict=True)}
    if counts is None:
        rows = await graph.run(
            COUNT_DOMINATED_ROUTES,
            network=viewer.network,
            viewer_id=viewer.person_id,
            routes=shorter,
            colleagues=sorted(colleagues),
            never=sorted(question.ineligible),
            audiences=viewer.audiences,
        )
        counts = {row["introducer"]: row["count"] for row in rows}
    return [counts.get(people[0], 0) if len(people) < question.max_introducers else 0 for people in routes]


async def search_in_memory(_: Graph, question: RouteQuestion, /) -> RouteSearchResult | None:
    """Search in the index of the network. None if there is none of the ties that the viewer's state was read with."""
    viewer = question.viewer
    index = ROUTE_INDEXES.find(viewer)
    if index is None:
        return None
    try:
        search = index.search(
            asker=viewer.person_id or "",
            targets=question.targets,
            never=question.ineligible,
            audiences=viewer.audiences,
            colleagues={*question.colleagues} - question.ineligible,
            limit=question.limit,
            max_introducers=question.max_introducers,
        )
        if search.is_long:  # NumPy lets the event loop run meanwhile, for most of the time
            result = await asyncio.get_running_loop().run_in_executor(_LONG_SEARCHES, search.finish)
        else:
            result = search.finish()
    except TooManyTies:
        return None
    return RouteSearchResult(tuple(FoundRoute(*route) for route in result))


async def search_strangers(graph: Graph, question: RouteQuestion) -> RouteSearchResult | None:
    """Search in memory if no target knows the viewer. None if one does, or if the index cannot answer."""
    index, viewer = ROUTE_INDEXES.find(question.viewer), question.viewer
    if index is None or index.is_known_by(viewer.person_id or "", question.targets, viewer.audiences):
        return None
    return await search_in_memory(graph, question)


async def search_in_database(
    graph: Graph, question: RouteQuestion, /, *, form: SearchDirection | None = None
) -> RouteSearchResult:
    """Search in Neo4j. Without `form` the degrees of both ends decide."""
    viewer, limit, max_introducers = question.viewer, question.limit, question.max_introducers
    ends_at = None if question.seconds is None else monotonic() + question.seconds
    ineligible = question.ineligible
    params: dict[str, Any] = {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "targets": sorted({*question.targets} - {viewer.person_id}),
        "never": sorted(ineligible),
        "audiences": viewer.audiences,
        "limit": limit,
    }
    colleagues = sorted({*question.colleagues} - ineligible)
    ends = next(iter(await graph.run(FIND_ROUTES_ONE_INTRODUCER, colleagues=colleagues, **params)), None)
    if ends is None or ends["near"] is None or ends["far"] is None:
        return RouteSearchResult()
    # no more introducers exist than people who know the asker
    wanted = min(limit, ends["asker_known"])
    best, complete = _best(ends["routes"]), True
    if max_introducers == 1:
        return RouteSearchResult(ranked(best, limit))
    params |= {"near": ends["near"], "far": ends["far"], "met": dict(ends["met"])}
    chosen = form or _form(max_introducers, ends["asker_known"], ends["target_known"])
    if ends["colleagues"] or chosen is SearchDirection.INWARDS:  # every colleague owns a mailbox and is a hub
        chosen, params["colleagues"] = SearchDirection.INWARDS, ends["colleagues"]
    most = ends["near"] * ends["far"]
    for guess in SCORE_BOUNDS[chosen] if max_introducers == 3 else (0.0,):
        bound = max(most * guess, _last(best, wanted))
        if most <= bound:
            break
        try:
            limited = graph if ends_at is None else graph.with_timeout(ends_at - monotonic())
            rows = await limited.run(FIND_LONGER_ROUTES[max_introducers, chosen], **params, bound=bound)
        except QueryTimeout:
            complete = False
            break
        best = _best([*best, *(row["route"] for row in rows)])
        if _last(best, wanted) >= bound:
            break
    return RouteSearchResult(ranked(best, limit), complete)


def ranked(routes: Iterable[RouteRow], limit: int) -> tuple[FoundRoute, ...]:
    """Return the best route of each first introducer, best first, at most `limit`."""
    return tuple(_route_of_row(route) for route in _best(routes)[:limit])


def required_ties(chain: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs (who, whom) that must have a tie on a chain from the asker to a target.

    Every introducer must know the person who asks them, and the last introducer must know the target. Without any
    introducer the target must know the asker.
    """
    if len(chain) == 2:
        return [(chain[1], chain[0])]
    return [*((by, towards) for towards, by in pairwise(chain[:-1])), (chain[-2], chain[-1])]


def route_pairs(route: FoundRoute, asker: str, colleagues: Collection[str]) -> list[tuple[str, str]]:
    """Return the required ties of a route; a colleague as first introducer needs no tie to the asker."""
    return required_ties((asker, *route.people, route.target))[route.people[0] in colleagues :]


def _last(best: Sequence[RouteRow], wanted: int) -> float:
    """Return the score that a route must exceed to be among the `wanted` best; 0 if there are fewer."""
    return -best[wanted - 1][0] if len(best) >= wanted else 0.0


def _form(introducers: int, asker_known: int, target_known: int) -> SearchDirection:
    return (
        SearchDirection.INWARDS
        if asker_known > INWARDS_DEGREE_RATIO[introducers] * target_known
        else SearchDirection.MEETING
    )


def _best(routes: Iterable[RouteRow]) -> list[RouteRow]:
    """Return the best route of each first introducer, best first."""
    best: dict[str, RouteRow] = {}
    for route in sorted(routes, key=lambda row: (row[0], len(row), row)):
        best.setdefault(route[3], route)
    return list(best.values())


def _route_of_row(route: RouteRow) -> FoundRoute:
    *people, target = route[3::3]
    return FoundRoute(people=tuple(people), score=-route[0], target=target)
