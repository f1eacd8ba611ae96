"""The HTTP protocol of the service: uvicorn's, with the time limits and the caps on connections that it does not have.

A connection that waits for a request is closed after REQUEST_WAIT_SECONDS, also if bytes arrive one by one. A client
that does not read its response is disconnected. Bodies have their limits in api.http.request_bounds and in the routes.
"""

import asyncio
import sys
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, cast

import h11
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.client_address import client_key
from api.security_headers import SECURITY_HEADERS
from tertius.service.strict_framing import strict

REQUEST_WAIT_SECONDS = 10.0
"""Time in which a client must send the head of a request, and the rest of a body that nobody reads any more."""
RESPONSE_STALL_SECONDS = 30.0
"""Time for which a client may not read while its response is sent."""
_JOINED_BYTES = 2**16
"""Bytes that are sent at once, so that the transport says when its buffer is full."""
MAX_CONNECTIONS = 512
CLIENT_SHARE = 8
"""One client has this fraction of the connections at most. Proxies in TERTIUS_HTTP__TRUSTED_PROXIES may have all."""


def max_connections() -> int:
    """The maximum number of open connections: half of the descriptors of the process at most."""
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    import resource  # noqa: PLC0415 - absent on Windows

    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MAX_CONNECTIONS if descriptors == resource.RLIM_INFINITY else min(MAX_CONNECTIONS, descriptors // 2)


@lru_cache(maxsize=1)
def _trusted_proxies(hosts: tuple[str, ...]) -> Any:
    """A container of the addresses of trusted proxies."""
    return ProxyHeadersMiddleware(cast("Any", None), list(hosts)).trusted_hosts


class JoinedWrites:
    """A transport that sends the pieces which are written in one turn of the event loop together.

    A response is written as a head and a body, and each sent piece wakes the client.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes | None) -> None:
        """Send data at the end of this turn, or at once if there is much."""
        if not data:
            return
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(data)
        self._size += len(data)
        if self._size >= _JOINED_BYTES:
            self._flush()

    def close(self) -> None:
        """Send the rest, and close the connection."""
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        """Close the connection at once."""
        self._pieces.clear()
        self._transport.abort()

    def _flush(self) -> None:
        if self._pieces:
            data = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
            self._pieces, self._size = [], 0
            self._transport.write(data)


class BoundedProtocol(H11Protocol):
    """A connection with time limits. Above a maximum, the one that has waited longest for a request is closed.

    There is a maximum for all clients together, and one for each client that is not a trusted proxy.
    """

    most = max_connections()
    most_of_client = most // CLIENT_SHARE
    _waiting_since = 0.0
    _wait: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait for a request, in the place of another connection if there are too many."""
        super().connection_made(transport)
        self.transport = cast("asyncio.Transport", JoinedWrites(transport, self.loop))
        strict(self.conn)
        self._begin_wait()
        others = [cast("BoundedProtocol", each) for each in self.connections if each is not self]
        if (key := self.client_key) is not None:
            same_client = [each for each in others if each.client_key == key]
            if len(same_client) >= self.most_of_client:
                self._make_room(same_client)
                return
        if len(others) >= self.most:
            self._make_room(others)

    @cached_property
    def client_key(self) -> str | None:
        """The client that the connection counts for. None for a trusted proxy, which has many clients."""
        host = self.client[0] if self.client else ""
        trusted = self.config.forwarded_allow_ips or ()
        hosts = tuple(trusted.split(",")) if isinstance(trusted, str) else tuple(trusted)
        return None if host in _trusted_proxies(hosts) else client_key(host)

    def _make_room(self, others: "Sequence[BoundedProtocol]") -> None:
        """Close the connection that has waited longest for a request, or else this one."""
        waiting = [each for each in others if each.is_waiting and not each.transport.is_closing()]
        longest = min(waiting, key=lambda each: each._waiting_since, default=self)  # noqa: SLF001 - own class
        longest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers."""
        for timer in (self._wait, self._stall):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    @property
    def is_waiting(self) -> bool:
        """Whether no request is being answered."""
        # uvicorn sets the cycle with the first request
        return self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it has arrived already."""
        super().on_response_complete()
        if self.is_waiting:
            self._begin_wait()

    def _begin_wait(self) -> None:
        if self._wait is not None:
            self._wait.cancel()
        self._waiting_since = self.loop.time()
        self._wait = self.loop.call_later(REQUEST_WAIT_SECONDS, self._end_wait)

    def _end_wait(self) -> None:
        if self.is_waiting:
            self.transport.abort()

    def pause_writing(self) -> None:
        """Start to wait for the client to read."""
        super().pause_writing()
        self._stall = self.loop.call_later(RESPONSE_STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        if self._stall is not None:
            self._stall.cancel()

    def send_400_response(self, msg: str) -> None:
        """Answer bytes that are no HTTP request, unless an answer has begun, and close the connection."""
        headers = [*SECURITY_HEADERS, (b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        try:
            for event in (
                h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
                h11.Data(data=msg.encode("ascii")),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event))
        except h11.LocalProtocolError:
            pass
        self.transport.close()
