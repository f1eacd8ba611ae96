"""The question the house exists for: who can genuinely introduce the viewer to somebody."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph import routes
from graph.answers import Act, AlreadyKnown, Answer, Introductions, Person, Refusal, Route, Seen
from graph.earlier import earlier
from graph.errors import NotLoaded, TooSlow
from graph.find import Asked, Target, find
from graph.network import State
from graph.objecting import heeded
from graph.refusal import refusal
from graph.reveal import as_agreed, withheld, word_of
from graph.seen import Pair, Tie, between, people, steps
from graph.session import Graph
from graph.viewer import Viewer

WEAK = 0.4
"""A tie with lower odds is shown as weak, and ways round it are shown with it (odds.md §3)."""
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
    so there is none where not everything was looked at. Raises TooSlow instead, NotLoaded where nobody knows yet who
    the viewer is.
    """
    if viewer.person_id is None:
        raise NotLoaded(NOBODY)
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
    if tie is not None and tie.odds >= WEAK:
        return AlreadyKnown(target=target.person, tie=tie, same=target.same)
    ways = await ties.search(target, limit=limit, max_introducers=max_introducers)
    told = await _told(graph, viewer, ties, viewer.person_id, ways.found, colleagues)
    hidden, complete = None, ways.complete
    if seen.discreet != whole.discreet:
        others = await known(whole)
        more = await others.search(target, limit=limit, max_introducers=max_introducers)
        complete = complete and more.complete
        if kept := withheld(more, seen.discreet):
            chain = (viewer.person_id, *kept[0].people, kept[0].target)
            walked = routes.needed(chain)[kept[0].people[0] in colleagues :]
            hidden = word_of(walked, await others.steps(walked))
    rest: dict[str, Any] = {"routes": told, "same": target.same, "complete": complete, "through_team": hidden}
    if tie is not None:
        return AlreadyKnown(target=target.person, tie=tie, **rest)
    if told or hidden is not None:
        return Introductions(target=target.person, **rest)
    if not complete:
        raise TooSlow(
            "The search was cut off for time before it found anybody, which does not say that there is nobody: ask for "
            "routes with fewer introducers, or allow it more time (TERTIUS_LIMITS__SEARCH_SECONDS)."
        )
    return await ties.refusal(target)


class _Ties(Protocol):
    """Who knows whom, and what follows."""

    async def steps(self, pairs: Iterable[Pair], /) -> dict[Pair, Tie]: ...

    async def search(self, target: Target, /, *, limit: int, max_introducers: int) -> routes.Ways: ...

    async def refusal(self, target: Target, /) -> Refusal: ...


@dataclass(frozen=True, slots=True)
class _Now:
    """As derived, on the network's own day."""

    graph: Graph
    viewer: Viewer
    seconds: float | None
    colleagues: Sequence[str]

    async def steps(self, pairs: Iterable[Pair]) -> dict[Pair, Tie]:
        return await steps(self.graph, self.viewer, pairs)

    async def search(self, target: Target, *, limit: int, max_introducers: int) -> routes.Ways:
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


async def _tie(graph: Graph, viewer: Viewer, ties: _Ties, me: str, target: Target) -> Act | None:
    """How the target, or a probable twin of theirs, knows the viewer: the best of them."""
    found = await ties.steps([(id, me) for id in target.ids])
    if not found:
        return None
    pair, tie = max(found.items(), key=lambda known: known[1].acts)
    named, seen = await asyncio.gather(people(graph, viewer, pair), between(graph, viewer, [pair]))
    return _act(pair, tie.acts, named, seen, veiled=tie.veiled)


async def _told(
    graph: Graph, viewer: Viewer, known: _Ties, me: str, found: Sequence[routes.Found], colleagues: Sequence[str]
) -> tuple[Route, ...]:
    """Routes with everything that is to be told of them, in three questions at once however many they are."""
    chains = [routes.needed((me, *way.people, way.target)) for way in found]
    pairs = [pair for chain in chains for pair in chain]
    if not pairs:
        return ()
    ties, seen, named = await asyncio.gather(
        known.steps(pairs),
        between(graph, viewer, pairs),
        people(graph, viewer, [id for pair in pairs for id in pair]),
    )
    # while ties are derived, one may go between two questions
    walked = [chain[way.people[0] in colleagues :] for way, chain in zip(found, chains, strict=True)]
    there = [(way, asked) for way, asked in zip(found, walked, strict=True) if ties.keys() >= set(asked)]
    best = {id for way, _ in there[:1] for id in way.people}
    return tuple(
        Route(
            people=tuple(named[id] for id in (*way.people, way.target)),
            acts=_acts(asked, ties, named, seen),
            odds=None if any(ties[pair].veiled for pair in asked) else way.odds,
            apart=place > 0 and best.isdisjoint(way.people),
            colleague=_policy((way.people[0], me), ties, named, seen) if way.people[0] in colleagues else None,
        )
        for place, (way, asked) in enumerate(there)
    )


def _policy(pair: Pair, ties: dict[Pair, Tie], named: dict[str, Person], seen: dict[Pair, Seen]) -> Act:
    """What a colleague is to the viewer, who asks them whatever that is."""
    tie = ties.get(pair) or Tie(0.0, 0.0)
    return _act(pair, tie.acts, named, seen, veiled=tie.veiled)


def _acts(
    pairs: list[Pair], ties: dict[Pair, Tie], named: dict[str, Person], seen: dict[Pair, Seen]
) -> tuple[Act, ...]:
    *asked, (last, target) = pairs
    tie = ties[last, target]
    return (
        *(_act(pair, ties[pair].acts, named, seen, veiled=ties[pair].veiled) for pair in asked),
        _act((last, target), tie.acts, named, seen, veiled=tie.veiled),
        _act((target, last), tie.answers, named, seen, veiled=tie.veiled),
    )


def _act(pair: Pair, odds: float, named: dict[str, Person], seen: dict[Pair, Seen], *, veiled: bool) -> Act:
    by, towards = pair
    return Act(
        by=named[by],
        towards=named[towards],
        odds=odds,
        out=seen[by, towards],
        back=seen[towards, by],
        veiled=veiled,
    )
