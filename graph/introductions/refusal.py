"""Explains a refusal: the nearest chain, why its failing link is no tie, and the smallest change that opens a route.

Sentences describe what the sources show. They state nothing about the world beyond that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cypher
from graph.answers import Evidence, LowScoreRoutes, NearestMiss, Person, PossibleConnector, Reason, Refusal, Route
from graph.database.client import Graph
from graph.days import date_of
from graph.ids import stable_id
from graph.introductions.routes import required_ties, search_routes
from graph.lookup.possible_connectors import find_connectors
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import ResolvedTarget
from graph.networks.sources import STATEMENTS
from graph.strength.model import model
from graph.ties.evidence import read_evidence, read_ties
from graph.ties.reachability import find_unreachable_people
from graph.viewer import Viewer

NEAR = cypher.load("introductions/find_near_misses_short")
FAR = cypher.load("introductions/find_near_misses_long")
_LIST_DUPLICATES = cypher.load("introductions/list_visible_duplicates")
FIND_CHAIN_OF_LISTS = cypher.load("introductions/find_chain_of_lists")


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest chain by ids, and its failing link: `by` does not know `towards`.

    `outsider`: `towards` is a member and `by` belongs to another organisation. `listed`: the chain consists of list
    entries only. `unroutable`: a tie exists, but the viewer stated that no route may use it.
    """

    people: Sequence[str]
    by: str
    towards: str
    outsider: bool = False
    listed: bool = False
    unroutable: bool = False


async def refusal(
    graph: Graph, viewer: Viewer, target: ResolvedTarget, *, team: bool = False, suggests_connectors: bool = True
) -> Refusal:
    """Explain why no route leads to a target. With `team` the search also started at colleagues who share sources.

    Without `suggests_connectors` possible connectors are read only where the suggestion names one.
    """
    nearest = await _unroutable(graph, viewer, target) or await _nearest(graph, viewer, target)
    suggested = suggests_connectors or nearest is None
    connectors = await find_connectors(graph, viewer, targets=target.ids) if suggested else ()
    return replace(await build_refusal(graph, viewer, target, nearest, connectors), searched_team=team)


async def build_refusal(
    graph: Graph,
    viewer: Viewer,
    target: ResolvedTarget,
    nearest: Nearest | None,
    connectors: tuple[PossibleConnector, ...],
) -> Refusal:
    """Return the refusal for a nearest chain and possible connectors."""
    if nearest is None:
        reason, miss = Reason.NONE_SEEN, None
        ask = f"ask {connectors[0].person.name}, or " if connectors else ""
        suggestion = (
            f"Your sources show nothing between you and {target.person.name}, and nobody between you two: {ask}"
            f"load another mailbox or export, or state who knows {target.person.name}."
        )
    else:
        miss = await _miss(graph, viewer, nearest)
        reason = Reason.DO_NOT_ROUTE if nearest.unroutable else _reason(miss, outsider=nearest.outsider)
        suggestion = _suggestion(miss, reason, me=viewer.person_id or "", listed=nearest.listed)
        if not nearest.unroutable and (same := await _duplicates_with_tie(graph, viewer, miss)):
            suggestion = _merge_suggestion(same, viewer.person_id or "")
    return Refusal(
        target=target.person,
        reason=reason,
        nearest_miss=miss,
        suggestion=suggestion,
        possible_connectors=connectors,
        possible_duplicates=target.possible_duplicates,
    )


def low_score_routes_refusal(
    viewer: Viewer,
    target: ResolvedTarget,
    best: Route,
    weak: LowScoreRoutes,
    connectors: tuple[PossibleConnector, ...] = (),
    *,
    team: bool = False,
) -> Refusal:
    """Return the refusal where the score of every route, the best one included, is too low."""
    me, weakest = viewer.person_id or "", best.weakest_step
    asker = (best.colleague or best.steps[0]).to_person
    through = " and ".join(person.name for person in best.people[:-1])
    pair = [weakest.from_person, weakest.to_person]
    ends = " and ".join(_name(person, me) for person in sorted(pair, key=lambda person: person.id == me))
    return Refusal(
        target=target.person,
        reason=Reason.SCORES_TOO_LOW,
        nearest_miss=NearestMiss(
            people=(asker, *best.people),
            from_person=weakest.from_person,
            to_person=weakest.to_person,
            outbound=weakest.outbound,
            inbound=weakest.inbound,
        ),
        suggestion=f"The best route leads through {through}. Its weakest tie is between {ends}: more contact would "
        "strengthen it.",
        possible_connectors=connectors,
        possible_duplicates=target.possible_duplicates,
        searched_team=team,
        low_score_routes=weak,
    )


async def _unroutable(graph: Graph, viewer: Viewer, target: ResolvedTarget) -> Nearest | None:
    """Return the best chain that fails only because the viewer set one of its ties aside."""
    if not _has_statements(viewer):
        return None
    ways = await search_routes(graph, replace(viewer, audiences=viewer.visible_audiences), targets=target.ids)
    for way in ways.routes:
        chain = (viewer.person_id or "", *way.people, way.target)
        walked = await read_ties(graph, viewer, required_ties(chain))
        unroutable = [pair for pair in required_ties(chain) if pair not in walked]
        if len(unroutable) == 1:
            return Nearest(chain, *unroutable[0], unroutable=True)
    return None


async def _nearest(graph: Graph, viewer: Viewer, target: ResolvedTarget) -> Nearest | None:
    view = _view(viewer, target)
    near = await graph.run(NEAR, **view)
    bound = near[0]["score"] if near else 0.0
    far = await graph.run(FAR, **view, bound=bound) if bound < 1 else []
    rows = far or near
    by_lists = [] if rows else await graph.run(FIND_CHAIN_OF_LISTS, **view)
    for row in (*rows, *by_lists):
        pair = (row["by"], row["towards"])
        set_aside = await read_ties(graph, viewer, [pair], unroutable=True) if _has_statements(viewer) else {}
        unroutable = any(not tie.is_asleep for tie in set_aside.values())
        return Nearest(row["people"], *pair, outsider=row["outsider"], listed=not rows, unroutable=unroutable)
    return None


async def find_chain_of_lists(graph: Graph, viewer: Viewer, target: ResolvedTarget) -> list[str]:
    """Return the ids of the shortest chain of list entries to the target, the viewer first; empty if there is none."""
    rows = await graph.run(FIND_CHAIN_OF_LISTS, **_view(viewer, target))
    return list(rows[0]["people"]) if rows else []


def _has_statements(viewer: Viewer) -> bool:
    """Whether the viewer has made statements about ties."""
    return stable_id(viewer.network, viewer.member, STATEMENTS, "") in viewer.sources


def _view(viewer: Viewer, target: ResolvedTarget) -> dict[str, Any]:
    return {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "targets": list(target.ids),
        "never": [*target.ids, *viewer.ineligible_introducers],
        "audiences": viewer.audiences,
        "sources": viewer.evidence_sources,
        "as_of": viewer.as_of,
    }


async def _miss(graph: Graph, viewer: Viewer, nearest: Nearest) -> NearestMiss:
    by, towards = nearest.by, nearest.towards
    named = await read_profiles(graph, viewer, nearest.people)
    seen = await read_evidence(graph, viewer, [(by, towards)])
    unreachable = await find_unreachable_people(graph, viewer, (by, towards))
    return NearestMiss(
        people=tuple(named[id] for id in nearest.people),
        from_person=named[by],
        to_person=named[towards],
        outbound=seen[by, towards],
        inbound=seen[towards, by],
        unreachable=unreachable.get(towards) or unreachable.get(by),
    )


async def _duplicates_with_tie(graph: Graph, viewer: Viewer, miss: NearestMiss) -> tuple[Person, Person] | None:
    """Return a person of the failing link and a probable duplicate of theirs, with whom the link is a tie.

    Two addresses of one person, such as name@ and name+tag@, can divide a route between two records.
    """
    ends = (miss.from_person.id, miss.to_person.id)
    rows = await graph.run(
        _LIST_DUPLICATES,
        network=viewer.network,
        ids=[end for end in ends if end != viewer.person_id],
        sources=viewer.sources,
        circle=viewer.duplicate_audiences,
    )
    same = {row["id"]: [id for id in row["same"] if id not in ends] for row in rows}
    pairs = {(duplicate, ends[1]): (ends[0], duplicate) for duplicate in same.get(ends[0], ())}
    pairs |= {(ends[0], duplicate): (ends[1], duplicate) for duplicate in same.get(ends[1], ())}
    known = await read_ties(graph, viewer, pairs)
    for pair, people in pairs.items():
        if pair in known and not known[pair].is_asleep:
            named = await read_profiles(graph, viewer, people)
            return named[people[0]], named[people[1]]
    return None


def _merge_suggestion(same: tuple[Person, Person], me: str) -> str:
    first, second = (_name(person, me) for person in same)
    one = f"{first} and {second}" if first != second else f"Two records with the name {first}"
    return f"{one} are probably one person. If they are, merge them: the other record has the tie that is missing here."


def _reached_out(seen: Evidence) -> bool:
    return not seen.counts.keys().isdisjoint(model().reaching)


def _last_statement(miss: NearestMiss, channels: Sequence[str]) -> int | None:
    """Return the last day of the viewer's statements of these channels about the two people."""
    return max(
        (
            day
            for channel, day in {**miss.inbound.statements, **miss.outbound.statements}.items()
            if channel in channels
        ),
        default=None,
    )


def _out_of_touch_since(miss: NearestMiss) -> int | None:
    """Return the day of the viewer's out-of-touch statement, if `from_person` did nothing since then."""
    stated = _last_statement(miss, model().parting)
    return None if stated is None or (miss.outbound.last_day or stated) > stated else stated


def _reason(miss: NearestMiss, *, outsider: bool) -> Reason:
    if _out_of_touch_since(miss) is not None or miss.unreachable:
        return Reason.GONE_COLD
    if not miss.outbound.counts and not miss.inbound.counts:
        return Reason.ONE_SIDED if miss.outbound.statements else Reason.ONLY_STRANGERS
    approach = outsider and not _reached_out(miss.inbound) and not miss.outbound.is_stated
    return Reason.GONE_COLD if _reached_out(miss.outbound) and not approach else Reason.ONE_SIDED


def _suggestion(miss: NearestMiss, reason: Reason, *, me: str, listed: bool) -> str:
    by, towards = miss.from_person.name, _name(miss.to_person, me)
    if listed:
        between_two = " and ".join(person.name for person in miss.people[1:-1])
        return (
            f"Only lists of connections lead to {miss.people[-1].name}, through {between_two}, and your sources show "
            f"too few messages on the way: start with one exchange between {by} and {towards}, or state who knows whom."
        )
    mine = miss.to_person.id == me
    if reason is Reason.DO_NOT_ROUTE:
        tie = f"your tie to {by}" if mine else f"{by}'s tie to {towards}"
        return f"You stated that no route may use {tie}: withdraw the statement to open the route."
    if reason is Reason.GONE_COLD:
        return _gone_cold(miss, towards)
    if reason is Reason.ONLY_STRANGERS:
        who, pair = (f"You and {by}", "you") if mine else (f"{by} and {towards}", "them")
        then = (
            f"one exchange is enough, or state that {by} knows you" if mine else f"ask {by}, and state what you learn"
        )
        return f"{who} are connected, but your sources show no message between {pair}: {then}."
    if _reached_out(miss.outbound):
        last = _month(miss.outbound.last_day)
        return f"{by} wrote to {towards}, last in {last}, and your sources show no answer: one answer is enough."
    since = f", though {towards} wrote in {_month(miss.inbound.last_day)}" if _reached_out(miss.inbound) else ""
    then = f"one is enough, or state that {by} knows you" if mine else f"ask {by}, and state what you learn"
    return f"Your sources show no message from {by} to {towards}{since}: {then}."


def _gone_cold(miss: NearestMiss, towards: str) -> str:
    """Suggest a contact for a tie without contact for years, or with too few responses."""
    by, wrote = miss.from_person.name, _month(miss.outbound.last_day)
    if miss.unreachable:
        name = by if miss.unreachable.person_id == miss.from_person.id else towards
        return f"{miss.unreachable.describe(name)} Find another address of {name}, and write to it."
    if (out_of_touch_since := _out_of_touch_since(miss)) is not None:
        return (
            f"You said in {_month(out_of_touch_since)} that {by} and {towards} are out of touch: one exchange since "
            "then is enough, or withdraw the statement."
        )
    last = max((day for day in (miss.outbound.last_day, miss.inbound.last_day) if day is not None), default=None)
    if (
        last is None
        or miss.outbound.coverage_until is None
        or miss.outbound.coverage_until - last > model().asleep_after
    ):
        return f"{by} has not written to {towards} since {wrote}; one exchange is enough."
    return (
        f"{by} last wrote to {towards} in {wrote}, and your sources show too few answers since; one exchange is enough."
    )


def _name(person: Person, me: str) -> str:
    return "you" if person.id == me else person.name


def _month(day: int | None) -> str:
    return f"{date_of(day):%B %Y}" if day is not None else "an unknown month"
