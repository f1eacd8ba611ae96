"""Headers that make browsers treat every answer as data: not guessed, not stored, not framed, without scripts."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
)
"""The headers of an answer that does not set them itself, as pages do."""
HSTS = (b"strict-transport-security", b"max-age=31536000")
"""Sent where the client uses TLS: a trusted proxy says so in X-Forwarded-Proto."""


class SecurityHeaders:
    """Adds the headers to every answer, errors included. It is the outermost middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        defaults = [*SECURITY_HEADERS, HSTS] if scope["scheme"] == "https" else SECURITY_HEADERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                message["headers"] = [*headers, *(each for each in defaults if each[0] not in present)]
            await send(message)

        await self._app(scope, receive, send_with_headers)
