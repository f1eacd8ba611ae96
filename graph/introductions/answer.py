"""The question the house exists for: who can genuinely introduce the viewer to somebody."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from graph.answers import AlreadyKnown, Answer, Introductions, Refusal, Route, Step
from graph.database.client import Graph
from graph.errors import NoDataLoaded, QueryTimeout
from graph.introductions import routes
from graph.introductions.as_of import earlier
from graph.introductions.assemble import act_of, route_of
from graph.introductions.introducer_consent import as_agreed, withheld, word_of
from graph.introductions.refusal import refusal
from graph.lookup.profiles import people
from graph.lookup.resolve import Asked, Target, find, heeded
from graph.networks.state import State
from graph.strength.model import WEAK
from graph.ties.evidence import Pair, Tie, read_evidence, read_ties
from graph.viewer import Viewer

NOBODY = (
    "Nothing that says who you are has been loaded: `tertius load` an export of yours first, or be invited by "
    "an address that your colleagues' sources know."
)


async def introductions(
    graph: Graph,
    viewer: Viewer,
    asked: Asked,
    *,
    team: bool = False,
    limit: int = 5,
    max_introducers: int = 2,
    seconds: float | None = None,
    then: State | None = None,
) -> Answer:
    """Answer for whoever is asked for, with `limit` people to ask at most.

    With `team` a route may start at any colleague who shares (docs/decisions/0014-team-routes.md).

    With `then`, the network's state, who knew whom is judged from the evidence there was on the viewer's day, which may
    be any (graph.earlier); else it is as derived, on the network's own.

    The search for routes is cut off after so many `seconds`, and the answer says so. A refusal says what was not seen,
    so there is none where not everything was looked at. Raises QueryTimeout instead, NoDataLoaded where nobody knows
    yet who the viewer is.
    """
    if viewer.person_id is None:
        raise NoDataLoaded(NOBODY)
    target = heeded(viewer, await find(graph, viewer, asked))
    if not isinstance(target, Target):
        return target
    hasty = graph if seconds is None else graph.within(seconds)
    seen, whole = await as_agreed(graph, viewer, target.ids)
    colleagues = viewer.colleagues if team else ()

    async def known(by: Viewer) -> _Ties:
        return _Now(graph, by, seconds, colleagues) if then is None else await earlier(hasty, then, by, target)

    ties = await known(seen)
    tie = await _tie(graph, viewer, ties, viewer.person_id, target)
    if tie is not None and tie.strength >= WEAK:
        return AlreadyKnown(target=target.person, tie=tie, possible_duplicates=target.same)
    others = ties if seen.withheld_colleagues == whole.withheld_colleagues else await known(whole)
    ways = await others.search(target, limit=limit, max_introducers=max_introducers)
    hidden, complete = None, ways.is_complete
    if others is not ties and ((kept := withheld(ways, seen.withheld_colleagues)) or not complete):
        if kept:
            walked = routes.route_pairs(kept[0], viewer.person_id, colleagues)
            hidden = word_of(walked, await others.read_ties(walked))
        ways = await ties.search(target, limit=limit, max_introducers=max_introducers)
        complete = complete and ways.is_complete
    told = await _told(graph, viewer, ties, viewer.person_id, ways.routes, colleagues)
    rest: dict[str, Any] = {
        "routes": told,
        "possible_duplicates": target.same,
        "is_complete": complete,
        "withheld_strength": hidden,
    }
    if tie is not None:
        return AlreadyKnown(target=target.person, tie=tie, **rest)
    if told or hidden is not None:
        return Introductions(target=target.person, **rest)
    if not complete:
        raise QueryTimeout(
            "The search was cut off for time before it found anybody, which does not say that there is nobody: ask for "
            "routes with fewer introducers, or allow it more time (TERTIUS_LIMITS__SEARCH_SECONDS)."
        )
    return await ties.refusal(target)


class _Ties(Protocol):
    """Who knows whom, and what follows."""

    async def read_ties(self, pairs: Iterable[Pair], /) -> dict[Pair, Tie]: ...

    async def search(self, target: Target, /, *, limit: int, max_introducers: int) -> routes.RouteSearchResult: ...

    async def refusal(self, target: Target, /) -> Refusal: ...


@dataclass(frozen=True, slots=True)
class _Now:
    """As derived, on the network's own day."""

    graph: Graph
    viewer: Viewer
    seconds: float | None
    colleagues: Sequence[str]

    async def read_ties(self, pairs: Iterable[Pair]) -> dict[Pair, Tie]:
        return await read_ties(self.graph, self.viewer, pairs)

    async def search(self, target: Target, *, limit: int, max_introducers: int) -> routes.RouteSearchResult:
        return await routes.search(
            self.graph,
            self.viewer,
            targets=target.ids,
            limit=limit,
            max_introducers=max_introducers,
            colleagues=self.colleagues,
            seconds=self.seconds,
        )

    async def refusal(self, target: Target) -> Refusal:
        return await refusal(self.graph, self.viewer, target, team=bool(self.colleagues))


async def _tie(graph: Graph, viewer: Viewer, ties: _Ties, me: str, target: Target) -> Step | None:
    """How the target, or a probable twin of theirs, knows the viewer: the best of them."""
    found = await ties.read_ties([(id, me) for id in target.ids])
    if not found:
        return None
    pair, tie = max(found.items(), key=lambda known: known[1].strength)
    named, seen = await asyncio.gather(people(graph, viewer, pair), read_evidence(graph, viewer, [pair]))
    return act_of(pair, tie, named, seen)


async def _told(
    graph: Graph, viewer: Viewer, known: _Ties, me: str, found: Sequence[routes.FoundRoute], colleagues: Sequence[str]
) -> tuple[Route, ...]:
    """Routes with everything that is to be told of them, in three questions at once however many they are."""
    pairs = [pair for way in found for pair in routes.required_ties((me, *way.people, way.target))]
    if not pairs:
        return ()
    ties, seen, named = await asyncio.gather(
        known.read_ties(pairs),
        read_evidence(graph, viewer, pairs),
        people(graph, viewer, [id for pair in pairs for id in pair]),
    )
    there = [route for way in found if (route := route_of(way, me, colleagues, ties, named, seen))]
    best = {person.id for route in there[:1] for person in route.people[:-1]}
    return tuple(replace(route, shares_nobody=best.isdisjoint(one.id for one in route.people[:-1])) for route in there)
