"""Signing in on the page, by a provider of OpenID Connect; and by what a request says who sends it.

The session is a token of ours in a cookie that no script reads. A request that comes by it says with a header of ours
that our own page sends it: another site's form cannot, and its script is not let (docs/decisions/0017-sign-in.md).
"""

import re
import secrets
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.security.utils import get_authorization_scheme_param
from starlette.exceptions import HTTPException

from api.context import Unsigned
from api.http.oidc import Attempt, NotSignedIn, Provider
from graph.membership.sign_in import SIGN_IN_DAYS, sign_in
from graph.networks import tokens

COOKIE_REQUEST_HEADER = "x-tertius-page"
"""Header that a request authenticated by cookie must have, with any value."""
MINUTES = 10
"""Time within which a sign-in must be completed."""
_ENDED_AT_MOST = 10_000
_WORD = re.compile(r"[A-Za-z0-9_-]{0,128}")
_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def bearer(request: Request) -> str:
    """What a program sends: a member's token, or an invitation."""
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    return token if scheme.lower() == "bearer" else ""


def sent(request: Request) -> str:
    """A member's token, however it comes."""
    if token := bearer(request):
        return token
    at: SigningIn | None = request.app.state.signing_in
    return request.cookies.get(at.session, "") if at and COOKIE_REQUEST_HEADER in request.headers else ""


async def signed(request: Request, token: Annotated[str, Depends(sent)]) -> tokens.TokenHolder:
    """Whose token came. Raises Unsigned."""
    found = await tokens.find_token_holder(request.app.state.graph, token) if token else None
    if found is None:
        raise Unsigned
    return found


class SigningIn:
    """The three addresses of signing in, for one provider."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._secure = provider.client.redirect.startswith("https:")
        prefix = "__Host-" if self._secure else ""  # which no other host of the same domain can set
        self.session, self._begun = f"{prefix}tertius_session", f"{prefix}tertius_signing_in"
        self._ended: dict[str, float] = {}

    def router(self) -> APIRouter:
        """Where they are."""
        router = APIRouter(prefix="/auth")
        router.add_api_route("/login", self._login, methods=["GET"])
        router.add_api_route("/callback", self._callback, methods=["GET"])
        router.add_api_route("/logout", self._logout, methods=["POST"])
        return router

    async def _login(self, request: Request) -> Response:
        """Off to the provider; a network's name or an invitation waits in the browser, with the secret."""
        asked = [request.query_params.get(name, "") for name in ("network", "invitation")]
        if not all(_WORD.fullmatch(one) for one in asked):
            raise HTTPException(400, "This is neither a network nor an invitation.")
        secret = secrets.token_urlsafe(32)
        place = await self._provider.login(Attempt(secret))
        response = RedirectResponse(place, 303, _PRIVATE)
        self._keep(response, self._begun, ".".join((secret, *asked)), seconds=MINUTES * 60)
        return response

    async def _callback(self, request: Request) -> Response:
        """Back from the provider: in, or not; either way this attempt is over."""
        kept = request.cookies.get(self._begun, "").split(".")
        told = request.query_params
        if len(kept) != 3 or not kept[0]:
            raise NotSignedIn
        secret, network, invitation = kept
        attempt = Attempt(secret)
        if not secrets.compare_digest(told.get("state", "").encode(), attempt.state.encode()) or not self._once(
            attempt
        ):
            raise NotSignedIn
        code = told.get("code")
        if not code:  # they, or the provider, said no
            raise NotSignedIn
        who = await self._provider.whose(code, attempt, issuer=told.get("iss"))
        graph = request.app.state.graph.with_timeout(None)
        token = await sign_in(graph, who, name=network or None, invitation=invitation or None)
        response = PlainTextResponse("You are signed in to Tertius.", headers=_PRIVATE)
        response.delete_cookie(self._begun, secure=self._secure, httponly=True, samesite="lax")
        self._keep(response, self.session, token, seconds=SIGN_IN_DAYS * 24 * 60 * 60)
        return response

    async def _logout(
        self,
        request: Request,
        holder: Annotated[tokens.TokenHolder, Depends(signed)],
        token: Annotated[str, Depends(sent)],
    ) -> Response:
        """The token that came stands for nobody any more."""
        await tokens.revoke_presented_token(request.app.state.graph, holder, token)
        response = Response(status_code=204, headers=_PRIVATE)
        response.delete_cookie(self.session, secure=self._secure, httponly=True, samesite="lax")
        return response

    def _once(self, attempt: Attempt) -> bool:
        """Whether this attempt was not ended before. Of other processes the provider tells: it takes a code once."""
        now = time.monotonic()
        while self._ended and (len(self._ended) > _ENDED_AT_MOST or next(iter(self._ended.values())) < now):
            self._ended.pop(next(iter(self._ended)))
        if attempt.state in self._ended:
            return False
        self._ended[attempt.state] = now + MINUTES * 60
        return True

    def _keep(self, response: Response, name: str, value: str, *, seconds: int) -> None:
        response.set_cookie(name, value, max_age=seconds, secure=self._secure, httponly=True, samesite="lax")
