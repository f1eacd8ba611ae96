"""The introduction requests in an export of personal data."""

from collections.abc import Set as AbstractSet
from typing import Any

import cypher
from graph.database.client import Graph
from graph.days import date_of, day_at
from graph.requests.requests import IntroductionRequest, read_requests
from graph.viewer import Viewer

_EXPORT_REQUESTS = cypher.load("privacy/export_requests")


async def export_requests_of_member(graph: Graph, viewer: Viewer, person: AbstractSet[str]) -> list[dict[str, Any]]:
    """The requests of which the viewer is a party and that concern the person, who may have several ids."""
    return [
        {
            "by": request.asker_name,
            "role": "target" if request.target.id in person else "introducer",
            "status": request.status.value,
            "on": _day(request.created_at),
            "reason": request.texts.reason,
            "benefit": request.texts.benefit,
            "note": request.texts.note,
        }
        for request in await read_requests(graph, viewer)
        if not person.isdisjoint(_people(request))
    ]


async def export_requests_of_subject(graph: Graph, network: str, key: str) -> list[dict[str, Any]]:
    """The requests of all members that concern this identity, with the texts about the person."""
    return [
        {
            "role": "target" if row["is_target"] else "introducer",
            "status": row["status"],
            "on": _day(row["created_at"]),
            "lastChange": _day(row["changed_at"]),
            **{name: row[name] for name in ("reason", "benefit", "note") if row[name]},
        }
        for row in await graph.run(_EXPORT_REQUESTS, network=network, key=key)
    ]


def _people(request: IntroductionRequest) -> set[str]:
    return {request.target.id, request.contact.id, *(person.id for person in request.introducers)}


def _day(milliseconds: int) -> str:
    return date_of(day_at(milliseconds)).isoformat()
