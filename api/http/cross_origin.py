"""Cross-origin requests (CORS): which web pages of other sites may call the API from a browser."""

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.paths import GRAPHQL, JOIN, MCP, TARGETS, UPLOADS

MAX_AGE_SECONDS = 600
"""How long a browser may keep the answer to a preflight request."""
MCP_HEADERS = ("MCP-Protocol-Version", "Mcp-Method", "Mcp-Name")
"""Headers that MCP clients send."""
EXPOSED = ("X-Request-Id", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


class CrossOrigin:
    """Adds the CORS headers to every response of the API, errors included.

    Pages, such as /about-me, and the sign-in get none: only their own site may read them. Cookies are not allowed, so a
    request from another origin always needs a token.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._api = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=("POST", "PUT"),
            allow_headers=("Authorization", "Content-Type", *MCP_HEADERS),
            expose_headers=EXPOSED,
            max_age=MAX_AGE_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and (
            scope["path"] in (GRAPHQL, MCP, TARGETS, JOIN) or scope["path"].startswith(UPLOADS)
        )
        await (self._api if is_api else self._app)(scope, receive, send)
