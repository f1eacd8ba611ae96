"""The context of a request, as FastAPI injects it."""

from fastapi import Request

from api.context import Context, build_context


async def request_context(request: Request) -> Context:
    """The context of a request with a valid token or session. Raises Unauthenticated."""
    state = request.app.state
    holder, network = await state.token_networks.authenticate(request)
    return build_context(
        state.graph,
        state.loads,
        state.meter,
        network,
        holder,
        request.scope["request_id"],
        state.public_url,
        state.webhooks,
    )
