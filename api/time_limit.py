"""The time limit of a request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request

from graph.errors import QueryTimeout

SEND_AGAIN = "It may be incomplete: send it again."


@asynccontextmanager
async def time_limit(seconds: float, remedy: str = SEND_AGAIN) -> AsyncIterator[None]:
    """Stop the block after these seconds. Raises QueryTimeout, whose message ends with the remedy."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise QueryTimeout(f"The request took longer than {seconds:g} s. {remedy}") from error


def mutation_seconds(request: Request) -> float:
    """The seconds that a request which changes something may take."""
    return float(request.app.state.meter.limits.mutation_seconds)
