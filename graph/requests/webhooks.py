"""The webhooks of a network: addresses that receive the events of introduction requests."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import cypher
from graph.database.client import Graph
from graph.errors import InvalidIntroductionRequest
from graph.ids import stable_id

_LIST_WEBHOOKS = cypher.load("requests/list_webhooks")
_CREATE_WEBHOOK = cypher.load("requests/create_webhook")
_DELETE_WEBHOOK = cypher.load("requests/delete_webhook")
_RECORD_DELIVERY = cypher.load("requests/record_delivery")

MAX_WEBHOOKS = 10
"""Maximum number of webhooks of a network."""
_MAX_URL_LENGTH = 500
_REMEMBERED_EVENTS = 200


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that receives events. Times are in milliseconds since 1970, None before the first.

    `delivered` are the ids of the latest events that it accepted. `failed_at` is None after a success.
    """

    id: str
    url: str
    created_at: int
    delivered: tuple[str, ...] = ()
    delivered_at: int | None = None
    failed_at: int | None = None


async def list_webhooks(graph: Graph, network: str) -> list[Webhook]:
    """The webhooks of the network, the first created first."""
    rows = await graph.run(_LIST_WEBHOOKS, network=network)
    return [Webhook(**{**row, "delivered": tuple(row["delivered"])}) for row in rows]


async def create_webhook(graph: Graph, network: str, url: str) -> str:
    """Add a webhook. Returns its id, which is the same for the same address. Raises InvalidIntroductionRequest."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username or len(url) > _MAX_URL_LENGTH:
        raise InvalidIntroductionRequest("The address of a webhook begins with https:// and contains no user name.")
    id = stable_id("webhook", network, url)
    rows = await graph.run(_CREATE_WEBHOOK, network=network, id=id, url=url, most=MAX_WEBHOOKS)
    if not rows:
        raise InvalidIntroductionRequest(f"A network has {MAX_WEBHOOKS} webhooks at most: remove one first.")
    return id


async def delete_webhook(graph: Graph, network: str, id: str) -> bool:
    """Remove a webhook. Returns False for an unknown id."""
    (row,) = await graph.run(_DELETE_WEBHOOK, network=network, id=id)
    return bool(row["deleted"])


async def record_delivery(graph: Graph, network: str, webhook: str, event: str, *, is_delivered: bool) -> None:
    """Record whether a webhook accepted an event."""
    await graph.run(
        _RECORD_DELIVERY,
        network=network,
        id=webhook,
        event=event,
        is_delivered=is_delivered,
        most=_REMEMBERED_EVENTS,
    )
