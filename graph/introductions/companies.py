"""Lists whom the viewer can reach at a company: people there who know the viewer or have a route, best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.errors import NoDataLoaded, Remedy
from graph.introductions.answer import VIEWER_UNKNOWN
from graph.introductions.target_answer import TargetAnswer
from graph.introductions.target_list import AT_ONCE, MAX_LIST_ROWS, answer_targets, with_evidence
from graph.lookup.company_jobs import VisibleJob, jobs_at_companies, matching_companies
from graph.lookup.index import Lookups
from graph.lookup.padding import pad_duration
from graph.lookup.possible_connectors import CompanyContacts, find_contacts_at_companies
from graph.lookup.resolve import ResolvedTarget, hide_objector
from graph.names.keys import clean_text, company_owns_domain
from graph.viewer import Viewer

BY_DOMAIN = cypher.load("introductions/find_people_by_domain")
LIST_DUPLICATES = cypher.load("introductions/list_visible_duplicates")

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


@dataclass(frozen=True, slots=True)
class ReachablePeople:
    """The people whom the viewer can reach at a company.

    `low_score_count` is the number of others to whom only routes with too low a score lead.
    """

    people: tuple[ReachablePerson, ...] = ()
    low_score_count: int = 0


async def reachable_people(
    graph: Graph,
    viewer: Viewer,
    *,
    name: str = "",
    domain: str = "",
    limit: int = 20,
    team: bool = False,
    max_introducers: int = 2,
    min_score: float = 0.0,
) -> ReachablePeople:
    """Return the people whom the viewer can reach at the company with this name or domain, present employees first.

    A person to whom only routes with a score below `min_score` lead is counted and not listed. Within each group they
    are ordered as in a target list. The response time is padded so that it does not reveal private data.

    Raises NoDataLoaded if no source identifies the viewer.
    """
    began = monotonic()
    if viewer.person_id is None:
        raise NoDataLoaded(VIEWER_UNKNOWN, remedy=Remedy.LOAD_DATA)
    keys, ids = await (_at_domain(graph, viewer, domain) if domain else _called(graph, viewer, name))
    jobs = await _latest_jobs(graph, viewer, keys, ids)
    same = await _duplicates(graph, viewer, jobs)
    seen_ids: set[str] = {viewer.person_id}
    employees = []
    for id, job in sorted(jobs.items(), key=lambda item: (not item[1].is_current, item[0])):
        if seen_ids.isdisjoint([id, *same[id]]):
            employees.append(job)
            seen_ids |= {id, *same[id]}
    employees = employees[:MAX_LIST_ROWS]
    ids_of = {job.person_id: same[job.person_id] for job in employees}
    profiles = await Lookups(graph, viewer).all_people(one for id, others in ids_of.items() for one in (id, *others))
    targets = [ResolvedTarget(profiles[id], tuple(profiles[one] for one in others)) for id, others in ids_of.items()]
    allowed = [one for one in targets if not one.person.shared and hide_objector(viewer, one) is one]
    ranked = await answer_targets(
        graph, viewer, allowed, team=team, max_introducers=max_introducers, min_score=min_score
    )
    reachable = [
        ReachablePerson(target_row, job.is_current, job.title, job.since, job.until)
        for job, one in zip(employees, targets, strict=True)
        if (target_row := ranked.get(one.ids)) and (target_row.tie or target_row.route)
    ]
    reachable.sort(key=lambda one: (not one.now, one.row.rank_group, -one.row.rank_value))
    reachable = reachable[:limit]
    filled = await with_evidence(graph, viewer, [one.row for one in reachable])
    await pad_duration(began)
    return ReachablePeople(
        tuple(replace(one, row=row) for one, row in zip(reachable, filled, strict=True)),
        sum(row.refusal is not None for row in ranked.values()),
    )


async def find_domain_contacts(graph: Graph, viewer: Viewer, domain: str) -> CompanyContacts:
    """Return the people who know the viewer and work or worked at the companies of a domain. The time is padded."""
    began = monotonic()
    keys, _ = await _at_domain(graph, viewer, domain)
    contacts = await find_contacts_at_companies(graph, viewer, keys[:MAX_COMPANIES])
    await pad_duration(began)
    return contacts


async def _called(graph: Graph, viewer: Viewer, name: str) -> tuple[list[str], list[str]]:
    return await matching_companies(graph, viewer, name), []


async def _latest_jobs(graph: Graph, viewer: Viewer, keys: Sequence[str], ids: Sequence[str]) -> dict[str, VisibleJob]:
    """Return the present or else the last job of each person at these companies; one without days for the others."""
    latest: dict[str, VisibleJob] = {}
    for job in await jobs_at_companies(graph, viewer, keys):
        latest[job.person_id] = min(latest.get(job.person_id, job), job, key=lambda one: one.recency)
    return {id: VisibleJob(id, "", "", None, None, None, is_current=True) for id in ids} | latest


async def _duplicates(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the probable duplicates of each person that the viewer may see."""
    same: dict[str, list[str]] = {}
    for some in batches(ids, AT_ONCE):
        rows = await graph.run(
            LIST_DUPLICATES,
            network=viewer.network,
            ids=some,
            sources=viewer.sources,
            circle=viewer.duplicate_audiences,
        )
        same |= {row["id"]: row["same"] for row in rows}
    return same


async def _at_domain(graph: Graph, viewer: Viewer, domain: str) -> tuple[list[str], list[str]]:
    """Return the companies of people with an address at the domain whose names fit it, and these people."""
    asked = clean_text(domain).lower().removeprefix("www.")
    rows = await graph.run(BY_DOMAIN, network=viewer.network, domain=asked, sources=viewer.sources)
    keys = {key for row in rows for key in row["keys"] if company_owns_domain(key, asked)}
    return sorted(keys), [row["id"] for row in rows]
