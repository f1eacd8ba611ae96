"""Counts, times, traces and logs each request, without its content."""

import logging
import time

from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.paths import SCREENS
from graph.database.tracing import span
from operations.metrics import REQUEST_SECONDS, REQUESTS

_PATHS = (
    "/graphql",
    "/mcp",
    "/targets",
    "/insights/connections",
    "/insights/prune",
    "/join",
    "/healthz",
    "/readyz",
    "/auth/login",
    "/auth/callback",
    "/auth/logout",
    "/session",
    "/session/code",
    "/sessions",
    "/",
    "/sign-in",
    "/slack/events",
    "/slack/install",
    "/slack/oauth/callback",
)


def path_label(path: str) -> str:
    """The path without ids and secrets, as metrics count it. Unknown paths have one label."""
    if path.startswith("/uploads/"):
        return "/uploads"
    if path == "/about-me" or path.startswith("/about-me/"):
        return "/about-me"
    if path.startswith("/assets/"):
        return "/assets"
    for prefix in ("/slack/link", "/slack/install"):
        if path.startswith(f"{prefix}/"):
            return prefix
    if (screen := "/" + path[1:].partition("/")[0]) in SCREENS:
        return screen
    return path if path in _PATHS else "elsewhere"


log = logging.getLogger("tertius.requests")


class RequestLog:
    """Records every request, with the answers of all other layers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, status, started = path_label(scope["path"]), 0, time.perf_counter()

        async def observe(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with span(path, SpanKind.SERVER) as request_span:
            try:
                await self._app(scope, receive, observe)
            finally:
                duration = time.perf_counter() - started
                REQUESTS.labels(path, str(status)).inc()
                REQUEST_SECONDS.labels(path).observe(duration)
                request_span.set_attributes({"http.route": path, "http.response.status_code": status})
                facts = {
                    "request": scope.get("request_id"),
                    "path": path,
                    "status": status,
                    "ms": round(duration * 1000),
                }
                log.info("answered", extra={"facts": facts})
