"""The limit of sign-ins by client: each attempt reads the database, and some ask the sign-in provider."""

from fastapi import Request
from limits import RateLimitItemPerHour
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter
from starlette.exceptions import HTTPException

from api.client_address import client_key

ATTEMPTS_PER_CLIENT = RateLimitItemPerHour(300)
"""Attempts of one client at one service, successful ones included: an office may have one address."""
TOO_MANY_ATTEMPTS = "There were too many sign-ins from your address. Try again in an hour."


class AttemptLimits:
    """Counts the attempts to sign in or to join in `counts`, by default in this process."""

    def __init__(self, counts: Storage | None = None) -> None:
        self._limiter = FixedWindowRateLimiter(counts or MemoryStorage())

    async def count(self, host: str) -> bool:
        """Count an attempt of a client. Returns whether it is allowed."""
        return await self._limiter.hit(ATTEMPTS_PER_CLIENT, client_key(host))


async def count_attempt(request: Request) -> None:
    """Count an attempt to sign in or to join. Raises HTTPException with 429 if the client has made too many."""
    attempts: AttemptLimits = request.app.state.sign_in_attempts
    if not await attempts.count(request.client.host if request.client else ""):
        raise HTTPException(429, TOO_MANY_ATTEMPTS, {"Retry-After": "3600"})
