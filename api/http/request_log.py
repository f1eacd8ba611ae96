"""What is seen of each request from outside: counted, timed, traced and logged, and nothing of what was asked."""

import logging
import time

from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.database.tracing import span
from operations.metrics import REQUEST_SECONDS, REQUESTS

_PATHS = ("/graphql", "/targets", "/join", "/healthz", "/readyz", "/auth/login", "/auth/callback", "/auth/logout")


def place(path: str) -> str:
    """An address as it is counted: of those that there are, without what somebody put into it."""
    if path.startswith("/uploads/"):
        return "/uploads"
    if path == "/about-me" or path.startswith("/about-me/"):
        return "/about-me"
    return path if path in _PATHS else "elsewhere"


log = logging.getLogger("tertius.requests")


class Watched:
    """Around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, status, began = place(scope["path"]), 0, time.perf_counter()

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with span(path, SpanKind.SERVER) as told:
            try:
                await self._app(scope, receive, seen)
            finally:
                took = time.perf_counter() - began
                REQUESTS.labels(path, str(status)).inc()
                REQUEST_SECONDS.labels(path).observe(took)
                told.set_attributes({"http.route": path, "http.response.status_code": status})
                facts = {"request": scope.get("request_id"), "path": path, "status": status, "ms": round(took * 1000)}
                log.info("answered", extra={"facts": facts})
