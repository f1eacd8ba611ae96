"""Finds companies, and the people with a job there, by what sources in view state.

All queries start from the facts of these sources. So neither the result nor the work depends on other sources.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cypher
from graph.database.client import Graph
from graph.names.keys import company_key
from graph.people.build import jobs_of_facts
from graph.people.clusters import StoredFact
from graph.viewer import Viewer

LIST_COMPANY_KEYS = cypher.load("lookup/list_company_keys")
LIST_FACTS = cypher.load("lookup/list_facts_at_companies")
_COUNT_PEOPLE = cypher.load("lookup/count_people_at_companies")
LIST_FACTS_OF_PEOPLE = cypher.load("lookup/list_facts_of_people")
_UNKNOWN_DAY = -1
"""The end of a former job whose day the viewer may not see. Another source's later day takes its place."""


@dataclass(frozen=True, slots=True)
class VisibleJob:
    """A job of a person at a company, as sources in view state it.

    Days are None if unknown, or if only sources state them that share no more than strengths.
    """

    person_id: str
    company: str
    key: str
    title: str | None
    since: int | None
    until: int | None
    is_current: bool

    @property
    def recency(self) -> tuple[bool, int, int, str]:
        """A key that sorts jobs: present ones first, then the latest."""
        return not self.is_current, -(self.until or 0), -(-1 if self.since is None else self.since), self.title or ""


async def matching_companies(graph: Graph, viewer: Viewer, name: str) -> list[str]:
    """Return the key of the company with this name, or else all that start with it, or else those with such a word."""
    key = company_key(name)
    if not key:
        return []
    rows = await graph.run(LIST_COMPANY_KEYS, network=viewer.network, sources=viewer.sources, company=key)
    return [row["key"] for row in rows]


async def count_people_at(graph: Graph, viewer: Viewer, keys: Sequence[str]) -> int:
    """Count the people with a job at the companies with these keys, present or former."""
    (row,) = await graph.run(_COUNT_PEOPLE, network=viewer.network, sources=viewer.sources, companies=list(keys))
    return int(row["people"])


async def jobs_at_companies(graph: Graph, viewer: Viewer, keys: Sequence[str]) -> list[VisibleJob]:
    """Return all jobs at the companies with these keys, present and former."""
    if not keys:
        return []
    rows = await graph.run(LIST_FACTS, network=viewer.network, sources=viewer.sources, companies=list(keys))
    return _jobs_with_names(_facts_by_person(viewer, rows), keys)


async def jobs_of_people_at(
    graph: Graph, viewer: Viewer, people: Sequence[str], keys: Sequence[str]
) -> list[VisibleJob]:
    """Return the jobs of these people at the companies with these keys, present and former."""
    return _jobs_with_names(await _read_facts(graph, viewer, people), keys)


async def jobs_beside(graph: Graph, viewer: Viewer, people: Sequence[str]) -> list[VisibleJob]:
    """Return the jobs of others where one of these people works, unless they ended before that person began there."""
    own = await read_jobs(graph, viewer, people)
    began = {
        key: min((job.since for job in own if job.key == key and job.since is not None), default=None)
        for key in sorted({job.key for job in own if job.is_current})
    }
    return [
        job
        for job in await jobs_at_companies(graph, viewer, list(began))
        if job.person_id not in people
        and (job.is_current or ((start := began[job.key]) is not None and job.until is not None and start <= job.until))
    ]


async def read_jobs(graph: Graph, viewer: Viewer, people: Sequence[str]) -> list[VisibleJob]:
    """Return all jobs of these people, present and former. Companies are named by their keys."""
    facts = await _read_facts(graph, viewer, people)
    return [_visible_job(person, job["key"], job) for person, each in facts.items() for job in jobs_of_facts(each)]


def _jobs_with_names(facts: Mapping[str, list[StoredFact]], keys: Sequence[str]) -> list[VisibleJob]:
    """Return the jobs at these companies. Each company has the spelling that most of the facts use."""
    spellings: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for fact in (fact for each in facts.values() for fact in each):
        if fact.company_key in spellings and fact.company:
            spellings[fact.company_key][fact.company] += 1
    names = {
        key: min(counts, key=lambda name: (-counts[name], name)) if counts else key for key, counts in spellings.items()
    }
    return [
        _visible_job(person, names[job["key"]], job)
        for person, stated in facts.items()
        for job in jobs_of_facts(stated)
        if job["key"] in names
    ]


async def _read_facts(graph: Graph, viewer: Viewer, people: Sequence[str]) -> dict[str, list[StoredFact]]:
    (row,) = await graph.run(LIST_FACTS_OF_PEOPLE, network=viewer.network, sources=viewer.sources, ids=list(people))
    return _facts_by_person(viewer, row["people"])


def _facts_by_person(viewer: Viewer, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[StoredFact]]:
    """Return the facts of each row, without days where the source shares no more than strengths."""
    without_days = {*viewer.strength_only_sources}
    facts = {row["id"]: [StoredFact(*fact) for fact in row["facts"]] for row in rows}
    return {
        person: [_without_days(fact) if fact.source in without_days else fact for fact in stated]
        for person, stated in facts.items()
    }


def _without_days(fact: StoredFact) -> StoredFact:
    is_current = fact.until is None and fact.gone is None
    return fact._replace(since=None, seen=None, gone=None, until=None if is_current else _UNKNOWN_DAY)


def _visible_job(person: str, company: str, job: Mapping[str, Any]) -> VisibleJob:
    until = None if job["until"] == _UNKNOWN_DAY else job["until"]
    return VisibleJob(person, company, job["key"], job["title"], job["since"], until, is_current=job["until"] is None)
