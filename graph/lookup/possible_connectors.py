"""Finds possible connectors where there is no route: people who know the asker and share an employer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import cypher
from graph.answers import PossibleConnector, Step
from graph.database.batching import batches
from graph.database.client import Graph
from graph.lookup.company_jobs import VisibleJob, jobs_beside, jobs_of_people_at, matching_companies
from graph.lookup.padding import pad_duration
from graph.lookup.profiles import read_profiles
from graph.ties.evidence import label_only_pairs, read_evidence, visible_tie
from graph.viewer import Viewer

KNOWN_PEOPLE = cypher.load("lookup/find_known_people")
_KNOWN_PEOPLE_AT = cypher.load("lookup/find_known_people_at_companies")
ASSISTANTS = cypher.load("lookup/list_assistants")

MAX_CONNECTORS = 3
"""Maximum number in an answer: more would read like a list of contacts."""
MAX_CONTACTS = 25
"""Maximum number of present, and of former, employees of a company in an answer."""
LOOKED_UP_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class CompanyContacts:
    """People at a company who know the viewer, strongest tie first: present and former employees.

    Each list has MAX_CONTACTS at most; the counts are of all.
    """

    present: tuple[PossibleConnector, ...]
    former: tuple[PossibleConnector, ...]
    present_count: int
    former_count: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """People who assist a target, each with that target's id, and the jobs of those who share an employer with one."""

    targets: tuple[str, ...]
    target_by_assistant: dict[str, str]
    jobs: tuple[VisibleJob, ...]

    @property
    def ids(self) -> list[str]:
        """The ids of all of them."""
        return sorted({*self.target_by_assistant, *(job.person_id for job in self.jobs)})


async def find_candidates(graph: Graph, viewer: Viewer, targets: Sequence[str]) -> Candidates:
    """Return the people beside a target, whether or not they know the viewer, by what sources in view state."""
    assistants = await graph.run(
        ASSISTANTS, network=viewer.network, viewer_id=viewer.person_id, targets=list(targets), sources=viewer.sources
    )
    jobs = await jobs_beside(graph, viewer, targets)
    return Candidates(tuple(targets), {row["id"]: row["whom"] for row in assistants}, tuple(jobs))


async def find_connectors(
    graph: Graph, viewer: Viewer, *, targets: Sequence[str], limit: int = MAX_CONNECTORS
) -> tuple[PossibleConnector, ...]:
    """Return people who know the viewer and assist a target, then those who share an employer with one."""
    if viewer.person_id is None:
        return ()
    candidates = await find_candidates(graph, viewer, targets)
    return await build_connectors(graph, viewer, candidates, await _known(graph, viewer, candidates.ids), limit=limit)


async def build_connectors(
    graph: Graph,
    viewer: Viewer,
    candidates: Candidates,
    known: Sequence[dict[str, Any]],
    *,
    limit: int = MAX_CONNECTORS,
) -> tuple[PossibleConnector, ...]:
    """Return the possible connectors among the candidates. `known` are the rows of those who know the viewer."""
    whom = candidates.target_by_assistant
    assistants = [row for row in known if row["id"] in whom and row["one"] == row["id"]]
    assistants = sorted(_allowed(viewer, assistants), key=lambda row: (row["asleep"], -row["strength"], row["id"]))
    profiles = await read_profiles(graph, viewer, [one for row in assistants for one in (row["id"], whom[row["id"]])])
    first = [
        {
            "id": row["id"],
            "strength": row["strength"],
            "asleep": row["asleep"],
            "unreachable": row["unreachable"],
            "twins": [],
            "since": None,
            "until": None,
            "is_current": True,
            "title": f"assistant to {profiles[whom[row['id']]].name}",
            "company": profiles[row["id"]].company or profiles[whom[row["id"]]].company or "",
        }
        for row in assistants
    ]
    colleagues = _allowed(viewer, _rows(viewer, candidates.jobs, known))
    colleagues = [row for row in colleagues if row["id"] not in candidates.targets]
    return await _connectors(graph, viewer, _one_each([*first, *colleagues])[:limit])


async def find_connectors_at(
    graph: Graph, viewer: Viewer, company: str, *, limit: int = MAX_CONNECTORS
) -> tuple[PossibleConnector, ...]:
    """Return people who know the viewer and work at a company, for a target there whom no source names."""
    keys = await matching_companies(graph, viewer, company)
    rows = [row for row in _allowed(viewer, await _known_at(graph, viewer, keys)) if row["is_current"]]
    return await _connectors(graph, viewer, await _with_jobs(graph, viewer, _one_each(rows)[:limit], keys))


async def find_company_contacts(graph: Graph, viewer: Viewer, company: str) -> CompanyContacts:
    """Return the people who know the viewer and work or worked at a company with this name. The time is padded."""
    began = monotonic()
    contacts = await find_contacts_at_companies(graph, viewer, await matching_companies(graph, viewer, company))
    await pad_duration(began)
    return contacts


async def find_contacts_at_companies(graph: Graph, viewer: Viewer, keys: Sequence[str]) -> CompanyContacts:
    """Return the people who know the viewer and work or worked at one of the companies with these keys."""
    rows = _one_each(await _known_at(graph, viewer, keys))
    present = [row for row in rows if row["is_current"]]
    former = [row for row in rows if not row["is_current"]]
    # before anything is read of them, so that a large company costs no more than a small one
    shown = [*present[:MAX_CONTACTS], *former[:MAX_CONTACTS]]
    contacts = await _connectors(graph, viewer, await _with_jobs(graph, viewer, shown, keys))
    return CompanyContacts(
        present=tuple(contact for contact in contacts if contact.is_current),
        former=tuple(contact for contact in contacts if not contact.is_current),
        present_count=len(present),
        former_count=len(former),
    )


async def _known_at(graph: Graph, viewer: Viewer, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return each person who knows the viewer and has a job at these companies, the strongest tie first.

    Ties that are asleep come last. `employees` are those with a job there: the person, probable duplicates, or both.
    """
    if viewer.person_id is None or not keys:
        return []
    (row,) = await graph.run(
        _KNOWN_PEOPLE_AT,
        network=viewer.network,
        viewer_id=viewer.person_id,
        sources=viewer.sources,
        companies=list(keys),
        audiences=viewer.audiences,
        circle=viewer.duplicate_audiences,
    )
    known = []
    for id, employees, twins, strength, asleep, unreachable in row["people"]:
        jobs = {employee: is_current for employee, is_current in employees if employee not in viewer.archived_people}
        if jobs and id not in viewer.archived_people:
            tie = {"id": id, "twins": twins, "strength": strength, "asleep": asleep, "unreachable": unreachable}
            known.append({**tie, "employees": [*jobs], "is_current": any(jobs.values())})
    return sorted(known, key=lambda row: (row["asleep"], -row["strength"], row["id"]))


async def _with_jobs(
    graph: Graph, viewer: Viewer, rows: Sequence[dict[str, Any]], keys: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the rows with the latest job of their employees at these companies."""
    employees = sorted({id for row in rows for id in row["employees"]})
    jobs: dict[str, list[VisibleJob]] = defaultdict(list)
    for job in await jobs_of_people_at(graph, viewer, employees, keys) if employees else ():
        jobs[job.person_id].append(job)
    latest = [
        min((job for id in row["employees"] for job in jobs[id]), key=lambda job: job.recency, default=None)
        for row in rows
    ]
    return [
        {**row, "company": job.company, "title": job.title, **_days(job)}
        for row, job in zip(rows, latest, strict=True)
        if job
    ]


async def _known(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return those of these people who know the viewer, or whose probable duplicate does."""
    view = {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "audiences": viewer.audiences,
        "circle": viewer.duplicate_audiences,
    }
    batched_rows = [await graph.run(KNOWN_PEOPLE, ids=some, **view) for some in batches(ids, LOOKED_UP_AT_ONCE)]
    return [row for rows in batched_rows for row in rows if viewer.archived_people.isdisjoint((row["id"], row["one"]))]


def _rows(viewer: Viewer, jobs: Iterable[VisibleJob], known: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the jobs of people who know the viewer, the strongest tie first, ties that are asleep last.

    The tie may belong to a person and the job to a probable duplicate.
    """
    ties: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in known:
        tie = {name: row[name] for name in ("twins", "strength", "asleep", "unreachable")}
        ties[row["id"]].append({"id": row["one"], **tie})
    jobs_with_ties = [(job, tie) for job in jobs if job.person_id != viewer.person_id for tie in ties[job.person_id]]
    jobs_with_ties.sort(key=lambda entry: (entry[1]["asleep"], -entry[1]["strength"], entry[1]["id"], entry[0].recency))
    return [{**tie, "company": job.company, "title": job.title, **_days(job)} for job, tie in jobs_with_ties]


def _days(job: VisibleJob) -> dict[str, Any]:
    return {"since": job.since, "until": job.until, "is_current": job.is_current}


def _allowed(viewer: Viewer, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows without excluded introducers."""
    return [row for row in rows if row["id"] not in viewer.excluded_introducers]


def _one_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each person once, duplicates merged: the strongest tie, and a present job before a past one."""
    seen_ids: set[str] = set()
    kept: list[dict[str, Any]] = []
    for row in rows:
        if row["id"] not in seen_ids:
            kept.append(row)
            seen_ids |= {row["id"], *row["twins"]}
    return kept


async def _connectors(graph: Graph, viewer: Viewer, rows: list[dict[str, Any]]) -> tuple[PossibleConnector, ...]:
    if not rows or viewer.person_id is None:
        return ()
    me = viewer.person_id
    profiles = await read_profiles(graph, viewer, [me, *(row["id"] for row in rows)])
    pairs = [(row["id"], me) for row in rows]
    evidence, label_only = await read_evidence(graph, viewer, pairs), await label_only_pairs(graph, viewer, pairs)
    return tuple(
        PossibleConnector(
            person=profiles[row["id"]],
            company=row["company"],
            title=row["title"],
            since=row["since"],
            until=row["until"],
            is_current=row["is_current"],
            tie=Step(
                from_person=profiles[row["id"]],
                to_person=profiles[me],
                strength=visible_tie(row["strength"], label_only=pair in label_only).strength,
                outbound=evidence[row["id"], me],
                inbound=evidence[me, row["id"]],
                label_only=pair in label_only,
                is_asleep=row["asleep"] and pair not in label_only,
                is_unreachable=row["asleep"] and row["unreachable"] and pair not in label_only,
            ),
        )
        for pair, row in zip(pairs, rows, strict=True)
    )
