"""The built files of the page, and the addresses of its screens."""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from api.paths import JOIN, SCREENS, SIGN_IN_PAGE

_BUILT = files("api") / "page" / "built"
_ASSETS = "assets"
_MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_HEADERS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
}
# the name of an asset contains the hash of its content
_ASSET_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class _Asset:
    """A file of the page."""

    media_type: str
    content: bytes
    compressed: bytes


def page_router() -> APIRouter:
    """The routes. They need no token: the page has no data of its own."""
    router = APIRouter()
    router.add_api_route(f"/{_ASSETS}/{{name}}", _show_asset, methods=["GET"])
    for path in ("/", SIGN_IN_PAGE, JOIN, *SCREENS):
        router.add_api_route(path, _show_screen, methods=["GET"])
    for path in SCREENS:
        router.add_api_route(f"{path}/{{rest}}", _show_screen, methods=["GET"])
    return router


async def _show_screen(request: Request) -> Response:
    """The page, which shows the screen of the address. A program gets the answer of an unknown address."""
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(404, "Not Found")
    return HTMLResponse(_documents().get(f"/{request.url.path.split('/')[1]}", _index()), headers=_HEADERS)


async def _show_asset(request: Request, name: str) -> Response:
    asset = _assets().get(name)
    if asset is None:
        raise HTTPException(404, "Not Found")
    if _accepts_gzip(request.headers.get("accept-encoding", "")):
        headers = {**_ASSET_HEADERS, "Content-Encoding": "gzip"}
        return Response(asset.compressed, media_type=asset.media_type, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=_ASSET_HEADERS)


@cache
def _index() -> bytes:
    return (_BUILT / "index.html").read_bytes()


@cache
def _documents() -> dict[str, bytes]:
    """The page by the first part of the address, with links that load the code of this screen at once."""
    head, rest = _index().split(b"</head>")
    preloads: dict[str, list[str]] = json.loads((_BUILT / "preload.json").read_bytes())
    return {
        path: head
        + "".join(map('<link rel="modulepreload" crossorigin href="{}">\n'.format, files)).encode()
        + b"</head>"
        + rest
        for path, files in preloads.items()
    }


@cache
def _assets() -> dict[str, _Asset]:
    """The assets by name. They are compressed once in a process."""
    contents = {entry.name: entry.read_bytes() for entry in (_BUILT / _ASSETS).iterdir()}
    return {
        name: _Asset(_MEDIA_TYPES[PurePath(name).suffix], content, gzip.compress(content, mtime=0))
        for name, content in contents.items()
    }


def _accepts_gzip(header: str) -> bool:
    """Whether the header Accept-Encoding names gzip without refusing it."""
    for encoding in header.split(","):
        name, _, parameters = encoding.partition(";")
        if name.strip().lower() == "gzip":
            return parameters.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
