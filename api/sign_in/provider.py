"""The sign-in at an OpenID Connect provider, which begins the session of a browser."""

import re
import secrets
import time
from collections.abc import Awaitable, Callable
from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.error_codes import ProviderUnavailable
from api.html_page import html_page
from api.paths import SIGN_IN_PAGE, invitation_link
from api.remedies import api_message
from api.sign_in.browser_session import BrowserSessions
from api.sign_in.oidc import Attempt, Provider, SignInFailed
from api.time_limit import mutation_seconds, time_limit
from graph.errors import TertiusError
from graph.membership.sign_in import sign_in

MINUTES = 10
"""Time within which a sign-in must be completed."""
_MAX_COMPLETED = 10_000
_WORD = re.compile(r"[A-Za-z0-9_-]{0,128}")
_OTHER_SITES = ("cross-site", "same-site")
_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


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
        router.add_api_route("/login", _for_browsers(self._login), methods=["GET"])
        router.add_api_route("/callback", _for_browsers(self._callback), methods=["GET"])
        return router

    async def _login(self, request: Request) -> Response:
        """Redirect to the provider. A cookie keeps the secret, and the network or the invitation of the request."""
        parameters = [request.query_params.get(name, "") for name in ("network", "invitation")]
        if not all(_WORD.fullmatch(value) for value in parameters):
            raise HTTPException(400, "`network` or `invitation` is not valid.")
        if parameters[1] and request.headers.get("sec-fetch-site") in _OTHER_SITES:
            # the provider may sign in without a question, so the page asks first whether to join
            return RedirectResponse(invitation_link("", parameters[1]), 303, _PRIVATE)
        secret = secrets.token_urlsafe(32)
        address = await self._provider.login(Attempt(secret))
        response = RedirectResponse(address, 303, _PRIVATE)
        # the provider's answer is a request from another site, to which a browser adds no strict cookie
        response.set_cookie(
            self._started,
            ".".join((secret, *parameters)),
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
        account = await self._provider.account_of(code, attempt, issuer=parameters.get("iss"))
        graph, sessions = request.app.state.graph.with_timeout(None), request.app.state.sessions
        assert isinstance(sessions, BrowserSessions)
        async with time_limit(mutation_seconds(request), "Sign in again."):
            session = await sign_in(
                graph, account, name=network or None, invitation=invitation or None, rules=sessions.rules
            )
        response = RedirectResponse("/", 303, _PRIVATE)
        response.delete_cookie(self._started, secure=self._secure, httponly=True, samesite="lax")
        sessions.set_cookie(response, session)
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
        except TertiusError as error:
            if "text/html" not in request.headers.get("accept", ""):
                raise
            text = f'<p>{escape(api_message(error))}</p><p><a href="{SIGN_IN_PAGE}">Sign in again</a></p>'
            return html_page("You are not signed in", text, 503 if isinstance(error, ProviderUnavailable) else 403)

    return respond_to_browser
