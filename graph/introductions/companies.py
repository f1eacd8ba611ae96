"""Lists whom the viewer can reach at a company: people there who know the viewer or have a route, best first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cypher
from graph.answers import Step
from graph.database.client import Graph
from graph.database.fulltext import all_words_query
from graph.errors import NoDataLoaded, Remedy
from graph.introductions.answer import VIEWER_UNKNOWN
from graph.introductions.target_list import MAX_LIST_ROWS, TargetAnswer, answer_targets
from graph.lookup.index import Lookups
from graph.lookup.resolve import ResolvedTarget, hide_objector
from graph.names.keys import clean_text, company_key, company_owns_domain
from graph.ties.evidence import read_evidence
from graph.viewer import Viewer

BY_NAME = cypher.load("introductions/find_companies_by_name")
BY_DOMAIN = cypher.load("introductions/find_people_by_domain")
LIST_PEOPLE_AT_COMPANIES = cypher.load("introductions/list_people_at_companies")

MAX_COMPANIES = 20
"""Maximum number of companies of one domain whose contacts are listed."""


@dataclass(frozen=True, slots=True)
class ReachablePerson:
    """A person at a company who knows the viewer or to whom a route leads, with their job there.

    `now` is True if a source in view states that they work there at present.
    """

    row: TargetAnswer
    now: bool
    title: str | None
    since: int | None
    until: int | None


async def reachable_people(
    graph: Graph,
    viewer: Viewer,
    *,
    name: str = "",
    domain: str = "",
    limit: int = 20,
    team: bool = False,
    max_introducers: int = 2,
) -> list[ReachablePerson]:
    """Return the people whom the viewer can reach at the company with this name or domain, present employees first.

    Within each group they are ordered as in a target list. Raises NoDataLoaded if no source identifies the viewer.
    """
    if viewer.person_id is None:
        raise NoDataLoaded(VIEWER_UNKNOWN, remedy=Remedy.LOAD_DATA)
    keys, ids = await (_at_domain(graph, viewer, domain) if domain else _called(graph, viewer, name))
    if not keys and not ids:
        return []
    rows = await graph.run(
        LIST_PEOPLE_AT_COMPANIES,
        network=viewer.network,
        keys=keys,
        ids=ids,
        sources=viewer.sources,
        circle=viewer.duplicate_audiences,
    )
    seen_ids: set[str] = {viewer.person_id}
    employees = []
    for row in sorted(rows, key=lambda row: (not row["now"], row["id"])):
        if seen_ids.isdisjoint([row["id"], *row["same"]]):
            employees.append(row)
            seen_ids |= {row["id"], *row["same"]}
    employees = employees[:MAX_LIST_ROWS]
    profiles = await Lookups(graph, viewer).all_people(id for row in employees for id in (row["id"], *row["same"]))
    targets = [ResolvedTarget(profiles[row["id"]], tuple(profiles[id] for id in row["same"])) for row in employees]
    allowed = [one for one in targets if not one.person.shared and hide_objector(viewer, one) is one]
    ranked = await answer_targets(graph, viewer, allowed, team=team, max_introducers=max_introducers)
    reachable = [
        ReachablePerson(target_row, row["now"], row["title"], row["since"], row["until"])
        for row, one in zip(employees, targets, strict=True)
        if (target_row := ranked.get(one.ids)) and (target_row.tie or target_row.route)
    ]
    reachable.sort(key=lambda one: (not one.now, one.row.tie is None, -one.row.rank_value))
    return await _with_evidence(graph, viewer, reachable[:limit])


async def company_keys_of_domain(graph: Graph, viewer: Viewer, domain: str) -> list[str]:
    """Return the name keys of the companies of a domain, MAX_COMPANIES at most."""
    keys, _ = await _at_domain(graph, viewer, domain)
    return keys[:MAX_COMPANIES]


async def _called(graph: Graph, viewer: Viewer, name: str) -> tuple[list[str], list[str]]:
    key = company_key(name)
    if not key:
        return [], []
    lucene = all_words_query(viewer.network, "key", key)
    rows = await graph.run(BY_NAME, network=viewer.network, company=key, lucene=lucene, sources=viewer.sources)
    return [row["key"] for row in rows], []


async def _at_domain(graph: Graph, viewer: Viewer, domain: str) -> tuple[list[str], list[str]]:
    """Return the companies of people with an address at the domain whose names fit it, and these people."""
    asked = clean_text(domain).lower().removeprefix("www.")
    rows = await graph.run(BY_DOMAIN, network=viewer.network, domain=asked, sources=viewer.sources)
    keys = {key for row in rows for key in row["keys"] if company_owns_domain(key, asked)}
    return sorted(keys), [row["id"] for row in rows]


async def _with_evidence(graph: Graph, viewer: Viewer, reachable: list[ReachablePerson]) -> list[ReachablePerson]:
    """Return the same people with the evidence of every step."""

    def steps_of(row: TargetAnswer) -> Iterable[Step]:
        colleague = [row.route.colleague] if row.route and row.route.colleague else []
        return [*([row.tie] if row.tie else []), *(row.route.steps if row.route else ()), *colleague]

    pairs = [(step.from_person.id, step.to_person.id) for one in reachable for step in steps_of(one.row)]
    evidence = await read_evidence(graph, viewer, pairs)

    def filled(step: Step) -> Step:
        by, towards = step.from_person.id, step.to_person.id
        return replace(step, outbound=evidence[by, towards], inbound=evidence[towards, by])

    def filled_row(row: TargetAnswer) -> TargetAnswer:
        route = row.route and replace(
            row.route,
            steps=tuple(map(filled, row.route.steps)),
            colleague=filled(row.route.colleague) if row.route.colleague else None,
        )
        return replace(row, tie=filled(row.tie) if row.tie else None, route=route)

    return [replace(one, row=filled_row(one.row)) for one in reachable]
