"""The authentication of every request: by the token of a program, or by the session of a browser."""

import asyncio
from collections import OrderedDict
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.security.utils import get_authorization_scheme_param

from api.context import Unauthenticated
from api.sign_in.browser_session import BrowserSessions
from graph.database.client import Graph
from graph.networks import tokens
from graph.networks.secrets import fingerprint
from graph.networks.state import NetworkState, read_state

_MAX_NETWORKS = 10_000
"""Tokens whose network a process remembers."""


def bearer_token(request: Request) -> str:
    """The token or the invitation in the header Authorization, "" if there is none."""
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    return token if scheme.lower() == "bearer" else ""


async def program_holder(request: Request) -> tokens.TokenHolder:
    """The member whose token is in the header. Raises Unauthenticated."""
    return await _find_holder(request.app.state.graph, bearer_token(request), tokens.TokenKind.TOKEN)


async def browser_holder(request: Request) -> tokens.TokenHolder:
    """The member whose session the request presents with its CSRF token. Raises Unauthenticated."""
    sessions: BrowserSessions = request.app.state.sessions
    return await _find_holder(request.app.state.graph, sessions.presented_secret(request), tokens.TokenKind.SESSION)


async def request_holder(request: Request) -> tokens.TokenHolder:
    """The member who sent the request. A token in the header counts before a session. Raises Unauthenticated."""
    return await (program_holder(request) if bearer_token(request) else browser_holder(request))


class TokenNetworks:
    """The networks of tokens and sessions that were valid, by fingerprint.

    They only say which state to read while the database checks the token, in the same round trip. Each request is
    authenticated by the database.
    """

    def __init__(self) -> None:
        self._networks: OrderedDict[str, str] = OrderedDict()

    async def authenticate(self, request: Request) -> tuple[tokens.TokenHolder, NetworkState]:
        """The member who sent the request, and the current state of the network. Raises Unauthenticated."""
        graph, sessions = request.app.state.graph.with_batches(), request.app.state.sessions
        token = bearer_token(request)
        kind = tokens.TokenKind.TOKEN if token else tokens.TokenKind.SESSION
        secret = token or sessions.presented_secret(request)
        key = fingerprint(secret)
        network = self._networks.get(key)
        if network is not None:
            holder, state = await asyncio.gather(
                _find_holder(graph, secret, kind), read_state(graph, network), return_exceptions=True
            )
            if isinstance(holder, BaseException):
                raise holder
            if holder.network == network:
                if isinstance(state, BaseException):
                    raise state
                self._networks.move_to_end(key)
                return holder, state
        holder = await _find_holder(graph, secret, kind)
        state = await read_state(graph, holder.network)
        self._networks[key] = holder.network
        if len(self._networks) > _MAX_NETWORKS:
            self._networks.popitem(last=False)
        return holder, state


async def _find_holder(graph: Graph, secret: str, kind: tokens.TokenKind) -> tokens.TokenHolder:
    holder = await tokens.find_token_holder(graph, secret, kind) if secret else None
    if holder is None:
        raise Unauthenticated
    return holder


async def revoke_own_token(
    request: Request, holder: Annotated[tokens.TokenHolder, Depends(program_holder)]
) -> Response:
    """`POST /auth/logout`: revoke the token of the request."""
    await tokens.revoke_presented_token(request.app.state.graph, holder, bearer_token(request))
    return Response(status_code=204)
