"""The context of a request, as FastAPI injects it."""

from typing import Annotated

from fastapi import Depends, Request

from api.context import Context, build_context
from api.sign_in.authentication import request_holder
from graph.networks import tokens


async def request_context(request: Request, holder: Annotated[tokens.TokenHolder, Depends(request_holder)]) -> Context:
    """The context of a request with a valid token or session. Raises Unauthenticated."""
    state = request.app.state
    return await build_context(
        state.graph,
        state.loads,
        state.meter,
        holder,
        request.scope["request_id"],
        state.public_url,
        state.webhooks,
    )
