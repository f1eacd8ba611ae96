"""The service: GraphQL for one member at a time, and two addresses for those who watch over it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from limits.aio.storage import RedisStorage
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import lists
from api.about_me import AboutMe, Sender
from api.context import Context, Unsigned, context
from api.days import today
from api.errors import INSIDE, code_of, note
from api.introductions import Start
from api.joining import UNTOLD, Newcomer, joined
from api.limits import BODY, Limits
from api.loads import STALLED, Loads, OnItsWay, TooLarge
from api.midnight import LOOK, kept_up
from api.oidc import NotSignedIn, Provider
from api.points import UPLOAD, Meter
from api.rights import FORBIDDEN
from api.router import Router
from api.schema import schema
from api.signing_in import SigningIn, bearer, signed
from api.watched import Watched
from graph.database.client import Graph
from graph.errors import NotAllowed, NotInvited, TertiusError
from graph.networks import tokens
from graph.networks.permissions import Act, check
from graph.networks.upload_jobs import jobs
from sources.errors import UnfitList

UPLOADS = "/uploads/"
_OWN: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own would tell whole addresses and the words of faults (api.watched tells neither)."""
TARGETS = "/targets"
Connect = Callable[[], AbstractAsyncContextManager[Graph]]


def create_app(
    connect: Connect,
    uploads: Path,
    limits: Limits,
    *,
    networks: Sequence[str] | None = (),
    explore: bool = False,
    provider: Provider | None = None,
    links: Sender | None = None,
    counted: RedisStorage | None = None,
    today: Callable[[], date] = today,
    look: float = LOOK,
) -> FastAPI:
    """The service on the graph that `connect` opens, once for the process, when it starts.

    `uploads` is the folder where uploads wait for their load. Of the `networks`, None for all in the database, loads
    that wait are taken up, and the day is kept at `today`, looked at every `look` seconds. `explore` lets clients ask
    for the schema, and serves GraphiQL where a browser looks. People sign in at `provider`, where there is one;
    `links` to what is held of one are sent by that; points are `counted` there, else in this process.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with connect() as graph:
            app.state.graph = graph
            app.state.meter = Meter(limits, counted)
            app.state.loads = Loads(graph.patiently(), uploads)
            keeping = kept_up(graph.patiently(), networks, today, look=look)
            async with aclosing(about_me), aclosing(app.state.meter), app.state.loads.working(networks), keeping:
                yield

    about_me = AboutMe(links)
    app = FastAPI(title="Tertius", lifespan=lifespan, openapi_url=None, telemetry=_OWN)
    app.state.signing_in = SigningIn(provider) if provider else None
    if app.state.signing_in:
        app.include_router(app.state.signing_in.router())
    app.include_router(about_me.router())
    app.include_router(_graphql(explore=explore), prefix="/graphql")
    app.add_api_route("/healthz", _healthy)
    app.add_api_route("/readyz", _ready)
    app.add_api_route(f"{UPLOADS}{{id}}", _upload, methods=["PUT"])
    app.add_api_route(TARGETS, _targets, methods=["POST"])
    app.add_api_route("/join", _join, methods=["POST"])
    app.add_exception_handler(Unsigned, _unsigned)
    app.add_exception_handler(NotAllowed, _forbidden)
    app.add_exception_handler(NotInvited, _uninvited)
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(RequestValidationError, _untold)
    app.add_exception_handler(TertiusError, _away)
    app.add_exception_handler(HTTPException, _unfit)
    app.add_middleware(_Bounded)
    app.add_middleware(Watched)
    return app


def _graphql(*, explore: bool) -> Router:
    router = Router(
        schema(introspection=explore),
        graphql_ide="graphiql" if explore else None,
        context_getter=_context,
    )
    # nothing is asked by GET, and nothing is subscribed to by a socket
    router.routes = [
        route for route in router.routes if isinstance(route, APIRoute) and "POST" in (route.methods or ())
    ]
    if explore:
        router.routes.insert(0, APIRoute("", _explorer(router), methods=["GET"]))
    return router


def _explorer(router: Router) -> Callable[[Request], object]:
    async def page(request: Request) -> Response:
        """GraphiQL, for which one needs no token: one gives it there, as a header."""
        if "text/html" not in request.headers.get("accept", ""):
            raise HTTPException(405, "Method Not Allowed", {"Allow": "POST"})
        return await router.render_graphql_ide(request)

    return page


async def _context(request: Request, holder: Annotated[tokens.Holder, Depends(signed)]) -> Context:
    has = request.app.state
    return await context(has.graph, has.loads, has.meter, holder, request.scope["request_id"])


async def _join(request: Request, newcomer: Newcomer, invitation: Annotated[str, Depends(bearer)]) -> Response:
    return await joined(request, invitation, newcomer)


async def _upload(id: str, request: Request, asker: Annotated[Context, Depends(_context)]) -> Response:
    """The bytes of an export that was announced, streamed to where they wait for their load."""
    check(Act.BRING, asker.holder.role, asker.holder.scopes)
    found = await jobs(asker.graph, asker.viewer, id=id)
    if not found:
        return told(404, "NOT_FOUND", "No load of yours expects an upload here.", request.scope)
    account = await asker.meter.charge(asker.viewer, UPLOAD)
    if not account.enough:
        return told(429, "RATE_LIMITED", account.sentence, request.scope, account.headers)
    try:
        job = await asker.loads.receive(asker.graph, asker.viewer, found[0], request.stream())
    except TooLarge as error:
        return told(413, "TOO_MUCH", str(error), request.scope)
    except OnItsWay as error:
        return told(409, "ON_ITS_WAY", str(error), request.scope)
    except (ClientDisconnect, TimeoutError):
        return told(408, "CUT_OFF", "The upload was cut off: send it again.", request.scope)
    return JSONResponse({"id": job.id, "status": job.status.value}, 202, account.headers)


async def _targets(request: Request, asker: Annotated[Context, Depends(_context)]) -> Response:
    """A list of targets, answered row by row as it came: as JSON, or as CSV."""
    check(Act.ASK, asker.holder.role, asker.holder.scopes)
    deepest = request.query_params.get("maxIntroducers", "2")
    start = request.query_params.get("start", Start.ME.name)
    if deepest not in ("1", "2", "3") or start not in Start.__members__:
        sentence = "`maxIntroducers` is 1 to 3, `start` is ME or TEAM."
        return told(400, "UNFIT_ARGUMENT", sentence, request.scope)
    try:
        async with asyncio.timeout(STALLED):
            body = await lists.received(request.stream())
        found = await lists.read(lists.given(body))
    except (TooLarge, UnfitList) as error:
        status, code = (413, "TOO_MUCH") if isinstance(error, TooLarge) else (400, "UNFIT_REQUEST")
        return told(status, code, str(error), request.scope)
    except (ClientDisconnect, TimeoutError):
        return told(408, "CUT_OFF", "The list was cut off: send it again.", request.scope)
    account = await asker.meter.charge(asker.viewer, lists.points(found))
    if not account.enough:
        return told(429, "RATE_LIMITED", account.sentence, request.scope, account.headers)
    team = start == Start.TEAM.name
    ranked = await lists.answered(
        asker.graph, asker.state, asker.viewer, found, team=team, max_introducers=int(deepest)
    )
    if lists.wants_csv(request.headers.get("accept", "")):
        headers = {**account.headers, "Content-Disposition": 'attachment; filename="targets.csv"'}
        lines = (line.encode("utf-8", "replace") for line in lists.written(found, ranked))
        return StreamingResponse(lines, media_type=f"{lists.CSV}; charset=utf-8", headers=headers)
    return JSONResponse(lists.data(found, ranked, asker.viewer), headers=account.headers)


async def _healthy() -> dict[str, str]:
    """The process is alive, whatever the database does."""
    return {"status": "ok"}


async def _ready(request: Request) -> dict[str, str]:
    """The database answers what every request begins with."""
    await tokens.holder(request.app.state.graph, "")
    return {"status": "ok"}


async def _unsigned(request: Request, _: Exception) -> Response:
    sentence = "Send a member's token as `Authorization: Bearer …`: `tertius up` prints yours."
    return told(401, "UNSIGNED", sentence, request.scope, {"WWW-Authenticate": "Bearer"})


async def _forbidden(request: Request, error: Exception) -> Response:
    return told(403, FORBIDDEN, str(error), request.scope)


async def _uninvited(request: Request, error: Exception) -> Response:
    return told(403, "NOT_INVITED", str(error), request.scope)


async def _not_signed_in(request: Request, error: Exception) -> Response:
    return told(401, "NOT_SIGNED_IN", str(error), request.scope)


async def _untold(request: Request, _: Exception) -> Response:
    return told(400, "UNFIT_REQUEST", UNTOLD, request.scope)


async def _away(request: Request, error: Exception) -> Response:
    assert isinstance(error, TertiusError)
    return told(503, code_of(error), str(error), request.scope, {"Retry-After": "2"})


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "NOT_FOUND" if error.status_code == 404 else "UNFIT_REQUEST"
    return told(error.status_code, code, error.detail, request.scope, error.headers)


def told(status: int, code: str, sentence: str, scope: Scope, headers: Mapping[str, str] | None = None) -> Response:
    """An error in the shape that GraphQL clients know, with the request's id."""
    error = {"message": sentence, "extensions": {"code": code, "requestId": scope["request_id"]}}
    return JSONResponse({"errors": [error]}, status, headers)


class _Bounded:
    """Gives each request an id, reads no more of it than a request may have, and answers where all else failed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = uuid4().hex
        begun = False

        async def signed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", scope["request_id"].encode())]
            await send(message)

        try:
            await self._answer(scope, receive, signed)
        except Exception as error:  # noqa: BLE001 - whoever asks hears of it, and only api.errors may log it
            note(scope["request_id"], error)
            if not begun:
                await told(500, "INSIDE", INSIDE, scope)(scope, receive, signed)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(UPLOADS) or scope["path"] == TARGETS:  # bounded where they are read, by a member
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            sentence = f"A request has {BODY:,} bytes at most."
            await told(413, "TOO_MUCH", sentence, scope)(scope, receive, send)
            return
        waiting = [body]

        async def replay() -> Message:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False} if waiting else await receive()

        await self._app(scope, replay, send)


async def _read(receive: Receive) -> bytes | None:
    """The whole body, None where it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)
