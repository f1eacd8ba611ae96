"""The service: GraphQL for one member at a time, and two addresses for those who watch over it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from datetime import date
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from limits.aio.storage import RedisStorage
from starlette.exceptions import HTTPException

from api.context import Unsigned
from api.explorer.routes import explorer_router
from api.graphql.mount import graphql_router
from api.http.cross_origin import CrossOrigin
from api.http.errors import _away, _forbidden, _not_signed_in, _unfit, _uninvited, _unsigned, _untold
from api.http.health import _healthy, _ready
from api.http.join import _join
from api.http.oidc import NotSignedIn, Provider
from api.http.request_bounds import _Bounded
from api.http.request_log import Watched
from api.http.sign_in import SigningIn
from api.http.target_list import _targets
from api.http.uploads import _upload
from api.paths import GRAPHQL, JOIN, TARGETS, UPLOADS
from api.quotas import Meter
from api.request_limits import Limits
from api.self_service.routes import AboutMe, Sender
from graph.database.client import Graph
from graph.errors import InvalidInvitation, PermissionDenied, TertiusError
from operations.daily_upkeep import POLL_SECONDS, daily_upkeep
from operations.outbox import outbox
from operations.upload_queue import UploadQueue
from presentation.dates import today

_OWN: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own would tell whole addresses and the words of faults (api.watched tells neither)."""
Connect = Callable[[], AbstractAsyncContextManager[Graph]]


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
    counted: RedisStorage | None = None,
    today: Callable[[], date] = today,
    poll_seconds: float = POLL_SECONDS,
) -> FastAPI:
    """The service on the graph that `connect` opens, once for the process, when it starts.

    `uploads` is the folder where uploads wait for their load. Of the `networks`, None for all in the database, loads
    that wait are taken up, and the day is kept at `today`, checked every `poll_seconds`. `explore` lets clients ask
    for the schema, and serves GraphiQL where a browser looks. People sign in at `provider`, where there is one;
    `links` to what is held of one are sent by that; points are `counted` there, else in this process.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with connect() as graph:
            app.state.graph = graph
            app.state.meter = Meter(limits, counted)
            app.state.loads = UploadQueue(graph.for_background_work(), uploads)
            keeping = daily_upkeep(graph.for_background_work(), networks, today, poll_seconds=poll_seconds)
            delivering = outbox(graph.for_background_work(), networks, app.state.loads.consumers)
            async with (
                aclosing(about_me),
                aclosing(app.state.meter),
                app.state.loads.working(networks),
                keeping,
                delivering,
            ):
                yield

    about_me = AboutMe(links)
    app = FastAPI(title="Tertius", lifespan=lifespan, openapi_url=None, telemetry=_OWN)
    app.state.signing_in = SigningIn(provider) if provider else None
    if app.state.signing_in:
        app.include_router(app.state.signing_in.router())
    app.include_router(about_me.router())
    app.include_router(graphql_router(introspection=explore), prefix=GRAPHQL)
    if explore:
        app.include_router(explorer_router())
    app.add_api_route("/healthz", _healthy)
    app.add_api_route("/readyz", _ready)
    app.add_api_route(f"{UPLOADS}{{id}}", _upload, methods=["PUT"])
    app.add_api_route(TARGETS, _targets, methods=["POST"])
    app.add_api_route(JOIN, _join, methods=["POST"])
    app.add_exception_handler(Unsigned, _unsigned)
    app.add_exception_handler(PermissionDenied, _forbidden)
    app.add_exception_handler(InvalidInvitation, _uninvited)
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(RequestValidationError, _untold)
    app.add_exception_handler(TertiusError, _away)
    app.add_exception_handler(HTTPException, _unfit)
    app.add_middleware(_Bounded)
    if origins:
        app.add_middleware(CrossOrigin, origins=origins)
    app.add_middleware(Watched)
    return app
