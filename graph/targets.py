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
from graph.answers import Act, AmbiguousTarget, Candidate, Person, Route, Seen, UnknownTarget
from graph.batches import batches
from graph.errors import NotLoaded
from graph.find import Asked, Target, find_all
from graph.introductions import NOBODY, WEAK
from graph.look import Look
from graph.network import Say, date_of, silent
from graph.reach import reach
from graph.routes import Found, needed
from graph.seen import Pair, Tie, between, people, steps
from graph.session import Graph
from graph.viewer import Viewer

LISTED = cypher.load("targets_listed")

MOST = 5_000
"""Rows of a list."""
AT_ONCE = 1_000


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
    tie: Act | None = None
    route: Route | None = None
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    rank: int | None = None

    @property
    def odds(self) -> float:
        """What it is ranked by."""
        if self.tie:
            return self.tie.odds
        return (self.route.odds or prod(act.odds for act in self.route.acts)) if self.route else 0.0


async def targets(
    graph: Graph,
    viewer: Viewer,
    asked: Sequence[Asked],
    *,
    colleagues: Sequence[str] = (),
    max_introducers: int = 2,
    say: Say = silent,
) -> list[Ranked]:
    """Return what is to be said of each target, in the order in which they were asked for.

    Routes start at `colleagues` too. Raises NotLoaded where nobody knows yet who the viewer is.
    """
    if viewer.person_id is None:
        raise NotLoaded(NOBODY)
    count = _Count(say, len(asked))
    found = await find_all(Look(graph, viewer, hints=False), asked, count.of("people looked up"))
    meant = {one.ids: one for one in found if isinstance(one, Target)}
    pairs = [(id, viewer.person_id) for ids in meant for id in ids]
    ties = await _steps(graph, viewer, pairs)
    known = {ids: best for ids in meant if (best := _best(ids, viewer.person_id, ties))}
    sought = [ids for ids in meant if ids not in known or known[ids][1].acts < WEAK]
    ways = await reach(
        graph,
        viewer,
        dict(enumerate(sought)),
        colleagues=colleagues,
        max_introducers=max_introducers,
        say=count.of("routes looked for", len(sought)),
    )
    named = {person.id: person for one in meant.values() for person in (one.person, *one.same)}
    others = dict.fromkeys(id for way in ways.values() for id in way.people if id not in named)
    for some in batches([viewer.person_id, *others], AT_ONCE):
        named |= await people(graph, viewer, some)
    routes = await _told(graph, viewer, {sought[place]: way for place, way in ways.items()}, colleagues, named)
    refused = [meant[ids] for ids in sought if ids not in known and ids not in routes]
    why = await _why(graph, viewer, refused, max_introducers)
    rows = {
        ids: Ranked(
            standing=Standing.KNOWN if ids in known else Standing.ROUTE if ids in routes else Standing.REFUSED,
            target=one.person,
            tie=_act(*known[ids], named) if ids in known else None,
            route=routes.get(ids),
            why=why.get(one.person.id, ""),
        )
        for ids, one in meant.items()
    }
    return _ranked([rows[one.ids] if isinstance(one, Target) else _unclear(one) for one in found])


def _unclear(found: AmbiguousTarget | UnknownTarget) -> Ranked:
    if isinstance(found, AmbiguousTarget):
        why = f"It may mean {len(found.candidates)} people: name an address, a profile or a company."
        return Ranked(Standing.AMBIGUOUS, candidates=found.candidates, why=why)
    return Ranked(Standing.UNKNOWN, why=found.why)


def _ranked(rows: list[Ranked]) -> list[Ranked]:
    """Those of whom somebody can be asked get a rank; of equal ones who stands first in the list."""
    asked = [place for place, row in enumerate(rows) if row.tie or row.route]
    asked.sort(key=lambda place: (rows[place].tie is None, -rows[place].odds, place))
    ranks = {place: rank for rank, place in enumerate(asked, 1)}
    return [replace(row, rank=ranks.get(place)) for place, row in enumerate(rows)]


def _best(ids: Iterable[str], me: str, ties: Mapping[Pair, Tie]) -> tuple[Pair, Tie] | None:
    """How a target, or a probable twin, knows the viewer: the best of them."""
    there = [((id, me), ties[id, me]) for id in ids if (id, me) in ties]
    return max(there, key=lambda known: known[1].acts, default=None)


async def _told(
    graph: Graph,
    viewer: Viewer,
    ways: Mapping[tuple[str, ...], Found],
    colleagues: Sequence[str],
    named: Mapping[str, Person],
) -> dict[tuple[str, ...], Route]:
    me, routes = viewer.person_id or "", {}
    for some in batches(ways.items(), AT_ONCE):
        walked = {ids: needed((me, *way.people, way.target))[way.people[0] in colleagues :] for ids, way in some}
        ties = await steps(graph, viewer, (pair for pairs in walked.values() for pair in pairs))
        for ids, way in some:
            if not ties.keys() >= {*walked[ids]}:
                continue  # while ties are derived, one may go between two questions
            *asked, (last, target) = walked[ids]
            end = ties[last, target]
            routes[ids] = Route(
                people=tuple(named[id] for id in (*way.people, way.target)),
                acts=(
                    *(_act(pair, ties[pair], named) for pair in (*asked, (last, target))),
                    _act((target, last), Tie(end.answers, 0.0, end.veiled), named),
                ),
                odds=None if any(ties[pair].veiled for pair in walked[ids]) else way.odds,
            )
    return routes


def _act(pair: Pair, tie: Tie, named: Mapping[str, Person]) -> Act:
    by, towards = pair
    return Act(by=named[by], towards=named[towards], odds=tie.acts, out=Seen(), back=Seen(), veiled=tie.veiled)


async def _why(graph: Graph, viewer: Viewer, refused: Sequence[Target], max_introducers: int) -> dict[str, str]:
    """Why nobody can be asked, as far as what is seen between the viewer and a target says: all else costs a search."""
    me, why = viewer.person_id or "", {}
    for some in batches(refused, AT_ONCE):
        ids = [one.person.id for one in some]
        seen = await between(graph, viewer, [(id, me) for id in ids])
        view = {"network": viewer.network, "viewer_id": me, "sources": viewer.cleared, "as_of": viewer.as_of}
        listed = {row["id"] for row in await graph.run(LISTED, **view, ids=ids)}
        for one in some:
            out, back = seen[one.person.id, me], seen[me, one.person.id]
            last = max((day for day in (out.last, back.last) if day is not None), default=None)
            if last is not None:
                too_little = "too little" if out.last is not None else "no word"
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
        ties |= await steps(graph, viewer, some)
    return ties


class _Count:
    """Adds up what is done of each stage."""

    def __init__(self, say: Say, total: int) -> None:
        self._say, self._total = say, total
        self._done: dict[str, int] = defaultdict(int)

    def of(self, stage: str, total: int | None = None) -> Callable[[int], None]:
        def more(number: int = 1) -> None:
            self._done[stage] += number
            self._say(stage, self._done[stage], self._total if total is None else total)

        return more
