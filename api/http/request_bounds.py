"""Request ids, limits of bodies and of the number of requests, and answers to unexpected errors."""

import asyncio
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.client_address import client_key
from api.defect_log import log_defect
from api.error_codes import ErrorCode
from api.http.admission import Admission, Requester
from api.http.errors import INTERNAL_ERROR_MESSAGE, error_response
from api.paths import SLACK_EVENTS, TARGETS, UPLOADS
from api.request_limits import MAX_BODY_BYTES, MAX_SLACK_BODY_BYTES, OPEN_REQUESTS

BODY_SECONDS = 20.0
"""Time in which the body of a request must arrive. Uploads and lists have limits of their own."""

RETRY_AFTER_SECONDS = 1
_BUSY = f"The service is busy. Retry in {RETRY_AFTER_SECONDS} s."
_UNBOUNDED = ("/healthz", "/readyz", SLACK_EVENTS)
"""Paths with answers that take a moment. Slack shows its users an error if a request is not acknowledged."""


class RequestBounds:
    """Gives each request an id, limits the size and time of its body, and answers unexpected errors.

    Requests are admitted in turns of their clients (api.http.admission). Beyond `open_requests` they are refused with
    503. A request counts from the end of its body until its answer is sent, so that clients that send or read slowly do
    not displace others.
    """

    def __init__(self, app: ASGIApp, open_requests: int = OPEN_REQUESTS) -> None:
        self._app = app
        self.admission = Admission(open_requests)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = uuid4().hex
        is_started = False

        async def send_with_id(message: Message) -> None:
            nonlocal is_started
            if message["type"] == "http.response.start":
                is_started = True
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", scope["request_id"].encode())]
            await send(message)

        try:
            await self._answer(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - the client gets an answer, and log_defect omits personal data
            log_defect(f"request {scope['request_id']}", error)
            if not is_started:
                await error_response(500, ErrorCode.INTERNAL_SERVER_ERROR, INTERNAL_ERROR_MESSAGE, scope)(
                    scope, receive, send_with_id
                )

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(UPLOADS) or scope["path"] == TARGETS:  # they have limits of their own
            await self._app(scope, receive, send)
            return
        most = MAX_SLACK_BODY_BYTES if scope["path"] == SLACK_EVENTS else MAX_BODY_BYTES
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read(receive, most)
        except TimeoutError:
            message = f"The body of a request must arrive within {BODY_SECONDS:g} s."
            await error_response(408, ErrorCode.TIMEOUT, message, scope, {"Connection": "close"})(scope, receive, send)
            return
        if body is None:
            message = f"The body of a request has {most:,} bytes at most."
            await error_response(413, ErrorCode.PAYLOAD_TOO_LARGE, message, scope)(scope, receive, send)
            return
        unread = [body]

        async def replay() -> Message:
            return {"type": "http.request", "body": unread.pop(), "more_body": False} if unread else await receive()

        if scope["path"] in _UNBOUNDED:
            await self._app(scope, replay, send)
            return
        if self.admission.is_full:
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            await error_response(503, ErrorCode.SERVICE_UNAVAILABLE, _BUSY, scope, headers)(scope, receive, send)
            return
        async with self.admission.admit(_requester(scope)) as turn:
            if turn.has_waited and await _is_disconnected(receive):
                return

            async def send_answer(message: Message) -> None:
                if message["type"] == "http.response.body":  # a slow client can read a stream for hours
                    turn.end()
                await send(message)

            await self._app(scope, replay, send_answer)


def _requester(scope: Scope) -> Requester:
    """The client of a request by its address, and by its token or the cookie of its session."""
    host, _ = scope.get("client") or ("", 0)
    credentials = b"".join(value for name, value in scope["headers"] if name in (b"authorization", b"cookie"))
    return Requester(client_key(host), credentials)


async def _read(receive: Receive, most: int) -> bytes | None:
    """The body, or None if it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _is_disconnected(receive: Receive) -> bool:
    """Whether the client has gone, so that nobody waits for the answer."""
    try:
        async with asyncio.timeout(0):
            message = await receive()
    except TimeoutError:
        return False
    return bool(message["type"] == "http.disconnect")
