"""Lists, for many targets, the routes through each first introducer: what a plan for a list of targets chooses from."""

import asyncio
from collections.abc import Sequence

from graph.answers import Person, Route
from graph.database.batching import batches, run_until
from graph.database.client import Graph
from graph.errors import QueryTimeout
from graph.introductions.assemble import build_route
from graph.introductions.introducer_consent import consent_answers, viewers_by_consent
from graph.introductions.listed_routes import is_below_minimum
from graph.introductions.routes import FoundRoute, required_ties, search_routes
from graph.introductions.target_list import AT_ONCE, NO_EVIDENCE, Ids
from graph.lookup.profiles import read_profiles
from graph.ties.evidence import Pair, Tie, read_ties
from graph.viewer import Viewer

SEARCHES_AT_ONCE = 8
MAX_ALTERNATIVES = 20
"""Maximum number of first introducers for each target."""


async def alternative_routes(
    graph: Graph,
    viewer: Viewer,
    targets: Sequence[Ids],
    *,
    team: bool = False,
    max_introducers: int = 2,
    min_score: float = 0.0,
    ends_at: float | None = None,
) -> dict[Ids, tuple[Route, ...]]:
    """Return the routes to each target, without evidence: for each first introducer the best one, best first.

    They are those of graph.introductions.answer. `ends_at` is a time of the event loop's clock: targets whose search
    has not ended by then are missing from the result.
    """
    me, colleagues = viewer.person_id or "", viewer.colleagues if team else ()
    viewers = await _viewers(graph, viewer, targets)
    at_once = asyncio.Semaphore(SEARCHES_AT_ONCE)

    async def search(ids: Ids) -> tuple[FoundRoute, ...] | None:
        try:
            async with at_once:
                result = await search_routes(
                    graph,
                    viewers[ids],
                    targets=ids,
                    limit=MAX_ALTERNATIVES,
                    max_introducers=max_introducers,
                    colleagues=colleagues,
                )
        except QueryTimeout:
            return None
        return result.routes

    routes_by_target = dict(zip(targets, await run_until(ends_at, [search(ids) for ids in targets]), strict=True))
    pairs: dict[Pair, None] = {}
    for one in (one for some in routes_by_target.values() for one in some or ()):
        pairs |= dict.fromkeys(required_ties((me, *one.people, one.target)))
    ties: dict[Pair, Tie] = {}
    for some in batches(pairs, AT_ONCE):
        ties |= await read_ties(graph, viewer, some)
    profiles: dict[str, Person] = {}
    for some_ids in batches(dict.fromkeys(id for pair in pairs for id in pair), AT_ONCE):
        profiles |= await read_profiles(graph, viewer, some_ids)
    return {
        ids: tuple(
            route
            for one in routes
            if (route := build_route(one, me, colleagues, ties, profiles, NO_EVIDENCE))
            and not is_below_minimum(route, min_score)
        )
        for ids, routes in routes_by_target.items()
        if routes is not None
    }


async def _viewers(graph: Graph, viewer: Viewer, targets: Sequence[Ids]) -> dict[Ids, Viewer]:
    """Return the viewer for each target: with the consents of colleagues to be named on routes to it."""
    if not viewer.withheld_colleagues:
        return dict.fromkeys(targets, viewer)
    asked_about: set[str] = set()
    for some in batches((id for ids in targets for id in ids), AT_ONCE):
        asked_about |= {row["target"] for row in await consent_answers(graph, viewer, some)}
    return {
        ids: viewer if asked_about.isdisjoint(ids) else (await viewers_by_consent(graph, viewer, ids))[0]
        for ids in targets
    }
