"""Sign-in with OpenID Connect, and the authentication of every request.

The session is a token in a cookie that scripts cannot read. A request that uses the cookie must have the header
COOKIE_REQUEST_HEADER. A form of another site cannot send it, and its script may not (docs/decisions/0017-sign-in.md).
"""

import re
import secrets
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.security.utils import get_authorization_scheme_param
from starlette.exceptions import HTTPException

from api.context import Unauthenticated
from api.http.oidc import Attempt, Provider, SignInFailed
from api.time_limit import mutation_seconds, time_limit
from graph.membership.sign_in import SIGN_IN_DAYS, sign_in
from graph.networks import tokens

COOKIE_REQUEST_HEADER = "x-tertius-page"
"""Header that a request authenticated by cookie must have, with any value."""
MINUTES = 10
"""Time within which a sign-in must be completed."""
_MAX_COMPLETED = 10_000
_WORD = re.compile(r"[A-Za-z0-9_-]{0,128}")
_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def bearer_token(request: Request) -> str:
    """The token or the invitation in the header Authorization, "" if there is none."""
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    return token if scheme.lower() == "bearer" else ""


def request_token(request: Request) -> str:
    """The token of the request, from the header or from the cookie. "" if there is none."""
    if token := bearer_token(request):
        return token
    sign_in: SignIn | None = request.app.state.sign_in
    return request.cookies.get(sign_in.session, "") if sign_in and COOKIE_REQUEST_HEADER in request.headers else ""


async def token_holder(request: Request, token: Annotated[str, Depends(request_token)]) -> tokens.TokenHolder:
    """The member whose token the request has. Raises Unauthenticated."""
    holder = await tokens.find_token_holder(request.app.state.graph, token) if token else None
    if holder is None:
        raise Unauthenticated
    return holder


async def end_session(
    request: Request,
    holder: Annotated[tokens.TokenHolder, Depends(token_holder)],
    token: Annotated[str, Depends(request_token)],
) -> Response:
    """`POST /auth/logout`: revoke the token of the request."""
    await tokens.revoke_presented_token(request.app.state.graph, holder, token)
    response = Response(status_code=204, headers=_PRIVATE)
    if sign_in := request.app.state.sign_in:
        sign_in.delete_session(response)
    return response


class SignIn:
    """The routes of the sign-in at one provider."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._secure = provider.client.redirect.startswith("https:")
        # no other host of the same domain can set a cookie with this prefix
        prefix = "__Host-" if self._secure else ""
        self.session, self._started = f"{prefix}tertius_session", f"{prefix}tertius_signing_in"
        self._completed: dict[str, float] = {}

    def router(self) -> APIRouter:
        """The routes under /auth."""
        router = APIRouter(prefix="/auth")
        router.add_api_route("/login", self._login, methods=["GET"])
        router.add_api_route("/callback", self._callback, methods=["GET"])
        return router

    async def _login(self, request: Request) -> Response:
        """Redirect to the provider. A cookie keeps the secret, and the network or the invitation of the request."""
        parameters = [request.query_params.get(name, "") for name in ("network", "invitation")]
        if not all(_WORD.fullmatch(value) for value in parameters):
            raise HTTPException(400, "`network` or `invitation` is not valid.")
        secret = secrets.token_urlsafe(32)
        address = await self._provider.login(Attempt(secret))
        response = RedirectResponse(address, 303, _PRIVATE)
        self._set_cookie(response, self._started, ".".join((secret, *parameters)), seconds=MINUTES * 60)
        return response

    async def _callback(self, request: Request) -> Response:
        """Complete the sign-in with the answer of the provider."""
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
        graph = request.app.state.graph.with_timeout(None)
        async with time_limit(mutation_seconds(request), "Sign in again."):
            token = await sign_in(graph, account, name=network or None, invitation=invitation or None)
        response = PlainTextResponse("You are signed in to Tertius.", headers=_PRIVATE)
        response.delete_cookie(self._started, secure=self._secure, httponly=True, samesite="lax")
        self._set_cookie(response, self.session, token, seconds=SIGN_IN_DAYS * 24 * 60 * 60)
        return response

    def delete_session(self, response: Response) -> None:
        """Delete the cookie of the session."""
        response.delete_cookie(self.session, secure=self._secure, httponly=True, samesite="lax")

    def _is_first_use(self, attempt: Attempt) -> bool:
        """Whether this process did not complete the attempt before. For other processes the provider checks it."""
        now = time.monotonic()
        while self._completed and (len(self._completed) > _MAX_COMPLETED or next(iter(self._completed.values())) < now):
            self._completed.pop(next(iter(self._completed)))
        if attempt.state in self._completed:
            return False
        self._completed[attempt.state] = now + MINUTES * 60
        return True

    def _set_cookie(self, response: Response, name: str, value: str, *, seconds: int) -> None:
        response.set_cookie(name, value, max_age=seconds, secure=self._secure, httponly=True, samesite="lax")
