"""Health checks for operators: whether the process runs, and whether the database answers."""

from fastapi import Request

from graph.networks import tokens


async def report_alive() -> dict[str, str]:
    """Answer whatever the state of the database is."""
    return {"status": "ok"}


async def report_ready(request: Request) -> dict[str, str]:
    """Run the query with which every request begins."""
    await tokens.find_token_holder(request.app.state.graph, "")
    return {"status": "ok"}
