"""Expires requests, reminds parties before, and deletes requests that ended long ago. Can be repeated at any time."""

from typing import Any

import cypher
from cypher import Query
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.requests.states import RequestRules

_EXPIRE_REQUESTS = cypher.load("requests/expire_requests")
_REMIND_PARTIES = cypher.load("requests/remind_parties")
_DELETE_OLD_REQUESTS = cypher.load("requests/delete_old_requests")

RETENTION_DAYS = 731
"""Days after its last change on which a request that ended is deleted."""
_BATCH = 500


async def expire_due_requests(graph: Graph, network: str, rules: RequestRules) -> None:
    """Expire requests whose time is over, and remind parties of those that expire soon."""
    await _repeat(graph, _EXPIRE_REQUESTS, network=network)
    days = min(rules.reminder_days, rules.expiry_days - 1)
    await _repeat(graph, _REMIND_PARTIES, network=network, before_ms=days * MILLISECONDS_PER_DAY)


async def delete_old_requests(graph: Graph, network: str) -> None:
    """Delete requests that ended RETENTION_DAYS ago."""
    await _repeat(graph, _DELETE_OLD_REQUESTS, network=network, age_ms=RETENTION_DAYS * MILLISECONDS_PER_DAY)


async def _repeat(graph: Graph, query: Query, **params: Any) -> None:
    """Run a query that returns how many requests it changed, until it changes fewer than a batch."""
    changed = _BATCH
    while changed == _BATCH:
        (row,) = await graph.run(query, **params, limit=_BATCH)
        (changed,) = row.values()
