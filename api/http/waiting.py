"""What is served while the database has never answered: that the service lives, and that it waits."""

from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_WAITING = "Neo4j does not answer yet: the service waits for it, and serves when it does."


def absent() -> Starlette:
    """An app for that time."""
    return Starlette(routes=[Route("/healthz", _healthy), Route("/{rest:path}", _away, methods=["GET", "POST", "PUT"])])


async def _healthy(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _away(_: Request) -> Response:
    id = uuid4().hex
    error = {"message": _WAITING, "extensions": {"code": "SERVICE_UNAVAILABLE", "requestId": id}}
    return JSONResponse({"errors": [error]}, 503, {"Retry-After": "2", "X-Request-Id": id})
