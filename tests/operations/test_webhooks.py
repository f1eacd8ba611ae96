"""Webhooks receive the events of requests: signed, once, and at public addresses only."""

import asyncio
import base64
import hmac
import json
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import neo4j
import pytest
import pytest_asyncio
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from graph.database.client import Graph
from graph.errors import InvalidIntroductionRequest
from graph.events import IntroductionRequestSent
from graph.requests.webhooks import create_webhook, delete_webhook, list_webhooks
from operations.outbox import deliver_due_events
from operations.requests.webhooks import WebhookFailed, WebhookSender, is_public_address, signing_secret
from tests.graph.worlds import home
from tests.operations.requests_team import create_request_team, sent_request

KEY = "k" * 32


class Receiver:
    """A receiver of webhooks on the loopback interface. It answers with `status`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.status = 200
        self.received: list[tuple[dict[str, str], bytes]] = []

    async def receive(self, request: web.Request) -> web.Response:
        self.received.append(({name.lower(): value for name, value in request.headers.items()}, await request.read()))
        return web.Response(status=self.status, headers={"location": self.url})


def certificate(folder: Path) -> Path:
    """A self-signed certificate of 127.0.0.1 with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest_asyncio.fixture(loop_scope="session")
async def receiver(tmp_path: Path) -> AsyncIterator[tuple[Receiver, ssl.SSLContext]]:
    path = certificate(tmp_path)
    server_tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_tls.load_cert_chain(path)
    listener = socket.create_server(("127.0.0.1", 0))
    receiver = Receiver(f"https://127.0.0.1:{listener.getsockname()[1]}/hook")
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, listener, ssl_context=server_tls).start()
    yield receiver, ssl.create_default_context(cafile=str(path))
    await runner.cleanup()
    await asyncio.sleep(0)


async def test_an_event_is_signed_retried_and_not_sent_again(
    driver: neo4j.AsyncDriver, graph: Graph, receiver: tuple[Receiver, ssl.SSLContext]
) -> None:
    network = await create_request_team(driver, graph)
    there, tls = receiver
    id = await create_webhook(graph, network, there.url)
    sender = WebhookSender(KEY, allows_private=True, tls=tls)
    request = await sent_request(graph)

    there.status = 302  # a redirection is not followed and is no success
    await deliver_due_events(graph, None, sender.consumers(graph))
    (webhook,) = await list_webhooks(graph, network)
    assert (len(there.received), webhook.delivered_at, webhook.failed_at is None) == (1, None, False)
    there.status = 204
    for _ in range(2):
        await driver.execute_query("MATCH (e:Event) SET e.next_attempt_at = timestamp() - 1")
        await deliver_due_events(graph, None, sender.consumers(graph))

    assert len(there.received) == 2
    headers, body = there.received[-1]
    content = json.loads(body)
    assert (content["type"], content["requestId"], content["status"]) == ("introduction_request.sent", request, "SENT")
    assert content.keys() == {"id", "type", "requestId", "status"}
    secret = base64.b64decode(signing_secret(KEY, network, id).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret, signed, "sha256").digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"

    (webhook,) = await list_webhooks(graph, network)
    event = IntroductionRequestSent(network, content["id"], request, "sent")
    await sender.send(graph, event)  # an event that is delivered twice is sent once
    assert (len(there.received), webhook.failed_at) == (2, None)
    await delete_webhook(graph, network, id)
    assert await list_webhooks(graph, network) == []


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("::7f00:1", False),
        ("::ffff:7f00:1", False),
        ("fec0::1", False),
        ("224.0.0.1", False),
    ],
)
def test_an_address_that_a_gateway_may_translate_is_not_public(address: str, *, is_public: bool) -> None:
    assert is_public_address(address) is is_public


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "[::ffff:10.0.0.1]"])
async def test_an_address_that_is_not_public_is_not_contacted(
    graph: Graph, receiver: tuple[Receiver, ssl.SSLContext], host: str
) -> None:
    network, _ = await home(graph)
    there, tls = receiver
    await create_webhook(graph, network, there.url.replace("127.0.0.1", host))

    with pytest.raises(WebhookFailed):
        await WebhookSender(KEY, tls=tls).send(graph, IntroductionRequestSent(network, "e", "r", "sent"))

    assert there.received == []


async def test_only_https_is_accepted_and_a_repetition_adds_nothing(graph: Graph) -> None:
    network, _ = await home(graph)

    for url in ("http://crm.example/hook", "https://user@crm.example", "https://", "ftp://crm.example", "crm.example"):
        with pytest.raises(InvalidIntroductionRequest):
            await create_webhook(graph, network, url)
    created = [await create_webhook(graph, network, "https://crm.example/hook") for _ in range(2)]
    (webhook,) = await list_webhooks(graph, network)
    assert created == [webhook.id] * 2
