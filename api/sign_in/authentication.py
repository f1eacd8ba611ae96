"""The authentication of every request: by the token of a program, or by the session of a browser."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.security.utils import get_authorization_scheme_param

from api.context import Unauthenticated
from api.sign_in.browser_session import BrowserSessions
from graph.membership.sessions import find_session
from graph.networks import tokens


def bearer_token(request: Request) -> str:
    """The token or the invitation in the header Authorization, "" if there is none."""
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    return token if scheme.lower() == "bearer" else ""


async def program_holder(request: Request) -> tokens.TokenHolder:
    """The member whose token is in the header. Raises Unauthenticated."""
    token = bearer_token(request)
    holder = await tokens.find_token_holder(request.app.state.graph, token) if token else None
    if holder is None:
        raise Unauthenticated
    return holder


async def browser_holder(request: Request) -> tokens.TokenHolder:
    """The member whose session the request presents with its CSRF token. Raises Unauthenticated."""
    sessions: BrowserSessions = request.app.state.sessions
    secret = sessions.presented_secret(request)
    holder = await find_session(request.app.state.graph, secret) if secret else None
    if holder is None:
        raise Unauthenticated
    return holder


async def request_holder(request: Request) -> tokens.TokenHolder:
    """The member who sent the request. A token in the header counts before a session. Raises Unauthenticated."""
    return await (program_holder(request) if bearer_token(request) else browser_holder(request))


async def revoke_own_token(
    request: Request, holder: Annotated[tokens.TokenHolder, Depends(program_holder)]
) -> Response:
    """`POST /auth/logout`: revoke the token of the request."""
    await tokens.revoke_presented_token(request.app.state.graph, holder, bearer_token(request))
    return Response(status_code=204)
