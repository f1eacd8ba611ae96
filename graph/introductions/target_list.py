"""Answers a list of targets together: the person of each row, and the tie to the viewer or the best route.

Rows carry no evidence until `with_evidence` reads it. The first route of graph.introductions.answer equals the route
here.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from graph.answers import Evidence, LowScoreRoutes, Person, Refusal, Route, Step, UnknownTarget, Unreachable
from graph.database.batching import batches, run_until
from graph.database.client import Graph
from graph.errors import NoDataLoaded, QueryTimeout, Remedy
from graph.introductions.answer import VIEWER_UNKNOWN
from graph.introductions.assemble import build_route, build_step
from graph.introductions.batch_routes import find_best_routes
from graph.introductions.introducer_consent import consent_answers, viewers_by_consent, withheld_label
from graph.introductions.listed_routes import (
    build_asleep_introducers,
    find_asleep_introducers,
    is_below_minimum,
    is_certain,
    stronger_routes,
)
from graph.introductions.refusal import low_score_routes_refusal, refusal
from graph.introductions.routes import FoundRoute, required_ties, route_pairs
from graph.introductions.target_answer import (
    UNANSWERED_MESSAGE,
    UNEXPLAINED_MESSAGE,
    TargetAnswer,
    TargetOutcome,
    row_without_target,
    with_ranks,
)
from graph.lookup.identities import first_addresses
from graph.lookup.index import Lookups
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import PersonReference, ResolvedTarget, hide_objector, resolve_references
from graph.lookup.similar_names import find_people_similar_to_each
from graph.progress import SILENT, Progress, Stage
from graph.ties.evidence import Pair, Tie, read_evidence, read_ties
from graph.ties.reachability import find_unreachable_people
from graph.viewer import Viewer

MAX_LIST_ROWS = 5_000
"""Maximum number of rows."""
MAX_SUGGESTED_NAMES = 100
"""Maximum number of unknown names for which similar ones are searched: each is compared with all names in view."""
AT_ONCE = 1_000
REFUSALS_AT_ONCE = 8
"""Refusals that are explained concurrently: each takes several queries."""
_LOOKUPS_END, _ROUTES_END, _REFUSALS_END = 0.4, 0.7, 0.85
"""Shares of the time limit of a list at which its parts end. The rest is for evidence and addresses."""
NO_EVIDENCE: Mapping[Pair, Evidence] = defaultdict(Evidence)
"""Rows carry no evidence."""

Ids = tuple[str, ...]
"""Ids of a target: several where they are probably one person."""


async def answer_target_list(
    graph: Graph,
    viewer: Viewer,
    asked: Sequence[PersonReference],
    *,
    team: bool = False,
    max_introducers: int = 2,
    min_score: float = 0.0,
    seconds: float | None = None,
    progress: Progress = SILENT,
) -> list[TargetAnswer]:
    """Return one row for each question, in the order of the questions.

    With `team` a route may start at any colleague who shares sources. A route with a score below `min_score` is not
    listed. Rows that are not answered within `seconds` have the outcome TIMEOUT. Raises NoDataLoaded if no source
    identifies the viewer.
    """
    if viewer.person_id is None:
        raise NoDataLoaded(VIEWER_UNKNOWN, remedy=Remedy.LOAD_DATA)
    began = asyncio.get_running_loop().time()

    def ends_at(share: float) -> float | None:
        return None if seconds is None else began + share * seconds

    lookups = Stage(progress, "people looked up", len(asked))
    resolutions = await resolve_references(
        Lookups(graph, viewer, suggests=False), asked, lookups.advance, ends_at=ends_at(_LOOKUPS_END)
    )
    matches = [match and hide_objector(viewer, match) for match in resolutions]
    targets = {match.ids: match for match in matches if isinstance(match, ResolvedTarget)}
    rows: dict[Ids, TargetAnswer] = {}
    with suppress(TimeoutError, QueryTimeout):  # their rows then say so
        async with asyncio.timeout_at(ends_at(_ROUTES_END)):
            rows = await answer_targets(
                graph,
                viewer,
                targets.values(),
                team=team,
                max_introducers=max_introducers,
                min_score=min_score,
                progress=progress,
            )
    refused = [
        targets[ids] for ids, row in rows.items() if row.standing is TargetOutcome.REFUSED and row.refusal is None
    ]
    explained = Stage(progress, "refusals explained", len(refused)).advance
    starts_at_team = team and bool(viewer.colleagues)
    rows |= {
        target.ids: replace(rows[target.ids], refusal=why, message="" if why else UNEXPLAINED_MESSAGE)
        for target, why in zip(
            refused,
            await _refusals(
                graph, viewer, refused, team=starts_at_team, advance=explained, ends_at=ends_at(_REFUSALS_END)
            ),
            strict=True,
        )
    }
    with suppress(TimeoutError, QueryTimeout):  # they are then left out
        async with asyncio.timeout_at(ends_at(_REFUSALS_END)):
            rows = await _with_asleep_introducers(graph, viewer, rows, viewer.colleagues if team else ())
    similar = await _similar_people(graph, viewer, matches, ends_at(_REFUSALS_END))
    unanswered = TargetAnswer(TargetOutcome.TIMEOUT, message=UNANSWERED_MESSAGE)
    return with_ranks(
        [
            unanswered
            if match is None
            else rows.get(match.ids, replace(unanswered, target=match.person, same_ids=match.ids))
            if isinstance(match, ResolvedTarget)
            else row_without_target(match, similar)
            for match in matches
        ]
    )


async def _similar_people(
    graph: Graph, viewer: Viewer, matches: Iterable[object], ends_at: float | None
) -> dict[str, tuple[Person, ...]]:
    """Return people with a similar name for the first names that nobody has; none if the time ends before."""
    names = dict.fromkeys(match.name for match in matches if isinstance(match, UnknownTarget) and match.name)
    with suppress(TimeoutError, QueryTimeout):
        async with asyncio.timeout_at(ends_at):
            return await find_people_similar_to_each(graph, viewer, islice(names, MAX_SUGGESTED_NAMES))
    return {}


async def answer_targets(
    graph: Graph,
    viewer: Viewer,
    targets: Iterable[ResolvedTarget],
    *,
    team: bool = False,
    max_introducers: int = 2,
    min_score: float = 0.0,
    progress: Progress = SILENT,
) -> dict[Ids, TargetAnswer]:
    """Return the row of each target, without a rank, and without a refusal where no route was found."""
    by_ids = {target.ids: target for target in targets}
    me, colleagues = viewer.person_id or "", viewer.colleagues if team else ()
    ties = await _read_ties(graph, viewer, [(id, me) for ids in by_ids for id in ids])
    known = {ids: best for ids in by_ids if (best := _strongest(ids, me, ties))}
    open_targets = [ids for ids in by_ids if ids not in known] + await _uncertain(graph, viewer, known)
    searched = Stage(progress, "routes looked for", len(open_targets)).advance
    best_routes, withheld = await _best_routes(graph, viewer, open_targets, max_introducers, searched, team=team)
    profiles = {person.id: person for one in by_ids.values() for person in (one.person, *one.possible_duplicates)}
    others = dict.fromkeys(id for route in best_routes.values() for id in route.people if id not in profiles)
    for some in batches([me, *others], AT_ONCE):
        profiles |= await read_profiles(graph, viewer, some)
    built = await _build_routes(graph, viewer, best_routes, colleagues, profiles)
    direct = {ids: tie for ids, (_, tie) in known.items()}
    unreachable = await _unreachable_people(graph, viewer, known.values())
    withheld = {
        ids: label
        for ids, label in withheld.items()
        if ids not in direct or direct[ids].is_asleep or label > direct[ids].strength
    }
    routes = {
        ids: route
        for ids, route in built.items()
        if not is_below_minimum(route, min_score) and stronger_routes([route], direct.get(ids))
    }
    weak = LowScoreRoutes(1, min_score)
    too_weak = {
        ids: low_score_routes_refusal(viewer, by_ids[ids], route, weak, team=bool(colleagues))
        for ids, route in built.items()
        if ids not in routes and ids not in withheld and ids not in known
    }
    return {
        ids: TargetAnswer(
            standing=_standing(known=ids in known, route=ids in routes or ids in withheld),
            target=one.person,
            tie=build_step(*known[ids], profiles, NO_EVIDENCE, unreachable) if ids in known else None,
            route=routes.get(ids),
            withheld_strength=withheld.get(ids),
            refusal=too_weak.get(ids),
            same_ids=ids,
        )
        for ids, one in by_ids.items()
    }


async def _unreachable_people(
    graph: Graph, viewer: Viewer, known: Iterable[tuple[Pair, Tie]]
) -> dict[str, Unreachable]:
    ids = {id for pair, tie in known if tie.is_unreachable for id in pair}
    return await find_unreachable_people(graph, viewer, ids) if ids else {}


async def _with_asleep_introducers(
    graph: Graph, viewer: Viewer, rows: Mapping[Ids, TargetAnswer], colleagues: Sequence[str]
) -> dict[Ids, TargetAnswer]:
    """Return the rows with the introducers whose ties are asleep, where the answer for one target looks for routes."""
    introducers: dict[Ids, list[tuple[str, Pair]]] = {}
    for some in batches((ids for ids, row in rows.items() if not row.tie or row.tie.is_asleep), AT_ONCE):
        introducers |= dict(zip(some, await find_asleep_introducers(graph, viewer, some, colleagues), strict=True))
    ties = await _read_ties(graph, viewer, [*dict.fromkeys(pair for each in introducers.values() for _, pair in each)])
    firsts = {ids: row.route.people[0].id for ids, row in rows.items() if row.route}
    listed = {ids: [each for each in some if each[0] != firsts.get(ids)] for ids, some in introducers.items()}
    asleep = await build_asleep_introducers(graph, viewer, listed, ties, NO_EVIDENCE)
    return {ids: replace(row, asleep_introducers=asleep.get(ids, ())) for ids, row in rows.items()}


async def with_evidence(graph: Graph, viewer: Viewer, rows: Sequence[TargetAnswer]) -> list[TargetAnswer]:
    """Return the same rows with the evidence of every step that the viewer may see."""
    pairs = {(step.from_person.id, step.to_person.id): None for row in rows for step in _steps_of(row)}
    evidence: dict[Pair, Evidence] = {}
    for some in batches(pairs, AT_ONCE):
        evidence |= await read_evidence(graph, viewer, some)

    def filled(step: Step) -> Step:
        by, towards = step.from_person.id, step.to_person.id
        return replace(step, outbound=evidence[by, towards], inbound=evidence[towards, by])

    def filled_row(row: TargetAnswer) -> TargetAnswer:
        route = row.route and replace(
            row.route,
            steps=tuple(map(filled, row.route.steps)),
            colleague=filled(row.route.colleague) if row.route.colleague else None,
        )
        asleep = tuple(replace(one, tie=filled(one.tie)) for one in row.asleep_introducers)
        return replace(row, tie=filled(row.tie) if row.tie else None, route=route, asleep_introducers=asleep)

    return [filled_row(row) for row in rows]


async def with_addresses(graph: Graph, viewer: Viewer, rows: Sequence[TargetAnswer]) -> list[TargetAnswer]:
    """Return the same rows with an e-mail address of each first introducer, from the sources in view."""
    introducers = dict.fromkeys(row.route.people[0].id for row in rows if row.route)
    addresses: dict[str, str] = {}
    for some in batches(introducers, AT_ONCE):
        addresses |= await first_addresses(graph, viewer, some)
    return [
        replace(row, introducer_address=addresses.get(row.route.people[0].id)) if row.route else row for row in rows
    ]


def _steps_of(row: TargetAnswer) -> list[Step]:
    colleague = [row.route.colleague] if row.route and row.route.colleague else []
    asleep = [one.tie for one in row.asleep_introducers]
    return [*([row.tie] if row.tie else []), *(row.route.steps if row.route else ()), *colleague, *asleep]


def _standing(*, known: bool, route: bool) -> TargetOutcome:
    return TargetOutcome.KNOWN if known else TargetOutcome.ROUTE if route else TargetOutcome.REFUSED


def _strongest(ids: Iterable[str], me: str, ties: Mapping[Pair, Tie]) -> tuple[Pair, Tie] | None:
    """Return the strongest tie of a target, or of a probable duplicate, to the viewer."""
    known = [((id, me), ties[id, me]) for id in ids if (id, me) in ties]
    return max(known, key=lambda entry: entry[1].strength, default=None)


async def _uncertain(graph: Graph, viewer: Viewer, known: Mapping[Ids, tuple[Pair, Tie]]) -> list[Ids]:
    """Return the targets whose tie to the viewer is weak or only stated."""
    evidence: dict[Pair, Evidence] = {}
    for some in batches((pair for pair, tie in known.values() if is_certain(tie, Evidence())), AT_ONCE):
        evidence |= await read_evidence(graph, viewer, some)
    return [ids for ids, (pair, tie) in known.items() if not is_certain(tie, evidence.get(pair, Evidence()))]


async def _best_routes(
    graph: Graph,
    viewer: Viewer,
    targets: Sequence[Ids],
    max_introducers: int,
    advance: Callable[[int], None],
    *,
    team: bool,
) -> tuple[dict[Ids, FoundRoute], dict[Ids, float]]:
    """Return the best route to each target, and the strength of a better one that may not be shown.

    A route may not be shown while a colleague on it has not consented to be named. Whom the viewer excluded or archived
    does not count for that strength.
    """

    async def search(
        seen: Viewer, some: Iterable[Ids], advance: Callable[[int], None] = lambda _: None
    ) -> dict[Ids, FoundRoute]:
        numbered, starts = dict(enumerate(some)), seen.colleagues if team else ()
        routes = await find_best_routes(
            graph, seen, numbered, colleagues=starts, max_introducers=max_introducers, advance=advance
        )
        return {numbered[place]: route for place, route in routes.items()}

    if not viewer.withheld_colleagues:
        return await search(viewer, targets, advance), {}
    asked_about: set[str] = set()
    for some in batches((id for ids in targets for id in ids), AT_ONCE):
        asked_about |= {row["target"] for row in await consent_answers(graph, viewer, some)}
    with_answers = [ids for ids in targets if not asked_about.isdisjoint(ids)]
    wider = viewer.without_own_choices()
    without_answers = [ids for ids in targets if ids not in {*with_answers}]
    best_routes = await search(replace(wider, withheld_colleagues=()), without_answers, advance)
    unnamed = {*viewer.withheld_colleagues}
    withheld = {ids: route for ids, route in best_routes.items() if not unnamed.isdisjoint(route.people)}
    again = [ids for ids in best_routes if ids in withheld or wider != viewer]
    best_routes = {ids: route for ids, route in best_routes.items() if ids not in again} | await search(viewer, again)
    for ids in with_answers:  # few: those about whom a colleague answered
        consented, all_but_declined = await viewers_by_consent(graph, viewer, ids)
        advance(1)
        best_routes |= await search(consented, [ids])
        for route in (await search(all_but_declined, [ids])).values():
            if not {*consented.withheld_colleagues}.isdisjoint(route.people):
                withheld[ids] = route
    return best_routes, await _withheld_labels(graph, viewer, withheld, wider.colleagues if team else ())


async def _withheld_labels(
    graph: Graph, viewer: Viewer, routes: Mapping[Ids, FoundRoute], colleagues: Sequence[str]
) -> dict[Ids, float]:
    """Return the lower bound of the label of each route."""
    labels = {}
    for some in batches(routes.items(), AT_ONCE):
        ties = await _ties_of_routes(graph, viewer, some)
        for ids, route in some:
            label = withheld_label(route_pairs(route, viewer.person_id or "", colleagues), ties)
            if label is not None:
                labels[ids] = label
    return labels


async def _ties_of_routes(graph: Graph, viewer: Viewer, routes: Iterable[tuple[Ids, FoundRoute]]) -> dict[Pair, Tie]:
    """Read the ties of some routes, the one between the first introducer and the viewer included."""
    return await read_ties(
        graph,
        viewer,
        [pair for _, route in routes for pair in required_ties((viewer.person_id or "", *route.people, route.target))],
    )


async def _build_routes(
    graph: Graph,
    viewer: Viewer,
    found_routes: Mapping[Ids, FoundRoute],
    colleagues: Sequence[str],
    profiles: Mapping[str, Person],
) -> dict[Ids, Route]:
    routes = {}
    for some in batches(found_routes.items(), AT_ONCE):
        ties = await _ties_of_routes(graph, viewer, some)
        for ids, one in some:
            route = build_route(one, viewer.person_id or "", colleagues, ties, profiles, NO_EVIDENCE)
            if route is not None:
                routes[ids] = route
    return routes


async def _refusals(
    graph: Graph,
    viewer: Viewer,
    refused: Sequence[ResolvedTarget],
    *,
    team: bool,
    advance: Callable[[int], None],
    ends_at: float | None,
) -> list[Refusal | None]:
    """Explain why no route leads to each target, as graph.introductions.answer does. None: not found in time."""
    at_once = asyncio.Semaphore(REFUSALS_AT_ONCE)

    async def explain(target: ResolvedTarget) -> Refusal | None:
        try:
            async with at_once:
                consented, _ = await viewers_by_consent(graph, viewer, target.ids)
                explained = await refusal(graph, consented, target, team=team, suggests_connectors=False)
        except QueryTimeout:
            return None
        advance(1)
        return explained

    return await run_until(ends_at, [explain(target) for target in refused])


async def _read_ties(graph: Graph, viewer: Viewer, pairs: Sequence[Pair]) -> dict[Pair, Tie]:
    ties: dict[Pair, Tie] = {}
    for some in batches(pairs, AT_ONCE):
        ties |= await read_ties(graph, viewer, some)
    return ties
