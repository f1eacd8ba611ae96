"""Request bounds."""

from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import INSIDE, note, told
from api.paths import TARGETS, UPLOADS
from api.request_limits import BODY


class _Bounded:
    """Gives each request an id, reads no more of it than a request may have, and answers where all else failed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = uuid4().hex
        begun = False

        async def signed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", scope["request_id"].encode())]
            await send(message)

        try:
            await self._answer(scope, receive, signed)
        except Exception as error:  # noqa: BLE001 - whoever asks hears of it, and only api.errors may log it
            note(scope["request_id"], error)
            if not begun:
                await told(500, "INTERNAL_SERVER_ERROR", INSIDE, scope)(scope, receive, signed)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(UPLOADS) or scope["path"] == TARGETS:  # bounded where they are read, by a member
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            sentence = f"A request has {BODY:,} bytes at most."
            await told(413, "PAYLOAD_TOO_LARGE", sentence, scope)(scope, receive, send)
            return
        waiting = [body]

        async def replay() -> Message:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False} if waiting else await receive()

        await self._app(scope, replay, send)


async def _read(receive: Receive) -> bytes | None:
    """The whole body, None where it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)
