"""The queue of events that wait for delivery. Several workers may use it at once."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.events import Event, event_from_row

_LIST_NETWORKS_WITH_EVENTS = cypher.load("events/list_networks_with_events")
_CLAIM_EVENT = cypher.load("events/claim_event")
_DELETE_EVENT = cypher.load("events/delete_event")
_RECORD_FAILED_ATTEMPT = cypher.load("events/record_failed_attempt")


@dataclass(frozen=True, slots=True)
class NetworkWithEvents:
    """A network with undelivered events. `is_due`: one can be claimed now. `oldest_seconds`: age of the oldest."""

    network: str
    is_due: bool
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Claim:
    """An event that one worker delivers, and the number of this attempt. `event` is None if its kind is unknown."""

    network: str
    id: str
    kind: str
    attempts: int
    event: Event | None


async def list_networks_with_events(graph: Graph) -> list[NetworkWithEvents]:
    """The networks of this database with undelivered events. Failed events are not among them."""
    rows = await graph.run(_LIST_NETWORKS_WITH_EVENTS)
    return [NetworkWithEvents(row["network"], row["is_due"], row["oldest_ms"] / 1000) for row in rows]


async def claim_event(graph: Graph, network: str, lease_seconds: float) -> Claim | None:
    """Claim the oldest due event. It is due again after the lease, unless it is deleted or its attempt is recorded."""
    rows = await graph.run(_CLAIM_EVENT, network=network, lease_ms=int(lease_seconds * 1000))
    if not rows:
        return None
    (row,) = rows
    return Claim(network, row["id"], row["kind"], row["attempts"], event_from_row(network, row))


async def delete_event(graph: Graph, claim: Claim) -> None:
    """Delete a delivered event."""
    await graph.run(_DELETE_EVENT, network=claim.network, id=claim.id)


async def record_failed_attempt(graph: Graph, claim: Claim, *, retry_seconds: float | None) -> None:
    """Make the event due again after a delay; None keeps it as failed."""
    delay_ms = None if retry_seconds is None else int(retry_seconds * 1000)
    await graph.run(
        _RECORD_FAILED_ATTEMPT, network=claim.network, id=claim.id, attempts=claim.attempts, delay_ms=delay_ms
    )
