"""Clients that send or read too slowly, too many connections, and repeated lines of the log."""

import asyncio
import io
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import ClassVar

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http import request_bounds
from api.http.request_bounds import RequestBounds
from api.http.waiting import unavailable_app
from tertius.service import connections, logs
from tertius.service.connections import BoundedProtocol

HOST = "127.0.0.1"
HEALTHY = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
HALF_A_BODY = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n{"
HELD = {
    "silent": b"",
    "half a header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ",
    "half a body that nobody reads": HALF_A_BODY,
    "half a second header": HEALTHY + b"GET /healthz HTTP/1.1\r\n",
}
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class FewConnections(BoundedProtocol):
    most = 3


@asynccontextmanager
async def listening(app: ASGIApp, protocol: type[BoundedProtocol] = BoundedProtocol) -> AsyncIterator[int]:
    """The port of a server that runs the app."""
    with socket.create_server((HOST, 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, http=protocol, log_config=None, access_log=False, lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def connected(port: int, data: bytes) -> AsyncIterator[Stream]:
    """A connection on which this was sent."""
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(data)
    try:
        async with asyncio.timeout(60):
            yield reader, writer
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


async def drip(writer: asyncio.StreamWriter) -> None:
    """Send a byte every now and then."""
    while not writer.is_closing():
        writer.write(b"a")
        await asyncio.sleep(0.05)


async def read_to_end(reader: asyncio.StreamReader) -> bytes:
    """Read until the server closes the connection."""
    data = b""
    with suppress(ConnectionError):
        while piece := await reader.read(4096):
            data += piece
    return data


@pytest.mark.parametrize("data", HELD.values(), ids=HELD.keys())
async def test_a_client_that_does_not_finish_its_request_is_disconnected(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_WAIT_SECONDS", 0.5)
    async with listening(unavailable_app(())) as port, connected(port, data) as (reader, writer):
        dripping = asyncio.create_task(drip(writer)) if data else None
        await read_to_end(reader)
        if dripping is not None:
            await dripping


async def test_a_body_that_does_not_arrive_is_answered_with_408(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_bounds, "BODY_SECONDS", 0.3)
    app = RequestBounds(unavailable_app(()))
    async with listening(app) as port, connected(port, HALF_A_BODY) as (reader, _):
        status = await reader.readline()

    assert status.split()[1] == b"408"


async def test_many_idle_connections_keep_no_request_from_its_answer() -> None:
    async with listening(unavailable_app(()), FewConnections) as port, AsyncExitStack() as open_connections:
        idle = [await open_connections.enter_async_context(connected(port, b"")) for _ in range(6)]
        reader, _ = await open_connections.enter_async_context(connected(port, HEALTHY))
        status = await reader.readline()
        await read_to_end(idle[0][0])

    assert status.split()[1] == b"200"


async def test_a_client_that_does_not_read_its_answer_is_disconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "RESPONSE_STALL_SECONDS", 0.3)
    is_over = asyncio.Event()

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(64):
            await send({"type": "http.response.body", "body": b"a" * 2**20, "more_body": True})
        assert (await receive())["type"] == "http.disconnect"
        is_over.set()

    async with listening(large) as port, connected(port, HEALTHY):
        await is_over.wait()


async def test_bytes_that_are_no_request_get_an_answer_with_the_headers_of_all_answers() -> None:
    async with listening(unavailable_app(())) as port, connected(port, b"GET /healthz\r\n\r\n") as (reader, _):
        answer = await read_to_end(reader)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"x-content-type-options: nosniff" in answer.lower()


def test_a_repeated_error_of_another_library_is_logged_once_a_minute() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.LineFormatter(plain=True))
    handler.addFilter(logs.OncePerMinute())
    text = "socket.accept() out of system resource\nsocket: %d"
    records = [logging.LogRecord("asyncio", logging.ERROR, "", 0, text, (number,), None) for number in range(3)]
    own = [logging.LogRecord("tertius.api", logging.ERROR, "", 0, "ours", None, None) for _ in range(2)]
    late = logging.LogRecord("asyncio", logging.ERROR, "", 0, text, (9,), None)
    late.created += logs.REPETITION_SECONDS + 1
    for record in [*records, *own, late]:
        handler.handle(record)

    assert out.getvalue().splitlines() == [
        "error: socket.accept() out of system resource",
        "error: ours",
        "error: ours",
        "error: socket.accept() out of system resource",
    ]


class Recording(BoundedProtocol):
    """Records what is sent."""

    sent: ClassVar[list[bytes]] = []

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        write = transport.write

        def record(data: bytes | bytearray | memoryview) -> None:
            self.sent.append(bytes(data))
            write(data)

        transport.write = record  # type: ignore[method-assign]
        super().connection_made(transport)


@pytest.mark.parametrize("request_bytes", [LAST, b"no request\r\n\r\n"], ids=["an answer", "an error"])
async def test_the_head_and_the_body_of_a_response_are_sent_together(
    request_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(Recording, "sent", sent)
    async with listening(unavailable_app(()), Recording) as port, connected(port, request_bytes) as (reader, _):
        received = await read_to_end(reader)

    assert sent == [received]
    assert received.startswith(b"HTTP/1.1 ")
    assert not received.endswith(b"\r\n\r\n")


async def test_a_large_response_arrives_in_its_order() -> None:
    pieces = [bytes([number]) * 50_000 for number in range(20)]

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        length = (b"content-length", b"%d" % sum(map(len, pieces)))
        await send({"type": "http.response.start", "status": 200, "headers": [length, (b"connection", b"close")]})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": piece is not pieces[-1]})

    async with listening(large) as port, connected(port, HEALTHY) as (reader, _):
        received = await read_to_end(reader)

    assert received.partition(b"\r\n\r\n")[2] == b"".join(pieces)
