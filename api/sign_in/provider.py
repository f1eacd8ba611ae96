"""The sign-in at an OpenID Connect provider, which begins the session of a browser."""

import secrets
import time
from collections.abc import Awaitable, Callable
from html import escape
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.exceptions import HTTPException

from api.error_codes import ErrorCode, ProviderUnavailable
from api.html_page import html_page
from api.http.errors import error_response
from api.paths import SIGN_IN_PAGE
from api.remedies import api_message
from api.sign_in.attempt_limits import count_attempt
from api.sign_in.browser_session import BrowserSessions
from api.sign_in.oidc import Attempt, Provider, SignInFailed
from api.time_limit import mutation_seconds, time_limit
from graph.errors import TertiusError
from graph.membership.sign_in import sign_in

MINUTES = 10
"""Time within which a sign-in must be completed."""
_MAX_COMPLETED = 10_000
INVALID_LOGIN = 'Send {}, {"network": "…"} or {"invitation": "…"} as JSON.'
_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_Word = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]*$", max_length=128)]


class ProviderLogin(BaseModel):
    """The network to sign in to: one of the visitor's, or one that the visitor joins by an invitation."""

    model_config = ConfigDict(extra="forbid")

    network: _Word = ""
    invitation: _Word = ""


class SignIn:
    """The routes of the sign-in at one provider."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._secure = provider.client.redirect.startswith("https:")
        # no other host of the same domain can set a cookie with this prefix
        self._started = f"{'__Host-' if self._secure else ''}tertius-signing-in"
        self._completed: dict[str, float] = {}

    def router(self) -> APIRouter:
        """The routes under /auth."""
        router = APIRouter(prefix="/auth")
        router.add_api_route("/login", self._login, methods=["POST"])
        router.add_api_route("/callback", _for_browsers(self._callback), methods=["GET"])
        return router

    async def _login(self, request: Request) -> Response:
        """The provider's address. A cookie keeps the secret, and the network or the invitation of the request.

        Only a page of the service may ask: the provider may sign in without a question, and a link of another site
        could switch the session of the browser.
        """
        sessions = request.app.state.sessions
        assert isinstance(sessions, BrowserSessions)
        if not sessions.is_own_page(request):
            return error_response(403, ErrorCode.FORBIDDEN, sessions.refusal_message, request.scope)
        await count_attempt(request)
        try:
            wanted = ProviderLogin.model_validate_json(await request.body())
        except ValidationError:
            return error_response(400, ErrorCode.BAD_USER_INPUT, INVALID_LOGIN, request.scope)
        secret = secrets.token_urlsafe(32)
        response = JSONResponse({"location": await self._provider.login(Attempt(secret))}, headers=_PRIVATE)
        # the provider's answer is a request from another site, to which a browser adds no strict cookie
        response.set_cookie(
            self._started,
            f"{secret}.{wanted.network}.{wanted.invitation}",
            max_age=MINUTES * 60,
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
        return response

    async def _callback(self, request: Request) -> Response:
        """Complete the sign-in with the answer of the provider, begin a session, and redirect to the page."""
        cookie = request.cookies.get(self._started, "").split(".")
        parameters = request.query_params
        if len(cookie) != 3 or not cookie[0]:
            raise SignInFailed
        secret, network, invitation = cookie
        attempt = Attempt(secret)
        if not secrets.compare_digest(
            parameters.get("state", "").encode(), attempt.state.encode()
        ) or not self._is_first_use(attempt):
            raise SignInFailed
        code = parameters.get("code")
        if not code:  # the person or the provider declined
            raise SignInFailed
        await count_attempt(request)  # a program can make up the cookie and the state
        account = await self._provider.account_of(code, attempt, issuer=parameters.get("iss"))
        graph, sessions = request.app.state.graph.with_timeout(None), request.app.state.sessions
        assert isinstance(sessions, BrowserSessions)
        async with time_limit(mutation_seconds(request), "Sign in again."):
            session = await sign_in(
                graph, account, name=network or None, invitation=invitation or None, rules=sessions.rules
            )
        response = RedirectResponse("/", 303, _PRIVATE)
        response.delete_cookie(self._started, secure=self._secure, httponly=True, samesite="lax")
        sessions.set_cookie(request, response, session)
        return response

    def _is_first_use(self, attempt: Attempt) -> bool:
        """Whether this process did not complete the attempt before. For other processes the provider checks it."""
        now = time.monotonic()
        while self._completed and (len(self._completed) > _MAX_COMPLETED or next(iter(self._completed.values())) < now):
            self._completed.pop(next(iter(self._completed)))
        if attempt.state in self._completed:
            return False
        self._completed[attempt.state] = now + MINUTES * 60
        return True


def _for_browsers(respond: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The same route, with errors as a page for browsers. Programs get the error as JSON."""

    async def respond_to_browser(request: Request) -> Response:
        try:
            return await respond(request)
        except (TertiusError, HTTPException) as error:
            if "text/html" not in request.headers.get("accept", ""):
                raise
            status = 503 if isinstance(error, ProviderUnavailable) else 403
            if isinstance(error, HTTPException):
                status, message, headers = error.status_code, error.detail, error.headers
            else:
                message, headers = api_message(error), None
            text = f'<p>{escape(message)}</p><p><a href="{SIGN_IN_PAGE}">Sign in again</a></p>'
            page = html_page("You are not signed in", text, status)
            page.headers.update(headers or {})
            return page

    return respond_to_browser
