"""Stamps routes with what their first introducers can still be asked: earlier requests, and caps that are reached."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import cypher
from graph.answers import Route, RouteStamp
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.requests.rules import MONTH_MS, RequestRules
from graph.viewer import Viewer

_READ_STAMPS = cypher.load("requests/read_stamps")

MEMORY_MS = 366 * MILLISECONDS_PER_DAY
"""Milliseconds for which a request is remembered on routes."""


async def stamp_routes(
    graph: Graph, viewer: Viewer, routes: Sequence[Route], targets: Sequence[str], rules: RequestRules
) -> tuple[Route, ...]:
    """The routes with their stamps: those whose introducer takes no request now are last, otherwise in their order."""
    if not routes:
        return ()
    rows = await graph.run(
        _READ_STAMPS,
        network=viewer.network,
        member=viewer.member,
        introducers=[route.people[0].id for route in routes],
        targets=list(targets),
        month_ms=MONTH_MS,
        since_ms=MEMORY_MS,
    )
    stamps = {row["introducer"]: _stamp(row, rules) for row in rows}
    stamped = [replace(route, stamp=stamps.get(route.people[0].id, RouteStamp())) for route in routes]
    return tuple(sorted(stamped, key=lambda route: route.stamp is not None and not route.stamp.takes_requests))


def _stamp(row: Mapping[str, Any], rules: RequestRules) -> RouteStamp:
    cap = rules.monthly_cap if row["cap"] is None else row["cap"]
    cap_per_asker = rules.monthly_cap_per_asker if row["cap_per_asker"] is None else row["cap_per_asker"]
    free_again = [
        times[most - 1] + MONTH_MS if most else None
        for times, most in ((row["sent"], cap), (row["sent_by_viewer"], cap_per_asker))
        if len(times) >= most
    ]
    if row["not_before"] is not None:
        free_again.append(row["not_before"])
    return RouteStamp(
        takes_requests=not free_again,
        takes_requests_from=None if None in free_again else max(filter(None, free_again), default=None),
        asked_at=row["asked_by_viewer"],
        declined_at=row["declined"],
        asked_by_colleague=row["asked_by_other"],
    )
