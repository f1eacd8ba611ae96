"""The HTTP service: GraphQL, MCP, uploads, target lists, sign-in, pages and health checks."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from limits.aio.storage import RedisStorage, Storage
from starlette.exceptions import HTTPException
from starlette.types import ExceptionHandler

from api.context import Unauthenticated
from api.explorer.routes import explorer_router
from api.graphql.mount import graphql_route
from api.http.cross_origin import CrossOrigin
from api.http.errors import (
    on_forbidden,
    on_http_error,
    on_invalid_body,
    on_sign_in_failed,
    on_tertius_error,
    on_unauthenticated,
)
from api.http.health import report_alive, report_ready
from api.http.join import join_by_invitation
from api.http.own_connections import list_connections_to_archive, list_own_connections
from api.http.request_bounds import RequestBounds
from api.http.request_log import RequestLog
from api.http.target_list import serve_target_list
from api.http.uploads import receive_upload, show_upload_offset
from api.mcp.http import McpEndpoint
from api.page.routes import page_router
from api.paths import CONNECTIONS, JOIN, LOGOUT, PRUNE, TARGETS, UPLOADS
from api.quotas import Meter
from api.remedies import api_message
from api.request_limits import Limits
from api.security_headers import SecurityHeaders
from api.self_service.routes import ERASURE_DAYS, AboutMe, Sender
from api.sign_in.attempt_limits import AttemptLimits
from api.sign_in.authentication import TokenNetworks, revoke_own_token
from api.sign_in.browser_session import BrowserSessions
from api.sign_in.oidc import Provider, SignInFailed
from api.sign_in.provider import SignIn
from api.sign_in.session_routes import session_router
from api.slack.config import SlackConfig
from graph.database.client import Graph
from graph.database.gc_tuning import MemoryReturn
from graph.errors import InvalidInvitation, PermissionDenied, TertiusError
from graph.membership.session_rules import DEFAULT_SESSION_RULES, SessionRules
from operations.daily_upkeep import POLL_SECONDS, daily_upkeep
from operations.mailer import Mailer
from operations.outbox import OUTBOX_POLL_SECONDS, deliver_events, merge_consumers
from operations.questions.route_indexing import route_indexing
from operations.requests.webhooks import WebhookSender
from operations.uploads.upload_queue import UploadQueue
from presentation.dates import today

if TYPE_CHECKING:
    from api.slack.app import SlackApp

_NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own telemetry would record addresses and messages of errors. api/http/request_log.py records neither."""
_ERROR_HANDLERS: dict[type[Exception], ExceptionHandler] = {
    Unauthenticated: on_unauthenticated,
    PermissionDenied: on_forbidden,
    InvalidInvitation: on_forbidden,
    SignInFailed: on_sign_in_failed,
    RequestValidationError: on_invalid_body,
    TertiusError: on_tertius_error,
    HTTPException: on_http_error,
}
Connect = Callable[[], AbstractAsyncContextManager[Graph]]


def _slack_app(config: SlackConfig) -> "SlackApp":
    from api.slack.app import SlackApp  # noqa: PLC0415 an eighth of the imports of a service, which few services need

    return SlackApp(config)


def create_app(
    connect: Connect,
    uploads: Path,
    limits: Limits,
    *,
    networks: Sequence[str] | None = (),
    explore: bool = False,
    origins: Sequence[str] = (),
    provider: Provider | None = None,
    links: Sender | None = None,
    erasure_days: int = ERASURE_DAYS,
    counted: RedisStorage | None = None,
    counts: Storage | None = None,
    slack: SlackConfig | None = None,
    webhooks: WebhookSender | None = None,
    mailer: Mailer | None = None,
    public_url: str = "http://localhost",
    session_rules: SessionRules = DEFAULT_SESSION_RULES,
    route_index_bytes: int = 0,
    today: Callable[[], date] = today,
    poll_seconds: float = POLL_SECONDS,
    outbox_poll_seconds: float = OUTBOX_POLL_SECONDS,
) -> FastAPI:
    """The service on the graph that `connect` opens once, when the process starts.

    Uploads wait in the folder `uploads` until they are loaded. The service resumes waiting loads and runs the daily
    upkeep for `networks`, or for all networks if None; it checks the date `today` every `poll_seconds`, and
    delivers events every `outbox_poll_seconds`. `explore` enables introspection and GraphiQL. `origins` are the
    origins that CORS allows. Members sign in at `provider`, and `links` sends the links of /about-me; without them
    both are off. An erasure that is requested there is completed after `erasure_days`. Points are counted in
    `counted`, or else in `counts`. Links and sign-ins are counted in `counts`. Without these, the process counts alone.
    `public_url` is the address of the service, which MCP clients and browsers use; `session_rules` say when the
    sessions of browsers end. `slack` configures the Slack app; without it there is none. `webhooks` sends events of
    introduction requests, and `mailer` digests of them. Route indexes take at most `route_index_bytes`; 0 turns them
    off.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with connect() as graph:
            app.state.graph = graph
            app.state.meter = Meter(limits, counted, counts)
            background = graph.for_background_work()
            memory = MemoryReturn()
            app.state.loads = UploadQueue(background, uploads, api_message, memory)
            upkeep = daily_upkeep(
                background,
                networks,
                today,
                poll_seconds=poll_seconds,
                request_rules=limits.request_rules,
                mailer=mailer,
                memory=memory,
            )
            consumers = merge_consumers(
                app.state.loads.consumers,
                slack_app.consumers(background) if slack_app else {},
                webhooks.consumers(background) if webhooks else {},
            )
            delivering = deliver_events(background, networks, consumers, poll_seconds=outbox_poll_seconds)
            async with (
                aclosing(about_me),
                aclosing(app.state.meter),
                mcp.run(),
                app.state.loads.run_worker(networks),
                upkeep,
                delivering,
                route_indexing(background, networks, route_index_bytes),
                slack_app.run(graph, app.state.meter) if slack_app else nullcontext(),
            ):
                yield

    about_me = AboutMe(links, erasure_days=erasure_days, counts=counts)
    slack_app = _slack_app(slack) if slack else None
    # a redirect to a path with or without a slash would repeat the header Host
    app = FastAPI(title="Tertius", lifespan=lifespan, openapi_url=None, telemetry=_NO_TELEMETRY, redirect_slashes=False)
    app.state.public_url = public_url
    app.state.webhooks = webhooks
    app.state.sign_in_attempts = AttemptLimits(counts)
    app.state.sessions = BrowserSessions(public_url, session_rules)
    app.state.token_networks = TokenNetworks()
    # first, because routes are matched one after the other, and most requests are for this one
    app.router.routes.append(graphql_route(introspection=explore))
    app.include_router(session_router())
    app.include_router(page_router())
    app.state.sign_in = SignIn(provider) if provider else None
    if app.state.sign_in:
        app.include_router(app.state.sign_in.router())
    app.include_router(about_me.router())
    if slack_app:
        app.include_router(slack_app.router())
    mcp = McpEndpoint(lambda: app.state.graph, lambda: app.state.meter, public_url, origins)
    app.router.routes.extend(mcp.routes())
    if explore:
        app.include_router(explorer_router())
    app.add_api_route("/healthz", report_alive)
    app.add_api_route("/readyz", report_ready)
    app.add_api_route(f"{UPLOADS}{{id}}", receive_upload, methods=["PUT", "PATCH"])
    app.add_api_route(f"{UPLOADS}{{id}}", show_upload_offset, methods=["HEAD"])
    app.add_api_route(TARGETS, serve_target_list, methods=["POST"])
    app.add_api_route(CONNECTIONS, list_own_connections, methods=["GET"])
    app.add_api_route(PRUNE, list_connections_to_archive, methods=["GET"])
    app.add_api_route(JOIN, join_by_invitation, methods=["POST"])
    app.add_api_route(LOGOUT, revoke_own_token, methods=["POST"])
    for error, handler in _ERROR_HANDLERS.items():
        app.add_exception_handler(error, handler)
    app.add_middleware(RequestBounds, open_requests=limits.open_requests)
    if origins:
        app.add_middleware(CrossOrigin, origins=origins)
    app.add_middleware(RequestLog)
    app.add_middleware(SecurityHeaders)
    return app
