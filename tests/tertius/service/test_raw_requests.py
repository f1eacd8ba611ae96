"""Requests that a proxy and the service could read differently, connections of one client, and trusted proxies.

Each test sends bytes to the real server, with the settings of `tertius up`.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.request_bounds import RequestBounds
from tertius.service.connections import BoundedProtocol
from tertius.service.serve import build_server
from tertius.service_settings import Http
from tests.tertius.service.test_connections import HEALTHY, HOST, connected, read_to_end

HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BODY = b'{"query":"{ viewer { role } }"}'
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
NEXT = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
REFUSED = {
    "content length beside transfer encoding": HEAD
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n"
    + BODY
    + b"\r\n0\r\n\r\n",
    "transfer encoding beside content length": HEAD
    + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two content lengths": HEAD + b"Content-Length: 31\r\nContent-Length: 5\r\n\r\n" + BODY,
    "one content length twice": HEAD + b"Content-Length: 31\r\nContent-Length: 31\r\n\r\n" + BODY,
    "a list of content lengths": HEAD + b"Content-Length: 31, 31\r\n\r\n" + BODY,
    "a signed content length": HEAD + b"Content-Length: +31\r\n\r\n" + BODY,
    "a negative content length": HEAD + b"Content-Length: -1\r\n\r\n",
    "a content length without end": HEAD + b"Content-Length: " + b"9" * 23 + b"\r\n\r\n",
    "two transfer encodings": HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "an unknown transfer encoding": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n" + BODY,
    "a hidden transfer encoding": HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a transfer encoding in HTTP/1.0": b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a folded header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n",
    "a folded transfer encoding": HEAD + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "line feeds only": b"GET /healthz HTTP/1.1\nHost: x\n\n",
    "one bare line feed": b"GET /healthz HTTP/1.1\r\nHost: x\nX-A: a\r\n\r\n",
    "a bare carriage return": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\rSet-Cookie: b\r\n\r\n",
    "a null character": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "HTTP/0.9": b"GET /healthz\r\n\r\n",
    "a chunk extension": CHUNKED + b"1f;a=b\r\n" + BODY + b"\r\n0\r\n\r\n",
    "an extension of the last chunk": CHUNKED + b"1f\r\n" + BODY + b"\r\n0;a\r\n\r\n",
    "a chunk longer than its size": CHUNKED + b"5\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a chunk size that is no number": CHUNKED + b"0x1f\r\n" + BODY + b"\r\n0\r\n\r\n",
    "a trailer with a bare line feed": CHUNKED + b"1f\r\n" + BODY + b"\r\n0\r\nX-A: a\n\r\n",
    "5,000 headers": b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
    + b"".join(b"X-%d: a\r\n" % n for n in range(5_000))
    + b"\r\n",
    "a long path": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with what the service takes a request for."""
    body = (await receive()).get("body", b"")
    stated = {"path": scope["path"], "client": scope["client"][0], "scheme": scope["scheme"], "body": body.decode()}
    status = 405 if scope["path"] == "/graphql" and scope["method"] == "GET" else 200
    answer = json.dumps(stated).encode()
    headers = [(b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


@asynccontextmanager
async def serving(app: ASGIApp = echo, proxies: tuple[str, ...] = (), host: str = HOST) -> AsyncIterator[int]:
    """The port of a server with the settings of `tertius up`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listener:
        server = build_server(RequestBounds(app), Http.model_validate({"trusted_proxies": ",".join(proxies)}))
        server.config.lifespan = "off"
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await task


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
async def test_an_ambiguous_http_request_is_refused_and_closes_the_connection(data: bytes) -> None:
    async with serving() as port, connected(port, data + NEXT) as (reader, _):
        answer = await read_to_end(reader)

    statuses = [line.split()[1] for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
    assert len(statuses) <= 1
    assert all(status.startswith(b"4") for status in statuses)
    assert b"smuggled" not in answer


async def test_an_upgrade_to_a_websocket_is_an_ordinary_request() -> None:
    upgrade = (
        b"GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    async with serving() as port, connected(port, upgrade) as (reader, _):
        assert (await reader.readline()).split()[1] == b"405"


async def test_pipelined_requests_get_their_own_answers() -> None:
    first = HEAD + b"Content-Length: 31\r\n\r\n" + BODY
    last = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    async with serving() as port, connected(port, first + last) as (reader, _):
        answer = await read_to_end(reader)

    assert answer.count(b"HTTP/1.1 200") == 2
    assert answer.index(b'"path": "/graphql"') < answer.index(b'"path": "/last", ')
    assert answer.index(b"viewer") < answer.index(b'"path": "/last"')


@pytest.mark.parametrize(
    ("proxies", "client", "scheme"),
    [((HOST,), "203.0.113.7", "https"), (("127.0.0.0/8",), "203.0.113.7", "https"), (("192.0.2.1",), HOST, "http")],
)
async def test_only_a_trusted_proxy_says_who_the_client_is(proxies: tuple[str, ...], client: str, scheme: str) -> None:
    forwarded = b"X-Forwarded-For: 198.51.100.9, 203.0.113.7\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
    data = b"GET /who HTTP/1.1\r\nHost: x\r\n" + forwarded
    async with serving(proxies=proxies) as port, connected(port, data) as (reader, _):
        output = json.loads((await read_to_end(reader)).partition(b"\r\n\r\n")[2])

    assert (output["client"], output["scheme"]) == (client, scheme)


async def open_count(port: int, count: int) -> int:
    """How many of some silent connections stay open, after another one was answered."""
    async with AsyncExitStack() as stack:
        silent = [await stack.enter_async_context(connected(port, b"")) for _ in range(count)]
        reader, _ = await stack.enter_async_context(connected(port, HEALTHY))
        assert (await reader.readline()).split()[1] == b"200"
        ends = [asyncio.create_task(read_to_end(each)) for each, _ in silent]
        _, still_open = await asyncio.wait(ends, timeout=1)
        for end in still_open:
            end.cancel()
        return len(still_open)


async def test_one_client_has_a_share_of_the_connections_and_a_trusted_proxy_has_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(BoundedProtocol, "most_of_client", 3)
    async with serving(proxies=("192.0.2.1",)) as port:
        assert await open_count(port, 8) == 2
    async with serving(proxies=(HOST,)) as port:
        assert await open_count(port, 8) == 8


def test_addresses_of_one_ipv6_network_are_one_client(monkeypatch: pytest.MonkeyPatch) -> None:
    class Connection(BoundedProtocol):
        def __init__(self, address: str) -> None:
            self.config = build_server(echo, Http.model_validate({"trusted_proxies": "2001:db8:9::/48"})).config
            self.client = (address, 1)

    first, same, other, proxy = (
        Connection(address).client_key
        for address in ("2001:db8:1:2::3", "2001:db8:1:2:ffff::4", "2001:db8:1:3::3", "2001:db8:9::1")
    )
    assert first == same
    assert first != other
    assert proxy is None
