"""A whole list of targets at once: who is meant by each, whether they know the viewer, else the best person to ask.

Evidence is not told here: `graph.introductions` says all of any one target, and the route that stands here is the one
that it puts first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod

import cypher
from graph.answers import AmbiguousTarget, Candidate, Evidence, Person, Route, Step, UnknownTarget
from graph.database.batching import batches
from graph.database.client import Graph
from graph.days import date_of
from graph.errors import NoDataLoaded
from graph.introductions.answer import NOBODY
from graph.introductions.assemble import act_of, route_of
from graph.introductions.batch_routes import reach
from graph.introductions.introducer_consent import answered, as_agreed, word_of
from graph.introductions.routes import FoundRoute, required_ties, route_pairs
from graph.lookup.index import Look
from graph.lookup.profiles import people
from graph.lookup.resolve import Asked, Target, find_all, heeded
from graph.progress import SILENT, Progress, Stage
from graph.strength.model import WEAK
from graph.ties.evidence import Pair, Tie, read_evidence, read_ties
from graph.viewer import Viewer

LISTED = cypher.load("introductions/filter_listed_targets")

MOST = 5_000
"""Rows of a list."""
AT_ONCE = 1_000
UNTOLD: Mapping[Pair, Evidence] = defaultdict(Evidence)
"""Evidence is not told here."""

Ids = tuple[str, ...]
"""Of a target: several where these are probably one human being."""


class Standing(StrEnum):
    """What is said of a target: they know the viewer; somebody can be asked; nobody can; who is meant is not clear."""

    KNOWN = "known"
    ROUTE = "route"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ranked:
    """What is said of one target of a list.

    `rank` counts from 1 those who know the viewer, by how surely they act, then those to whom somebody can be asked, by
    the odds as the viewer may know them: a place among thousands would tell a number. `why` is a sentence where there
    is neither.
    """

    standing: Standing
    target: Person | None = None
    tie: Step | None = None
    route: Route | None = None
    through_team: float | None = None
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    rank: int | None = None

    @property
    def odds(self) -> float:
        """What it is ranked by."""
        if self.tie:
            return self.tie.strength
        if self.route:
            return self.route.score or prod(act.strength for act in self.route.steps)
        return self.through_team or 0.0


async def targets(
    graph: Graph,
    viewer: Viewer,
    asked: Sequence[Asked],
    *,
    team: bool = False,
    max_introducers: int = 2,
    progress: Progress = SILENT,
) -> list[Ranked]:
    """Return what is to be said of each target, in the order in which they were asked for.

    With `team` a route may start at any colleague who shares. Raises NoDataLoaded where nobody knows who the viewer is.
    """
    if viewer.person_id is None:
        raise NoDataLoaded(NOBODY)
    lookups = Stage(progress, "people looked up", len(asked))
    found = await find_all(Look(graph, viewer, hints=False), asked, lookups.advance)
    found = [heeded(viewer, one) for one in found]
    meant = {one.ids: one for one in found if isinstance(one, Target)}
    rows = await judged(graph, viewer, meant.values(), team=team, max_introducers=max_introducers, progress=progress)
    refused = [meant[ids] for ids, row in rows.items() if row.standing is Standing.REFUSED]
    why = await _why(graph, viewer, refused, max_introducers)
    rows |= {one.ids: replace(rows[one.ids], why=why[one.person.id]) for one in refused}
    return _ranked([rows[one.ids] if isinstance(one, Target) else _unclear(one) for one in found])


async def judged(
    graph: Graph,
    viewer: Viewer,
    meant: Iterable[Target],
    *,
    team: bool = False,
    max_introducers: int = 2,
    progress: Progress = SILENT,
) -> dict[Ids, Ranked]:
    """Return what is to be said of each of these, without a rank, and without why where nobody can be asked."""
    all_meant = {one.ids: one for one in meant}
    me, colleagues = viewer.person_id or "", viewer.colleagues if team else ()
    ties = await _steps(graph, viewer, [(id, me) for ids in all_meant for id in ids])
    known = {ids: best for ids in all_meant if (best := _best(ids, me, ties))}
    sought = [ids for ids in all_meant if ids not in known or known[ids][1].strength < WEAK]
    counted = Stage(progress, "routes looked for", len(sought)).advance
    ways, hidden = await _ways(graph, viewer, sought, colleagues, max_introducers, counted)
    named = {person.id: person for one in all_meant.values() for person in (one.person, *one.same)}
    others = dict.fromkeys(id for way in ways.values() for id in way.people if id not in named)
    for some in batches([me, *others], AT_ONCE):
        named |= await people(graph, viewer, some)
    routes = await _told(graph, viewer, ways, colleagues, named)
    return {
        ids: Ranked(
            standing=_standing(known=ids in known, route=ids in routes or ids in hidden),
            target=one.person,
            tie=act_of(*known[ids], named, UNTOLD) if ids in known else None,
            route=routes.get(ids),
            through_team=hidden.get(ids),
        )
        for ids, one in all_meant.items()
    }


def _standing(*, known: bool, route: bool) -> Standing:
    return Standing.KNOWN if known else Standing.ROUTE if route else Standing.REFUSED


def _unclear(found: AmbiguousTarget | UnknownTarget) -> Ranked:
    if isinstance(found, AmbiguousTarget):
        why = f"It may mean {len(found.candidates)} people: name an address, a profile or a company."
        return Ranked(Standing.AMBIGUOUS, candidates=found.candidates, why=why)
    return Ranked(Standing.UNKNOWN, why=found.message)


def _ranked(rows: list[Ranked]) -> list[Ranked]:
    """Those of whom somebody can be asked get a rank; of equal ones who stands first in the list."""
    asked = [place for place, row in enumerate(rows) if row.standing in (Standing.KNOWN, Standing.ROUTE)]
    asked.sort(key=lambda place: (rows[place].tie is None, -rows[place].odds, place))
    ranks = {place: rank for rank, place in enumerate(asked, 1)}
    return [replace(row, rank=ranks.get(place)) for place, row in enumerate(rows)]


def _best(ids: Iterable[str], me: str, ties: Mapping[Pair, Tie]) -> tuple[Pair, Tie] | None:
    """How a target, or a probable twin, knows the viewer: the best of them."""
    there = [((id, me), ties[id, me]) for id in ids if (id, me) in ties]
    return max(there, key=lambda known: known[1].strength, default=None)


async def _ways(
    graph: Graph,
    viewer: Viewer,
    sought: Sequence[Ids],
    colleagues: Sequence[str],
    max_introducers: int,
    advance: Callable[[int], None],
) -> tuple[dict[Ids, FoundRoute], dict[Ids, float]]:
    """The best way to each of these, and how strong a better one is that may not be told (graph.reveal)."""

    async def search(
        seen: Viewer, some: Iterable[Ids], advance: Callable[[int], None] = lambda _: None
    ) -> dict[Ids, FoundRoute]:
        numbered = dict(enumerate(some))
        found = await reach(
            graph, seen, numbered, colleagues=colleagues, max_introducers=max_introducers, advance=advance
        )
        return {numbered[place]: way for place, way in found.items()}

    if not viewer.withheld_colleagues:
        return await search(viewer, sought, advance), {}
    about: set[str] = set()
    for some in batches((id for ids in sought for id in ids), AT_ONCE):
        about |= {row["target"] for row in await answered(graph, viewer, some)}
    spoken = [ids for ids in sought if not about.isdisjoint(ids)]
    ways = await search(
        replace(viewer, withheld_colleagues=()), [ids for ids in sought if ids not in {*spoken}], advance
    )
    hidden = {ids: way for ids, way in ways.items() if not {*viewer.withheld_colleagues}.isdisjoint(way.people)}
    told = await search(viewer, hidden)
    ways = {ids: way for ids, way in ways.items() if ids not in hidden} | told
    for ids in spoken:  # few: somebody agreed, or did not
        seen, all_but_declined = await as_agreed(graph, viewer, ids)
        advance(1)
        ways |= await search(seen, [ids])
        for way in (await search(all_but_declined, [ids])).values():
            if not {*seen.withheld_colleagues}.isdisjoint(way.people):
                hidden[ids] = way
    return ways, await _words(graph, viewer, hidden, colleagues)


async def _words(
    graph: Graph, viewer: Viewer, ways: Mapping[Ids, FoundRoute], colleagues: Sequence[str]
) -> dict[Ids, float]:
    """How strong each way is, in a word (graph.reveal)."""
    words = {}
    for some in batches(ways.items(), AT_ONCE):
        ties = await _known(graph, viewer, some)
        for ids, way in some:
            word = word_of(route_pairs(way, viewer.person_id or "", colleagues), ties)
            if word is not None:
                words[ids] = word
    return words


async def _known(graph: Graph, viewer: Viewer, ways: Iterable[tuple[Ids, FoundRoute]]) -> dict[Pair, Tie]:
    """The ties of some ways, that of who is asked and the viewer among them."""
    return await read_ties(
        graph,
        viewer,
        [pair for _, way in ways for pair in required_ties((viewer.person_id or "", *way.people, way.target))],
    )


async def _told(
    graph: Graph, viewer: Viewer, ways: Mapping[Ids, FoundRoute], colleagues: Sequence[str], named: Mapping[str, Person]
) -> dict[Ids, Route]:
    routes = {}
    for some in batches(ways.items(), AT_ONCE):
        ties = await _known(graph, viewer, some)
        for ids, way in some:
            route = route_of(way, viewer.person_id or "", colleagues, ties, named, UNTOLD)
            if route is not None:
                routes[ids] = route
    return routes


async def _why(graph: Graph, viewer: Viewer, refused: Sequence[Target], max_introducers: int) -> dict[str, str]:
    """Why nobody can be asked, as far as what is seen between the viewer and a target says: all else costs a search."""
    me, why = viewer.person_id or "", {}
    for some in batches(refused, AT_ONCE):
        ids = [one.person.id for one in some]
        seen = await read_evidence(graph, viewer, [(id, me) for id in ids])
        view = {"network": viewer.network, "viewer_id": me, "sources": viewer.evidence_sources, "as_of": viewer.as_of}
        listed = {row["id"] for row in await graph.run(LISTED, **view, ids=ids)}
        for one in some:
            out, back = seen[one.person.id, me], seen[me, one.person.id]
            last = max((day for day in (out.last_day, back.last_day) if day is not None), default=None)
            if last is not None:
                too_little = "too little" if out.last_day is not None else "no word"
                first = (
                    f"We have seen {too_little} from {one.person.name} to you; last contact in {date_of(last):%B %Y}"
                )
            elif one.person.id in listed:
                first = f"You and {one.person.name} are connected, but we have seen no word between you"
            else:
                first = f"We have seen nothing between {one.person.name} and you"
            why[one.person.id] = f"{first}, and no way over {max_introducers} introducers at most."
    return why


async def _steps(graph: Graph, viewer: Viewer, pairs: Sequence[Pair]) -> dict[Pair, Tie]:
    ties: dict[Pair, Tie] = {}
    for some in batches(pairs, AT_ONCE):
        ties |= await read_ties(graph, viewer, some)
    return ties
