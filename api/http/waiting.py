"""The app that the service runs until the database answers for the first time."""

from collections.abc import Sequence
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from api.error_codes import ErrorCode
from api.html_page import html_page
from api.http.cross_origin import CrossOrigin
from api.security_headers import SecurityHeaders

_WAITING = "Neo4j does not answer yet. The service waits for it."


def unavailable_app(origins: Sequence[str]) -> ASGIApp:
    """An app that answers every request with 503, except /healthz. `origins` are those that CORS allows."""
    unavailable = Route("/{rest:path}", _unavailable, methods=["GET", "POST", "PUT"])
    app = Starlette(routes=[Route("/healthz", _healthy), unavailable])
    return SecurityHeaders(CrossOrigin(app, origins) if origins else app)


async def _healthy(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _unavailable(request: Request) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        response = html_page("Tertius starts", f"<p>{_WAITING}</p><p>This page loads again by itself.</p>", 503)
        response.headers["Refresh"] = "2"
        return response
    id = uuid4().hex
    error = {"message": _WAITING, "extensions": {"code": ErrorCode.SERVICE_UNAVAILABLE, "requestId": id}}
    return JSONResponse({"errors": [error]}, 503, {"Retry-After": "2", "X-Request-Id": id})
