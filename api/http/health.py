"""Health."""

from fastapi import Request

from graph.networks import tokens


async def _healthy() -> dict[str, str]:
    """The process is alive, whatever the database does."""
    return {"status": "ok"}


async def _ready(request: Request) -> dict[str, str]:
    """The database answers what every request begins with."""
    await tokens.find_token_holder(request.app.state.graph, "")
    return {"status": "ok"}
