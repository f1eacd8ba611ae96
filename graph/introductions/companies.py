"""Whom the viewer can reach at a company: who knows them there, and to whom somebody can introduce them, best first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cypher
from graph.answers import Step
from graph.database.client import Graph
from graph.database.fulltext import every_word
from graph.errors import NoDataLoaded
from graph.introductions.answer import NOBODY
from graph.introductions.target_list import MOST, Ranked, judged
from graph.lookup.index import Look
from graph.lookup.resolve import Target, heeded
from graph.names.keys import clean_text, company_key, company_owns_domain
from graph.ties.evidence import read_evidence
from graph.viewer import Viewer

CALLED = cypher.load("introductions/find_companies_by_name")
ADDRESSES = cypher.load("introductions/find_people_by_domain")
PEOPLE = cypher.load("introductions/list_people_at_companies")


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody at a company who knows the viewer, or to whom a route leads: who they are there, and how.

    `now` says whether they work there now, as far as sources in view say.
    """

    found: Ranked
    now: bool
    title: str | None
    since: int | None
    until: int | None


async def reached(
    graph: Graph,
    viewer: Viewer,
    *,
    name: str = "",
    domain: str = "",
    limit: int = 20,
    team: bool = False,
    max_introducers: int = 2,
) -> list[Reached]:
    """Return whom the viewer can reach at the company of this name, or whose domain this is; who is there now first.

    Then by rank (graph.targets). Raises NoDataLoaded where nobody knows yet who the viewer is.
    """
    if viewer.person_id is None:
        raise NoDataLoaded(NOBODY)
    keys, ids = await (_at_domain(graph, viewer, domain) if domain else _called(graph, viewer, name))
    if not keys and not ids:
        return []
    rows = await graph.run(
        PEOPLE, network=viewer.network, keys=keys, ids=ids, sources=viewer.sources, circle=viewer.duplicate_audiences
    )
    taken: set[str] = {viewer.person_id}
    there = []
    for row in sorted(rows, key=lambda row: (not row["now"], row["id"])):
        if taken.isdisjoint([row["id"], *row["same"]]):
            there.append(row)
            taken |= {row["id"], *row["same"]}
    there = there[:MOST]
    people = await Look(graph, viewer).all_people(id for row in there for id in (row["id"], *row["same"]))
    targets = [Target(people[row["id"]], tuple(people[id] for id in row["same"])) for row in there]
    somebody = [one for one in targets if not one.person.shared and heeded(viewer, one) is one]
    ranked = await judged(graph, viewer, somebody, team=team, max_introducers=max_introducers)
    met = [
        Reached(found, row["now"], row["title"], row["since"], row["until"])
        for row, one in zip(there, targets, strict=True)
        if (found := ranked.get(one.ids)) and (found.tie or found.route)
    ]
    met.sort(key=lambda one: (not one.now, one.found.tie is None, -one.found.odds))
    return await _with_evidence(graph, viewer, met[:limit])


async def of_domain(graph: Graph, viewer: Viewer, domain: str) -> list[str]:
    """What the companies of a domain are called, to be found by."""
    keys, _ = await _at_domain(graph, viewer, domain)
    return keys


async def _called(graph: Graph, viewer: Viewer, name: str) -> tuple[list[str], list[str]]:
    key = company_key(name)
    if not key:
        return [], []
    lucene = every_word(viewer.network, "key", key)
    rows = await graph.run(CALLED, network=viewer.network, company=key, lucene=lucene, sources=viewer.sources)
    return [row["key"] for row in rows], []


async def _at_domain(graph: Graph, viewer: Viewer, domain: str) -> tuple[list[str], list[str]]:
    """The companies that those with an address there are of and that fit the domain, and these people."""
    asked = clean_text(domain).lower().removeprefix("www.")
    rows = await graph.run(ADDRESSES, network=viewer.network, domain=asked, sources=viewer.sources)
    keys = {key for row in rows for key in row["keys"] if company_owns_domain(key, asked)}
    return sorted(keys), [row["id"] for row in rows]


async def _with_evidence(graph: Graph, viewer: Viewer, met: list[Reached]) -> list[Reached]:
    """The same with what was seen of every act."""

    def acts(one: Ranked) -> Iterable[Step]:
        more = [one.route.colleague] if one.route and one.route.colleague else []
        return [*([one.tie] if one.tie else []), *(one.route.steps if one.route else ()), *more]

    pairs = [(act.from_person.id, act.to_person.id) for one in met for act in acts(one.found)]
    seen = await read_evidence(graph, viewer, pairs)

    def told(act: Step) -> Step:
        by, towards = act.from_person.id, act.to_person.id
        return replace(act, outbound=seen[by, towards], inbound=seen[towards, by])

    def whole(one: Ranked) -> Ranked:
        route = one.route and replace(
            one.route,
            steps=tuple(map(told, one.route.steps)),
            colleague=told(one.route.colleague) if one.route.colleague else None,
        )
        return replace(one, tie=told(one.tie) if one.tie else None, route=route)

    return [replace(one, found=whole(one.found)) for one in met]
