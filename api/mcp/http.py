"""MCP over HTTP: `POST /mcp` for members with a token of the scope READ.

Each request is independent, so that any process can answer it. Clients of the protocol version 2025-11-25 and of
2026-07-28 are served.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser, BearerAuthBackend
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.auth.routes import build_resource_metadata_url, create_protected_resource_routes
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from pydantic import AnyHttpUrl
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.context import Unauthenticated
from api.error_codes import ErrorCode
from api.http.errors import UNAUTHENTICATED_MESSAGE, error_response
from api.mcp.server import CallContext, ToolServer
from api.paths import MCP
from api.quotas import Meter
from api.request_limits import MAX_BODY_BYTES
from graph.database.client import Graph
from graph.networks.permissions import PERMISSIONS, Operation, check_permission
from graph.networks.state import build_viewer, read_state
from graph.networks.tokens import TokenHolder, find_token_holder
from operations.session import Session

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_REFUSED = {
    421: "This host name is not the public address of the service. Set TERTIUS_HTTP__PUBLIC_URL to it.",
    403: "Web pages of this origin may not call the service. TERTIUS_HTTP__CORS_ORIGINS lists those that may.",
}


class MemberToken(AccessToken):
    """A valid token, and the member whom it authenticates."""

    holder: TokenHolder


class MemberTokenVerifier(TokenVerifier):
    """Finds the member of a token. Tertius issues its tokens for itself, so each is bound to this resource."""

    def __init__(self, graph: Callable[[], Graph], resource: str) -> None:
        self._graph = graph
        self._resource = resource

    async def verify_token(self, token: str) -> MemberToken | None:
        """Return the token with its member and scopes. None if no member has it."""
        holder = await find_token_holder(self._graph(), token)
        if holder is None:
            return None
        return MemberToken(
            token=token,
            client_id=holder.member,
            subject=holder.member,
            scopes=sorted(holder.scopes),
            resource=self._resource,
            holder=holder,
        )


class HostCheck:
    """Refuses requests to other host names and from other origins: a web page could use DNS rebinding to send them.

    The origin `*` allows all.
    """

    def __init__(self, app: ASGIApp, public_url: str, origins: Sequence[str]) -> None:
        self._app = app
        self._check = TransportSecurityMiddleware(transport_security(public_url, origins))
        self._ignored = {b"origin"} if "*" in origins else set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if name not in self._ignored]
        refused = await self._check.validate_request(Request({**scope, "headers": headers}))
        if refused is None:
            await self._app(scope, receive, send)
            return
        status = refused.status_code
        code = ErrorCode.FORBIDDEN if status == 403 else ErrorCode.BAD_USER_INPUT
        await error_response(status, code, _REFUSED[status], scope)(scope, receive, send)


class RequireMember:
    """Refuses requests without a valid token, and tokens that do not permit to ask, as the other endpoints do."""

    def __init__(self, app: ASGIApp, metadata: str) -> None:
        self._app = app
        self._metadata = metadata

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = scope["user"]
        if not isinstance(user, AuthenticatedUser) or not isinstance(user.access_token, MemberToken):
            headers = {"WWW-Authenticate": f'Bearer resource_metadata="{self._metadata}"'}
            response = error_response(401, ErrorCode.UNAUTHENTICATED, UNAUTHENTICATED_MESSAGE, scope, headers)
            await response(scope, receive, send)
            return
        holder = user.access_token.holder
        check_permission(Operation.ASK, holder.role, holder.scopes)
        await self._app(scope, receive, send)


class McpEndpoint:
    """The endpoint and its metadata. `graph` and `meter` exist while the service runs.

    `public_url` is the address of the service. `origins` are the origins of web pages that may call it.
    """

    def __init__(
        self, graph: Callable[[], Graph], meter: Callable[[], Meter], public_url: str, origins: Sequence[str]
    ) -> None:
        self._graph = graph
        self._meter = meter
        self._public_url, self._origins = public_url, origins
        self._sessions: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Answer requests during the block."""
        self._sessions = StreamableHTTPSessionManager(
            ToolServer(self._open_session, self._meter).protocol(),
            json_response=True,
            stateless=True,
            max_request_body_size=MAX_BODY_BYTES,
        )
        started, ended = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(_hold(self._sessions, started, ended))
        try:
            await started.wait()
            yield
        finally:
            ended.set()
            await task

    def routes(self) -> list[Route]:
        """The endpoint, and the metadata by which clients learn how to authenticate (RFC 9728)."""
        resource = AnyHttpUrl(f"{self._public_url}{MCP}")
        verifier = MemberTokenVerifier(self._graph, str(resource))
        endpoint: ASGIApp = RequireMember(self._handle, str(build_resource_metadata_url(resource)))
        endpoint = AuthenticationMiddleware(endpoint, backend=BearerAuthBackend(verifier, resource_server_url=resource))
        return [
            Route(MCP, endpoint=HostCheck(endpoint, self._public_url, self._origins), methods=["POST"]),
            *create_protected_resource_routes(
                resource_url=resource,
                authorization_servers=[AnyHttpUrl(self._public_url)],
                scopes_supported=[PERMISSIONS[Operation.ASK].scope],
                resource_name="Tertius",
            ),
        ]

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._sessions is not None
        await self._sessions.handle_request(scope, receive, send)

    async def _open_session(self, context: CallContext) -> Session:
        """The session of the token's member. Raises Unauthenticated if the member has just left."""
        assert context.request is not None
        holder: TokenHolder = context.request.user.access_token.holder
        graph, limits = self._graph(), self._meter().limits
        state = await read_state(graph, holder.network)
        if holder.member not in state.roles:
            raise Unauthenticated
        return limits.session(graph, state, build_viewer(state, holder.member))


async def _hold(sessions: StreamableHTTPSessionManager, started: asyncio.Event, ended: asyncio.Event) -> None:
    """Run the manager in one task: its task group must be left in the task that entered it."""
    async with sessions.run():
        started.set()
        await ended.wait()


def transport_security(public_url: str, origins: Sequence[str]) -> TransportSecuritySettings:
    """The accepted values of the headers Host and Origin: the public address, and loopback with any port."""
    parts = urlsplit(public_url)
    hosts = [host for name in _LOOPBACK for host in (name, f"{name}:*")]
    own = f"{parts.scheme}://{parts.netloc}"
    default_port = "443" if parts.scheme == "https" else "80"
    return TransportSecuritySettings(
        allowed_hosts=[*hosts, parts.netloc, *([] if parts.port else [f"{parts.netloc}:{default_port}"])],
        allowed_origins=[own, *(f"http://{host}" for host in hosts), *origins],
    )
