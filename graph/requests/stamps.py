"""Stamps routes with what their first introducers can still be asked: earlier requests, and caps that are reached."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import cypher
from graph.answers import Route, RouteStamp
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY, first_day_from
from graph.requests.states import MONTH_MS, RequestRules
from graph.viewer import Viewer

_READ_STAMPS = cypher.load("requests/read_stamps")

MEMORY_MS = 366 * MILLISECONDS_PER_DAY
"""Milliseconds for which a request is remembered on routes."""


async def read_stamps(
    graph: Graph, viewer: Viewer, introducers: Sequence[str], targets: Sequence[str], rules: RequestRules
) -> dict[str, RouteStamp]:
    """The stamps of routes to the targets, by the id of the first introducer."""
    rows = await _read_rows(graph, viewer, introducers, targets) if introducers else []
    return {row["introducer"]: _stamp(row, rules) for row in rows}


def stamp_routes(routes: Sequence[Route], stamps: Mapping[str, RouteStamp]) -> tuple[Route, ...]:
    """The routes with their stamps: those whose introducer takes no request now are last, otherwise in their order."""
    stamped = [replace(route, stamp=stamps.get(route.people[0].id, RouteStamp())) for route in routes]
    return tuple(sorted(stamped, key=lambda route: route.stamp is not None and not route.stamp.takes_requests))


async def count_remaining_requests(
    graph: Graph, viewer: Viewer, introducers: Sequence[str], rules: RequestRules
) -> dict[str, int]:
    """The number of requests of the viewer that each of these people still takes in these 30 days, 0 or more."""
    rows = await _read_rows(graph, viewer, introducers, ()) if introducers else []
    return {
        row["introducer"]: 0
        if row["not_before"] is not None
        else max(0, min(most - len(times) for times, most in _sent_and_caps(row, rules)))
        for row in rows
    }


async def _read_rows(
    graph: Graph, viewer: Viewer, introducers: Sequence[str], targets: Sequence[str]
) -> list[dict[str, Any]]:
    return await graph.run(
        _READ_STAMPS,
        network=viewer.network,
        member=viewer.member,
        introducers=list(introducers),
        targets=list(targets),
        month_ms=MONTH_MS,
        since_ms=MEMORY_MS,
    )


def _sent_and_caps(row: Mapping[str, Any], rules: RequestRules) -> tuple[tuple[list[int], int], ...]:
    """The times of the requests that count, and their cap: those of all askers, then those of the viewer."""
    cap = rules.monthly_cap if row["cap"] is None else row["cap"]
    cap_per_asker = rules.monthly_cap_per_asker if row["cap_per_asker"] is None else row["cap_per_asker"]
    return (row["sent"], cap), (row["sent_by_viewer"], cap_per_asker)


def _stamp(row: Mapping[str, Any], rules: RequestRules) -> RouteStamp:
    free_again = [
        times[most - 1] + MONTH_MS if most else None for times, most in _sent_and_caps(row, rules) if len(times) >= most
    ]
    if row["not_before"] is not None:
        free_again.append(row["not_before"])
    latest = None if None in free_again else max(filter(None, free_again), default=None)
    return RouteStamp(
        takes_requests=not free_again,
        # the time itself would reveal when a colleague sent a request
        takes_requests_from=None if latest is None else first_day_from(latest) * MILLISECONDS_PER_DAY,
        asked_at=row["asked_by_viewer"],
        declined_at=row["declined"],
        asked_by_colleague=row["asked_by_other"],
    )
