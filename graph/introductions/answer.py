"""Answers the main question: who can genuinely introduce the viewer to a target."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from graph.answers import (
    AlreadyKnown,
    AmbiguousTarget,
    Answer,
    AsleepIntroducer,
    Introductions,
    PossibleConnector,
    Refusal,
    Route,
    Step,
    UnknownTarget,
)
from graph.database.client import Graph
from graph.errors import NoDataLoaded, QueryTimeout, Remedy
from graph.introductions import routes
from graph.introductions.as_of import read_ties_as_of
from graph.introductions.assemble import build_route, build_step
from graph.introductions.introducer_consent import routes_through, viewers_by_consent, withheld_label
from graph.introductions.listed_routes import (
    build_asleep_introducers,
    find_asleep_introducers,
    is_certain,
    split_by_score,
    stronger_routes,
)
from graph.introductions.refusal import low_score_routes_refusal, refusal
from graph.lookup.possible_connectors import find_connectors
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import PersonReference, ResolvedTarget, hide_objector, may_ask_for, resolve_reference
from graph.networks.state import NetworkState
from graph.ties.evidence import Pair, Tie, read_evidence, read_ties
from graph.ties.reachability import find_unreachable_people
from graph.viewer import Viewer

VIEWER_UNKNOWN = "No loaded data identify you: load an export of yours, or join by an address that colleagues have."
SEARCH_INCOMPLETE = (
    "The search ran out of time before it found a route, which does not mean that there is none: ask for routes with "
    "fewer introducers, or allow more time."
)


ReadWithRoutes = Callable[[Sequence[str], Sequence[str]], Awaitable[None]]
"""Reads or writes more, given the ids of the target and of the first introducers."""


async def _read_nothing_more(_targets: Sequence[str], _introducers: Sequence[str]) -> None:
    """Read only the answer."""


async def introductions(
    graph: Graph,
    viewer: Viewer,
    asked: PersonReference,
    *,
    team: bool = False,
    limit: int = 5,
    max_introducers: int = 2,
    min_score: float = 0.0,
    seconds: float | None = None,
    state_for_past: NetworkState | None = None,
    reports_withheld: bool = True,
    read_with_routes: ReadWithRoutes = _read_nothing_more,
) -> Answer:
    """Answer who can introduce the viewer to a target, with at most `limit` routes.

    Routes with a score below `min_score` are counted and not listed. If there are no others, the answer is a refusal.

    With `team` a route may start at any colleague who shares sources (docs/decisions/0014-team-routes.md).

    With `state_for_past`, the state of the network, ties are computed from the evidence there was on the viewer's day,
    which may be any day (graph.introductions.as_of). Without it, ties are the derived ones of the network's own day.

    Without `reports_withheld` the answer is that of routes through named people, also if a colleague whose name is
    withheld has a better one.

    `read_with_routes` runs while the ties of the found routes are read, and saves its caller a round trip. It does not
    run for an ambiguous target, for one whom the viewer may not ask for, or where routes are not needed.

    With a current route index, routes are searched before the profile of the target is known, so that everything about
    them is read in the same round trip. That work is lost if the target is a shared mailbox.

    The search stops after `seconds`; `is_complete` of the answer is then False. A refusal states what no source
    shows, so an incomplete search gives none: it raises QueryTimeout. Raises NoDataLoaded if no source identifies the
    viewer.
    """
    if viewer.person_id is None:
        raise NoDataLoaded(VIEWER_UNKNOWN, remedy=Remedy.LOAD_DATA)
    viewer_id = viewer.person_id
    limited_graph = graph if seconds is None else graph.with_timeout(seconds)
    colleagues = viewer.colleagues if team else ()

    question = routes.RouteQuestion(viewer, (), limit, max_introducers, colleagues, seconds)
    reader = _RouteReader(graph, question, viewer_id, read_with_routes)
    found_target = await _read_target(graph, viewer, viewer_id, asked, None if state_for_past else reader)
    if not isinstance(found_target, _Target):
        return found_target
    target, consented, all_but_declined = found_target.target, found_target.consented, found_target.all_but_declined
    if not reports_withheld:
        all_but_declined = consented

    async def ties_of(by: Viewer) -> _Ties:
        if state_for_past is None:
            return _DerivedTies(graph, by, seconds, by.colleagues if team else ())
        return await read_ties_as_of(limited_graph, state_for_past, by, target)

    ties = await ties_of(consented)
    derived = found_target.ties_to_viewer
    known = await ties.read_ties([(id, viewer_id) for id in target.ids]) if state_for_past else derived
    direct = await _direct_tie(graph, viewer, known)
    if direct is not None and is_certain(direct, direct.outbound):
        return AlreadyKnown(target=target.person, tie=direct, possible_duplicates=target.possible_duplicates)
    same_view = consented.withheld_colleagues == all_but_declined.withheld_colleagues
    same_choices = same_view or viewer == viewer.without_own_choices()
    wider_ties = ties if same_view else await ties_of(all_but_declined)
    read = found_target.routes
    result = read.result if read else await wider_ties.search(target.ids, limit=limit, max_introducers=max_introducers)
    withheld_strength, is_complete = None, result.is_complete
    withheld = [] if same_view else routes_through(result, consented.withheld_colleagues)
    if not same_view and (withheld or not is_complete or not same_choices):
        if withheld:
            pairs = routes.route_pairs(withheld[0], viewer_id, all_but_declined.colleagues if team else ())
            withheld_strength = withheld_label(pairs, await wider_ties.read_ties(pairs))
        result = await ties.search(target.ids, limit=limit, max_introducers=max_introducers)
        is_complete = is_complete and result.is_complete
    read = read or await reader.read(ties, target.ids, result)
    strong_routes, weak = split_by_score(read.built, min_score)
    if direct and not direct.is_asleep and withheld_strength is not None and withheld_strength <= direct.strength:
        withheld_strength = None
    listed = _with_fallbacks(stronger_routes(strong_routes, direct))
    asleep, dominated = await asyncio.gather(
        _asleep_introducers(graph, viewer, ties, target, read.asleep_pairs, listed),
        ties.count_dominated(target, [_introducers(route) for route in listed], max_introducers=max_introducers),
    )
    listed = tuple(replace(route, dominated=count) for route, count in zip(listed, dominated, strict=True))
    common: dict[str, Any] = {
        "routes": listed,
        "asleep_introducers": asleep,
        "possible_duplicates": target.possible_duplicates,
        "is_complete": is_complete,
        "withheld_strength": withheld_strength,
        "low_score_routes": weak,
    }
    if direct is not None:
        return AlreadyKnown(target=target.person, tie=direct, **common)
    if listed or withheld_strength is not None:
        return Introductions(target=target.person, **common)
    if not is_complete:
        raise QueryTimeout(SEARCH_INCOMPLETE)
    if read.built:
        connectors = await ties.connectors(target)
        refused = low_score_routes_refusal(viewer, target, read.built[0], weak, connectors, team=bool(colleagues))
    else:
        refused = await ties.refusal(target)
    return replace(refused, asleep_introducers=asleep)


@dataclass(frozen=True, slots=True)
class _ReadRoutes:
    """The routes of a search with their ties, and the introducers behind ties that are asleep."""

    result: routes.RouteSearchResult
    built: tuple[Route, ...]
    asleep_pairs: Sequence[tuple[str, Pair]]


@dataclass(frozen=True, slots=True)
class _RouteReader:
    """Reads what an answer contains about the routes that a search found. `question` has no targets yet."""

    graph: Graph
    question: routes.RouteQuestion
    viewer_id: str
    read_with_routes: ReadWithRoutes

    async def read(self, ties: "_Ties", targets: Sequence[str], result: routes.RouteSearchResult) -> _ReadRoutes:
        viewer, colleagues = self.question.viewer, self.question.colleagues
        built, asleep_pairs, _ = await asyncio.gather(
            _build_routes(self.graph, viewer, ties, self.viewer_id, result.routes, colleagues),
            ties.asleep_introducers(targets),
            self.read_with_routes(targets, [route.people[0] for route in result.routes]),
        )
        return _ReadRoutes(result, built, asleep_pairs)

    async def read_early(self, targets: Sequence[str]) -> _ReadRoutes | None:
        """Search in memory before the direct tie is known. None if routes may not be needed, or not in memory."""
        viewer, question = self.question.viewer, replace(self.question, targets=targets)
        # the consents of colleagues decide which routes there are
        if viewer.withheld_colleagues or not may_ask_for(viewer, targets):
            return None
        result = await routes.search_strangers(self.graph, question)
        ties = _DerivedTies(self.graph, viewer, question.seconds, question.colleagues)
        return None if result is None else await self.read(ties, targets, result)


@dataclass(frozen=True, slots=True)
class _Target:
    """A target with its derived ties to the viewer, and the viewers of `viewers_by_consent`.

    `routes` is None if they are still to be searched.
    """

    target: ResolvedTarget
    consented: Viewer
    all_but_declined: Viewer
    ties_to_viewer: Mapping[Pair, Tie]
    routes: _ReadRoutes | None


async def _read_target(
    graph: Graph,
    viewer: Viewer,
    viewer_id: str,
    asked: PersonReference,
    reader: _RouteReader | None,
) -> _Target | AmbiguousTarget | UnknownTarget:
    """Resolve the target, and read in the same round trip what depends on its ids only.

    With a `reader` this includes routes, if they can be searched in memory.
    """
    read: dict[tuple[str, ...], tuple[tuple[Viewer, Viewer], dict[Pair, Tie], _ReadRoutes | None]] = {}

    async def read_with_target(ids: Sequence[str]) -> None:
        viewers, ties_to_viewer, early = await asyncio.gather(
            viewers_by_consent(graph, viewer, ids),
            read_ties(graph, viewer, [(id, viewer_id) for id in ids]),
            reader.read_early(ids) if reader else _read_nothing_more(ids, ()),
        )
        read[tuple(ids)] = viewers, ties_to_viewer, early

    target = hide_objector(viewer, await resolve_reference(graph, viewer, asked, read_with_target))
    if not isinstance(target, ResolvedTarget):
        return target
    viewers, ties_to_viewer, early = read[target.ids]
    return _Target(target, *viewers, ties_to_viewer, early)


class _Ties(Protocol):
    """The ties of one day, and the searches over them."""

    async def read_ties(self, pairs: Iterable[Pair], /) -> dict[Pair, Tie]: ...

    async def search(
        self, targets: Sequence[str], /, *, limit: int, max_introducers: int
    ) -> routes.RouteSearchResult: ...

    async def count_dominated(
        self, target: ResolvedTarget, listed: Sequence[Sequence[str]], /, *, max_introducers: int
    ) -> list[int]: ...

    async def refusal(self, target: ResolvedTarget, /) -> Refusal: ...

    async def connectors(self, target: ResolvedTarget, /) -> tuple[PossibleConnector, ...]: ...

    async def asleep_introducers(self, targets: Sequence[str], /) -> list[tuple[str, Pair]]: ...


@dataclass(frozen=True, slots=True)
class _DerivedTies:
    """The derived ties of the network's own day."""

    graph: Graph
    viewer: Viewer
    seconds: float | None
    colleagues: Sequence[str]

    async def read_ties(self, pairs: Iterable[Pair]) -> dict[Pair, Tie]:
        return await read_ties(self.graph, self.viewer, pairs)

    async def search(self, targets: Sequence[str], *, limit: int, max_introducers: int) -> routes.RouteSearchResult:
        return await routes.search_routes(
            self.graph,
            self.viewer,
            targets=targets,
            limit=limit,
            max_introducers=max_introducers,
            colleagues=self.colleagues,
            seconds=self.seconds,
        )

    async def count_dominated(
        self, target: ResolvedTarget, listed: Sequence[Sequence[str]], *, max_introducers: int
    ) -> list[int]:
        question = routes.RouteQuestion(
            self.viewer, target.ids, max_introducers=max_introducers, colleagues=self.colleagues
        )
        return await routes.count_dominated_routes(self.graph, question, listed)

    async def refusal(self, target: ResolvedTarget) -> Refusal:
        return await refusal(self.graph, self.viewer, target, team=bool(self.colleagues))

    async def connectors(self, target: ResolvedTarget) -> tuple[PossibleConnector, ...]:
        return await find_connectors(self.graph, self.viewer, targets=target.ids)

    async def asleep_introducers(self, targets: Sequence[str]) -> list[tuple[str, Pair]]:
        (asleep,) = await find_asleep_introducers(self.graph, self.viewer, [targets], self.colleagues)
        return asleep


async def _direct_tie(graph: Graph, viewer: Viewer, known: Mapping[Pair, Tie]) -> Step | None:
    """Return the strongest of the ties of the target and of probable duplicates to the viewer."""
    if not known:
        return None
    pair, tie = max(known.items(), key=lambda entry: entry[1].strength)
    profiles, evidence = await asyncio.gather(read_profiles(graph, viewer, pair), read_evidence(graph, viewer, [pair]))
    unreachable = await find_unreachable_people(graph, viewer, pair) if tie.is_unreachable else {}
    return build_step(pair, tie, profiles, evidence, unreachable)


async def _build_routes(
    graph: Graph,
    viewer: Viewer,
    ties: _Ties,
    viewer_id: str,
    found_routes: Sequence[routes.FoundRoute],
    colleagues: Sequence[str],
) -> tuple[Route, ...]:
    """Return the routes with people, ties and evidence, read in three concurrent queries for all routes."""
    pairs = [pair for route in found_routes for pair in routes.required_ties((viewer_id, *route.people, route.target))]
    if not pairs:
        return ()
    known, evidence, profiles = await asyncio.gather(
        ties.read_ties(pairs),
        read_evidence(graph, viewer, pairs),
        read_profiles(graph, viewer, [id for pair in pairs for id in pair]),
    )
    return tuple(
        route for one in found_routes if (route := build_route(one, viewer_id, colleagues, known, profiles, evidence))
    )


async def _asleep_introducers(
    graph: Graph,
    viewer: Viewer,
    ties: _Ties,
    target: ResolvedTarget,
    pairs_of: Sequence[tuple[str, Pair]],
    listed: Sequence[Route],
) -> tuple[AsleepIntroducer, ...]:
    """Return the introducers behind a tie that is asleep, without those of the listed routes."""
    introducers = {route.people[0].id for route in listed}
    asleep = [(id, pair) for id, pair in pairs_of if id not in introducers]
    if not asleep:
        return ()
    pairs = [pair for _, pair in asleep]
    known, evidence = await asyncio.gather(ties.read_ties(pairs), read_evidence(graph, viewer, pairs))
    return (await build_asleep_introducers(graph, viewer, {target.ids: asleep}, known, evidence))[target.ids]


def _introducers(route: Route) -> list[str]:
    return [person.id for person in route.people[:-1]]


def _with_fallbacks(routes: Sequence[Route]) -> tuple[Route, ...]:
    """Mark the routes without an introducer of the best one."""
    of_best = {person.id for route in routes[:1] for person in route.people[:-1]}
    return tuple(
        replace(route, shares_nobody=of_best.isdisjoint(person.id for person in route.people[:-1])) for route in routes
    )
