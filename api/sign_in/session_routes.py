"""`/session` and `/sessions`: begins, shows and ends the session of a browser."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from api.error_codes import ErrorCode
from api.http.errors import error_response
from api.http.join import NewMember
from api.paths import SESSION, SESSIONS, SIGN_IN_CODE
from api.sign_in.attempt_limits import count_attempt
from api.sign_in.authentication import browser_holder, request_holder
from api.sign_in.browser_session import BrowserSessions, csrf_token
from api.time_limit import mutation_seconds
from graph.database.client import Graph
from graph.membership.joining import join_network
from graph.membership.sessions import begin_session, end_sessions, find_session
from graph.networks.members import find_member, read_network_settings
from graph.networks.permissions import Operation, Scope, check_permission
from graph.networks.tokens import TokenHolder, TokenKind, find_token_holder, revoke_presented_token
from presentation.dates import time_text

INVALID_CODE = 'Send {"code": "…"} as JSON.'
INVALID_SIGN_IN = 'Send one of {"token": "…"}, {"code": "…"} and {"invitation": "…", "name": "…"} as JSON.'
REFUSED_SIGN_IN = "The token or the sign-in link is not valid: it is unknown or has expired, or the link was used."
_Secret = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class TokenCredential(BaseModel):
    """A token of a program, pasted by its member."""

    model_config = ConfigDict(extra="forbid")

    token: _Secret


class CodeCredential(BaseModel):
    """The code of a sign-in link."""

    model_config = ConfigDict(extra="forbid")

    code: _Secret


class InvitedMember(NewMember):
    """A visitor who redeems an invitation."""

    invitation: _Secret


_CREDENTIAL: TypeAdapter[TokenCredential | CodeCredential | InvitedMember] = TypeAdapter(
    TokenCredential | CodeCredential | InvitedMember
)


def session_router() -> APIRouter:
    """The routes."""
    router = APIRouter()
    router.add_api_route(SESSION, _show, methods=["GET"])
    router.add_api_route(SESSION, _begin, methods=["POST"])
    router.add_api_route(SESSION, _end, methods=["DELETE"])
    router.add_api_route(SIGN_IN_CODE, _show_code, methods=["POST"])
    router.add_api_route(SESSIONS, _end_all, methods=["DELETE"])
    return router


async def _show(request: Request) -> Response:
    """Show whether the browser is signed in, and the token that its requests need."""
    return JSONResponse(await _session_data(request, _sessions(request).secret_of(request)))


async def _show_code(request: Request) -> Response:
    """Show whom a sign-in link signs in, without using it. The page asks before: anybody may have sent the link."""
    if refusal := await _refusal(request):
        return refusal
    try:
        credential = CodeCredential.model_validate_json(await request.body())
    except ValidationError:
        return error_response(400, ErrorCode.BAD_USER_INPUT, INVALID_CODE, request.scope)
    holder = await find_token_holder(_graph(request), credential.code, TokenKind.SIGN_IN_CODE)
    viewer = await _viewer_data(_graph(request), holder) if holder else None
    if viewer is None:
        return error_response(401, ErrorCode.UNAUTHENTICATED, REFUSED_SIGN_IN, request.scope)
    return JSONResponse({"viewer": viewer})


async def _refusal(request: Request) -> Response | None:
    """The answer to a sign-in that another site sends. Counts every other attempt."""
    sessions = _sessions(request)
    if not sessions.is_own_page(request):
        return error_response(403, ErrorCode.FORBIDDEN, sessions.refusal_message, request.scope)
    await count_attempt(request)
    return None


async def _begin(request: Request) -> Response:
    """Begin a session with a token, a code or an invitation. It replaces the earlier session of the browser."""
    sessions, graph = _sessions(request), _graph(request)
    if refusal := await _refusal(request):
        return refusal
    try:
        credential = _CREDENTIAL.validate_json(await request.body())
    except ValidationError:
        return error_response(400, ErrorCode.BAD_USER_INPUT, INVALID_SIGN_IN, request.scope)
    secret = await _secret_for(credential, request, graph, sessions)
    if secret is None:
        return error_response(401, ErrorCode.UNAUTHENTICATED, REFUSED_SIGN_IN, request.scope)
    earlier = sessions.secret_of(request)
    if earlier and (holder := await find_session(graph, earlier)):
        await revoke_presented_token(graph, holder, earlier)
    response = JSONResponse(await _session_data(request, secret), 201)
    sessions.set_cookie(request, response, secret)
    return response


async def _secret_for(
    credential: TokenCredential | CodeCredential | InvitedMember,
    request: Request,
    graph: Graph,
    sessions: BrowserSessions,
) -> str | None:
    """The secret of a new session, None if the credential is not valid. Raises InvalidInvitation."""
    if isinstance(credential, TokenCredential):
        return await begin_session(graph, credential.token, TokenKind.TOKEN, sessions.rules)
    if isinstance(credential, CodeCredential):
        return await begin_session(graph, credential.code, TokenKind.SIGN_IN_CODE, sessions.rules)
    _, secret = await join_network(
        graph.with_timeout(None),
        credential.invitation,
        name=credential.name,
        email=credential.email,
        key=credential.key,
        session=sessions.rules,
        seconds=mutation_seconds(request),
    )
    return secret


async def _end(request: Request, holder: Annotated[TokenHolder, Depends(browser_holder)]) -> Response:
    """Sign out in this browser."""
    sessions, response = _sessions(request), Response(status_code=204)
    await revoke_presented_token(_graph(request), holder, sessions.secret_of(request))
    sessions.delete_cookie(request, response)
    return response


async def _end_all(request: Request, holder: Annotated[TokenHolder, Depends(request_holder)]) -> Response:
    """Sign out in every browser."""
    check_permission(Operation.MANAGE_OWN_ACCOUNT, holder.role, holder.scopes)
    await end_sessions(_graph(request), holder.network, holder.member)
    response = Response(status_code=204)
    _sessions(request).delete_cookie(request, response)
    return response


async def _session_data(request: Request, secret: str) -> dict[str, Any]:
    """Return the session for the page, and how its visitor can sign in."""
    graph, sessions = _graph(request), _sessions(request)
    holder = await find_session(graph, secret) if secret else None
    viewer = await _viewer_data(graph, holder) if holder else None
    accepts = sessions.accepts_sign_in(request)
    provider = ["PROVIDER"] if request.app.state.sign_in else []
    shown: dict[str, Any] = {
        "signedIn": False,
        "csrfToken": None,
        "viewer": None,
        "scopes": [],
        "expiresAt": None,
        "signInMethods": ["LINK", "TOKEN", "INVITATION", *provider] if accepts else [],
        "signInRefusal": None if accepts else sessions.refusal_message,
    }
    if holder is None or viewer is None:
        return shown
    return shown | {
        "signedIn": True,
        "csrfToken": csrf_token(secret),
        "viewer": viewer,
        "scopes": [scope.name for scope in Scope if scope in holder.scopes],
        "expiresAt": time_text(holder.expires_at),
    }


async def _viewer_data(graph: Graph, holder: TokenHolder) -> dict[str, Any] | None:
    """Return the member for the page. None if they left."""
    member = await find_member(graph, holder.network, holder.member)
    if member is None:
        return None
    settings = await read_network_settings(graph, holder.network)
    return {
        "memberId": member.id,
        "name": member.name or member.person,
        "network": settings.name,
        "role": member.role.name,
    }


def _graph(request: Request) -> Graph:
    graph: Graph = request.app.state.graph
    return graph


def _sessions(request: Request) -> BrowserSessions:
    sessions: BrowserSessions = request.app.state.sessions
    return sessions
