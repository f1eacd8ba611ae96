"""The outbox: delivers durable events to consumers, at least once (docs/decisions/0023-durable-events.md).

Several processes may run a worker. A worker claims one event at a time with a lease, so that no two deliver it at once.
A network's events are delivered oldest first. An event that fails is retried later and does not delay the others.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from graph.database.client import Graph
from graph.database.event_queue import (
    Claim,
    claim_event,
    delete_event,
    list_networks_with_events,
    record_failed_attempt,
)
from graph.errors import TertiusError
from graph.events import Event
from operations.background_task import background_task
from operations.metrics import EVENT_OUTCOMES, OLDEST_EVENT_SECONDS

log = logging.getLogger("tertius.api")

Consumer = Callable[[Any], Awaitable[None]]
"""Receives an event of the class it is subscribed to. It must be idempotent: an event may be delivered twice."""
Consumers = Mapping[type[Event], Sequence[Consumer]]
"""The consumers by class of event. An event without consumers counts as delivered."""

OUTBOX_POLL_SECONDS = 2.0
"""Pause between two searches for due events. A search reads an index that contains undelivered events only."""
CLAIM_SECONDS = 60.0
"""Time after which another worker may deliver an event whose worker ended without an outcome."""
DELIVERY_SECONDS = 30.0
"""Time limit of the consumers of one event; less than the lease of a claim."""
MAX_ATTEMPTS = 12
"""Attempts after which an event is kept as failed: about two and a half hours after the first."""
FIRST_RETRY_SECONDS = 5.0
LAST_RETRY_SECONDS = 3600.0


def merge_consumers(*several: Consumers) -> Consumers:
    """All consumers of each class of event."""
    merged: dict[type[Event], tuple[Consumer, ...]] = {}
    for consumers in several:
        for kind, added in consumers.items():
            merged[kind] = (*merged.get(kind, ()), *added)
    return merged


def retry_delay(attempts: int) -> float | None:
    """Seconds until the next attempt, which double with every failed one; None after the last attempt."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return float(min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), LAST_RETRY_SECONDS))


@asynccontextmanager
async def deliver_events(
    graph: Graph,
    networks: Iterable[str] | None,
    consumers: Consumers,
    *,
    poll_seconds: float = OUTBOX_POLL_SECONDS,
) -> AsyncIterator[None]:
    """Deliver the events of these networks while the `with` block runs. None: all networks.

    An event that is being delivered at the end of the block is delivered again after its lease.
    """
    names = None if networks is None else frozenset(networks)
    if names is not None and not names:
        yield
        return
    async with background_task(_work(graph, names, consumers, poll_seconds)):
        yield


async def _work(graph: Graph, names: frozenset[str] | None, consumers: Consumers, poll_seconds: float) -> None:
    while True:
        try:
            await deliver_due_events(graph, names, consumers)
        except TertiusError:
            pass  # the database is unavailable: the next round tries again
        except Exception as error:  # noqa: BLE001 - no error may stop later deliveries
            log.error("events not delivered: %s", type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(poll_seconds)


async def deliver_due_events(graph: Graph, names: frozenset[str] | None, consumers: Consumers) -> None:
    """Deliver all events of these networks that are due now. None: of all networks."""
    waiting = [one for one in await list_networks_with_events(graph) if names is None or one.network in names]
    OLDEST_EVENT_SECONDS.set(max((one.oldest_seconds for one in waiting), default=0.0))
    for one in waiting:
        while one.is_due and (claim := await claim_event(graph, one.network, CLAIM_SECONDS)):
            await _deliver(graph, claim, consumers)


async def _deliver(graph: Graph, claim: Claim, consumers: Consumers) -> None:
    failure = await _attempt(claim, consumers)
    if failure is None:
        await delete_event(graph, claim)
        EVENT_OUTCOMES.labels(claim.kind, "delivered").inc()
        return
    delay = retry_delay(claim.attempts)
    await record_failed_attempt(graph, claim, retry_seconds=delay)
    if delay is None:
        EVENT_OUTCOMES.labels(claim.kind, "failed").inc()
        log.error("event %s %s failed: %s", claim.kind, claim.id, failure)


async def _attempt(claim: Claim, consumers: Consumers) -> str | None:
    """Call all consumers, also after one failed. Returns None, or why the attempt failed, without data of the event."""
    if claim.event is None:
        return "unknown kind"
    if claim.attempts > MAX_ATTEMPTS:
        return "every worker ended during its attempt"
    failure = None
    try:
        async with asyncio.timeout(DELIVERY_SECONDS):
            for consumer in consumers.get(type(claim.event), ()):
                try:
                    await consumer(claim.event)
                except Exception as error:  # noqa: BLE001 - a consumer may raise anything, and the event is retried
                    failure = type(error).__name__
    except TimeoutError as error:
        return type(error).__name__
    return failure
