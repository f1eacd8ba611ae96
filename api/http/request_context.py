"""Request context."""

from typing import Annotated

from fastapi import Depends, Request

from api.context import Context, context
from api.http.sign_in import signed
from graph.networks import tokens


async def _context(request: Request, holder: Annotated[tokens.TokenHolder, Depends(signed)]) -> Context:
    has = request.app.state
    return await context(has.graph, has.loads, has.meter, holder, request.scope["request_id"])
