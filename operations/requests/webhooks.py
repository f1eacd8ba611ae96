"""Sends the events of introduction requests to webhooks: signed, at least once, to public addresses only.

A request to a webhook contains the id and the state of an introduction request, and nothing about a person. Headers and
signature are those of the Standard Webhooks specification.
"""

import asyncio
import base64
import hmac
import json
import socket
import ssl
from collections.abc import Mapping
from hashlib import sha256
from ipaddress import ip_address, ip_network
from time import time
from typing import Any

import aiohttp

from graph.database.client import Graph
from graph.events import (
    Event,
    IntroductionRequestDue,
    IntroductionRequestExpired,
    IntroductionRequestSent,
    IntroductionRequestUpdated,
)
from graph.requests.webhooks import Webhook, list_webhooks, record_delivery
from operations.outbox import Consumers

WEBHOOK_SECONDS = 10.0
"""Time limit of one request to a webhook."""
_TYPES: Mapping[type[Event], str] = {
    IntroductionRequestSent: "introduction_request.sent",
    IntroductionRequestUpdated: "introduction_request.updated",
    IntroductionRequestExpired: "introduction_request.expired",
    IntroductionRequestDue: "introduction_request.due",
}
_SUCCESS = range(200, 300)
_GLOBAL_UNICAST, _6TO4 = ip_network("2000::/3"), ip_network("2002::/16")


class WebhookFailed(Exception):
    """A webhook did not accept an event. The outbox retries it."""


def signing_secret(key: str, network: str, webhook: str) -> str:
    """The secret that signs the requests to a webhook, derived from the operator's key, so that it is not stored."""
    digest = hmac.new(key.encode(), f"webhook\n{network}\n{webhook}".encode(), sha256).digest()
    return f"whsec_{base64.b64encode(digest).decode()}"


def signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{id}.{timestamp}.".encode() + body, sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def is_public_address(text: str) -> bool:
    """Whether an IP address belongs to the public internet.

    An address of IPv6 that contains one of IPv4 does not: a gateway (NAT64, 6to4) may lead to a private address.
    """
    ip = ip_address(text)
    if ip.version == 6 and (ip not in _GLOBAL_UNICAST or ip in _6TO4):
        return False
    return ip.is_global and not ip.is_multicast


class WebhookSender:
    """Consumes the events of introduction requests.

    `key` is the operator's. Addresses that are not public are refused when the connection is made, after the name was
    resolved, unless `allows_private`. `tls` is the context that checks certificates, by default the system's.
    """

    def __init__(self, key: str, *, allows_private: bool = False, tls: ssl.SSLContext | None = None) -> None:
        self._key = key
        self._allows_private = allows_private
        self._tls = tls or ssl.create_default_context()

    def secret_of(self, network: str, webhook: str) -> str:
        """The secret that signs the requests to a webhook."""
        return signing_secret(self._key, network, webhook)

    def consumers(self, graph: Graph) -> Consumers:
        """The consumers for the outbox."""

        async def consume(event: Any) -> None:
            await self.send(graph, event)

        return dict.fromkeys(_TYPES, (consume,))

    async def send(self, graph: Graph, event: Any) -> None:
        """Send an event to each webhook that has not accepted it. Raises WebhookFailed if one does not accept it."""
        webhooks = [each for each in await list_webhooks(graph, event.network) if event.id not in each.delivered]
        results = await asyncio.gather(*(self._post(event, webhook) for webhook in webhooks))
        for webhook, is_delivered in zip(webhooks, results, strict=True):
            await record_delivery(graph, event.network, webhook.id, event.id, is_delivered=is_delivered)
        if not all(results):
            raise WebhookFailed

    async def _post(self, event: Any, webhook: Webhook) -> bool:
        content = {
            "id": event.id,
            "type": _TYPES[type(event)],
            "requestId": event.about,
            "status": event.status.upper(),
        }
        body, timestamp = json.dumps(content).encode(), int(time())
        headers = {
            "content-type": "application/json",
            "webhook-id": event.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self.secret_of(event.network, webhook.id), event.id, timestamp, body),
        }
        connector = aiohttp.TCPConnector(ssl=self._tls, socket_factory=self._open_socket)
        limit = aiohttp.ClientTimeout(total=WEBHOOK_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(connector=connector, timeout=limit, trust_env=False) as session,
                session.post(webhook.url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                return response.status in _SUCCESS
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    def _open_socket(self, address: Any) -> socket.socket:
        """A socket for a resolved address. Raises OSError for one that is not public."""
        family, kind, protocol, _, place = address
        if not self._allows_private and not is_public_address(place[0].partition("%")[0]):
            raise OSError("not a public address")
        return socket.socket(family, kind, protocol)
