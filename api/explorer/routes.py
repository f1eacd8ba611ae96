"""The page of GraphiQL and its two files, at the address of the API."""

from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from api.paths import GRAPHQL

_STATIC = files("api") / "explorer" / "static"
_FILES = {"graphiql.js": "text/javascript", "graphiql.css": "text/css"}
_HEADERS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # the dialogs of GraphiQL insert a style element
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
# relative addresses, which hold behind a proxy that adds a prefix
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tertius GraphiQL</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="graphql/graphiql.css">
<style>html, body, #graphiql { height: 100%; margin: 0 }</style></head>
<body><div id="graphiql"></div><script src="graphql/graphiql.js"></script></body>
</html>
"""


def explorer_router() -> APIRouter:
    """The routes of GraphiQL. They need no token: the user enters one on the page."""
    router = APIRouter(prefix=GRAPHQL)
    router.add_api_route("", _page, methods=["GET"])
    router.add_api_route("/{name}", _file, methods=["GET"])
    return router


async def _page(request: Request) -> Response:
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(405, "Method Not PermissionCheck", {"Allow": "POST"})
    return HTMLResponse(_PAGE, headers=_HEADERS)


async def _file(name: str) -> Response:
    if name not in _FILES:
        raise HTTPException(404, "Not Found")
    return Response((_STATIC / name).read_bytes(), media_type=_FILES[name], headers=_HEADERS)
