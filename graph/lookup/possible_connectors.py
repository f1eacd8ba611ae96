"""Finds possible connectors where there is no route: people who know the asker and share an employer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cypher
from graph.answers import PossibleConnector, Step
from graph.database.client import Graph
from graph.database.fulltext import all_words_query
from graph.lookup.profiles import read_profiles
from graph.names.keys import company_key
from graph.ties.evidence import label_only_pairs, read_evidence, visible_tie
from graph.viewer import Viewer

TARGET = cypher.load("lookup/find_possible_connectors")
COMPANY = cypher.load("lookup/find_company_connectors")
ASSISTANTS = cypher.load("lookup/find_assistants")

MAX_CONNECTORS = 3
"""Maximum number in an answer: more would read like a list of contacts."""
MAX_CONTACTS = 25
"""Maximum number of present, and of former, employees of a company in an answer."""


@dataclass(frozen=True, slots=True)
class CompanyContacts:
    """People at a company who know the viewer, strongest tie first: present and former employees.

    Each list has MAX_CONTACTS at most; the counts are of all.
    """

    present: tuple[PossibleConnector, ...]
    former: tuple[PossibleConnector, ...]
    present_count: int
    former_count: int


async def find_connectors(
    graph: Graph, viewer: Viewer, *, targets: Sequence[str], limit: int = MAX_CONNECTORS
) -> tuple[PossibleConnector, ...]:
    """Return people who know the viewer and assist a target, then those who share an employer with one."""
    view = {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "targets": list(targets),
        "audiences": viewer.audiences,
        "sources": viewer.sources,
    }
    assistants = await graph.run(ASSISTANTS, **view)
    return await build_connectors(
        graph, viewer, assistants, await graph.run(TARGET, circle=viewer.duplicate_audiences, **view), limit=limit
    )


async def build_connectors(
    graph: Graph,
    viewer: Viewer,
    assistants: Sequence[dict[str, Any]],
    colleagues: Sequence[dict[str, Any]],
    *,
    limit: int = MAX_CONNECTORS,
) -> tuple[PossibleConnector, ...]:
    """Return the possible connectors among assistants of a target and colleagues of it, the rows of two queries."""
    assistants, colleagues = _allowed(viewer, assistants), _allowed(viewer, colleagues)
    profiles = await read_profiles(graph, viewer, [id for row in assistants for id in (row["id"], row["whom"])])
    first = [
        {
            "id": row["id"],
            "strength": row["strength"],
            "twins": [],
            "since": None,
            "until": None,
            "title": f"assistant to {profiles[row['whom']].name}",
            "company": profiles[row["id"]].company or profiles[row["whom"]].company or "",
        }
        for row in assistants
    ]
    return await _connectors(graph, viewer, _one_each([*first, *colleagues])[:limit])


async def find_connectors_at(
    graph: Graph, viewer: Viewer, company: str, *, limit: int = MAX_CONNECTORS
) -> tuple[PossibleConnector, ...]:
    """Return people who know the viewer and work at a company, for a target there whom no source names."""
    rows = [row for row in _allowed(viewer, await _rows(graph, viewer, company)) if row["until"] is None]
    return await _connectors(graph, viewer, _one_each(rows)[:limit])


async def find_company_contacts(graph: Graph, viewer: Viewer, company: str) -> CompanyContacts:
    """Return the people who know the viewer and work or worked at a company."""
    return await find_contacts_at_companies(graph, viewer, [company])


async def find_contacts_at_companies(graph: Graph, viewer: Viewer, companies: Sequence[str]) -> CompanyContacts:
    """Return the people who know the viewer and work or worked at one of these companies."""
    rows = [row for company in companies for row in _one_each(await _rows(graph, viewer, company))]
    present = [row for row in rows if row["until"] is None]
    former = [row for row in rows if row["until"] is not None]
    # before anything is read of them, so that a large company costs no more than a small one
    shown = present[:MAX_CONTACTS], former[:MAX_CONTACTS]
    contacts = await _connectors(graph, viewer, [*shown[0], *shown[1]])
    return CompanyContacts(
        present=contacts[: len(shown[0])],
        former=contacts[len(shown[0]) :],
        present_count=len(present),
        former_count=len(former),
    )


async def _rows(graph: Graph, viewer: Viewer, company: str) -> list[dict[str, Any]]:
    key = company_key(company)
    if not key:
        return []
    return await graph.run(
        COMPANY,
        network=viewer.network,
        viewer_id=viewer.person_id,
        company=key,
        lucene=all_words_query(viewer.network, "key", key),
        audiences=viewer.audiences,
        sources=viewer.sources,
        circle=viewer.duplicate_audiences,
    )


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
            tie=Step(
                from_person=profiles[row["id"]],
                to_person=profiles[me],
                strength=visible_tie(row["strength"], label_only=pair in label_only).strength,
                outbound=evidence[row["id"], me],
                inbound=evidence[me, row["id"]],
                label_only=pair in label_only,
            ),
        )
        for pair, row in zip(pairs, rows, strict=True)
    )
