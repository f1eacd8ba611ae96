"""Whom one might ask where there is no route: who knows the asker and sits near the target. Hints, never routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cypher
from graph.answers import PossibleConnector, Step
from graph.database.client import Graph
from graph.database.fulltext import all_words_query
from graph.lookup.profiles import people
from graph.names.keys import company_key
from graph.ties.evidence import as_visible, label_only_pairs, read_evidence
from graph.viewer import Viewer

TARGET = cypher.load("lookup/find_possible_connectors")
COMPANY = cypher.load("lookup/find_company_leads")
ASSISTANTS = cypher.load("lookup/find_assistant_leads")

MOST = 3
"""Leads in an answer: more would read like a list of contacts."""


@dataclass(frozen=True, slots=True)
class AtCompany:
    """Who knows the viewer at a company, best odds first: those there now, and those who were there once."""

    now: tuple[PossibleConnector, ...]
    once: tuple[PossibleConnector, ...]


async def leads(
    graph: Graph, viewer: Viewer, *, targets: Sequence[str], limit: int = MOST
) -> tuple[PossibleConnector, ...]:
    """Return who knows the viewer and assists a target, then who works where one does, or did when it already did."""
    view = {
        "network": viewer.network,
        "viewer_id": viewer.person_id,
        "targets": list(targets),
        "audiences": viewer.audiences,
        "sources": viewer.sources,
    }
    assistants = await graph.run(ASSISTANTS, **view)
    return await among(
        graph, viewer, assistants, await graph.run(TARGET, circle=viewer.duplicate_audiences, **view), limit=limit
    )


async def among(
    graph: Graph,
    viewer: Viewer,
    assistants: Sequence[dict[str, Any]],
    colleagues: Sequence[dict[str, Any]],
    *,
    limit: int = MOST,
) -> tuple[PossibleConnector, ...]:
    """Return the leads among who assists a target and who works where one does, as the two queries tell them."""
    assistants, colleagues = _asked(viewer, assistants), _asked(viewer, colleagues)
    named = await people(graph, viewer, [id for row in assistants for id in (row["id"], row["whom"])])
    first = [
        {
            "id": row["id"],
            "strength": row["strength"],
            "twins": [],
            "since": None,
            "until": None,
            "title": f"assistant to {named[row['whom']].name}",
            "company": named[row["id"]].company or named[row["whom"]].company or "",
        }
        for row in assistants
    ]
    return await _leads(graph, viewer, _one_each([*first, *colleagues])[:limit])


async def leads_at(graph: Graph, viewer: Viewer, company: str, *, limit: int = MOST) -> tuple[PossibleConnector, ...]:
    """Return who knows the viewer and works at a company now, for somebody there whom no source names."""
    rows = [row for row in _asked(viewer, await _rows(graph, viewer, company)) if row["until"] is None]
    return await _leads(graph, viewer, _one_each(rows)[:limit])


async def at(graph: Graph, viewer: Viewer, company: str) -> AtCompany:
    """Return everybody who knows the viewer and is, or has been, at a company."""
    rows = await _rows(graph, viewer, company)
    found = await _leads(graph, viewer, _one_each(rows))
    return AtCompany(
        now=tuple(lead for lead in found if lead.until is None),
        once=tuple(lead for lead in found if lead.until is not None),
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


def _asked(viewer: Viewer, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those who may be asked."""
    return [row for row in rows if row["id"] not in viewer.excluded_introducers]


def _one_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each human being once, twins together: the best tie, and of its jobs the present one before the past."""
    taken: set[str] = set()
    kept: list[dict[str, Any]] = []
    for row in rows:
        if row["id"] not in taken:
            kept.append(row)
            taken |= {row["id"], *row["twins"]}
    return kept


async def _leads(graph: Graph, viewer: Viewer, rows: list[dict[str, Any]]) -> tuple[PossibleConnector, ...]:
    if not rows or viewer.person_id is None:
        return ()
    me = viewer.person_id
    named = await people(graph, viewer, [me, *(row["id"] for row in rows)])
    pairs = [(row["id"], me) for row in rows]
    seen, hidden = await read_evidence(graph, viewer, pairs), await label_only_pairs(graph, viewer, pairs)
    return tuple(
        PossibleConnector(
            person=named[row["id"]],
            company=row["company"],
            title=row["title"],
            since=row["since"],
            until=row["until"],
            tie=Step(
                from_person=named[row["id"]],
                to_person=named[me],
                strength=as_visible(row["strength"], label_only=pair in hidden).strength,
                outbound=seen[row["id"], me],
                inbound=seen[me, row["id"]],
                label_only=pair in hidden,
            ),
        )
        for pair, row in zip(pairs, rows, strict=True)
    )
