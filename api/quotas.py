"""Quotas."""

import asyncio
import logging
import time
from dataclasses import dataclass
from math import ceil
from typing import Any

from limits import RateLimitItemPerHour
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError

from api.request_limits import Limits
from graph.viewer import Viewer
from operations.metrics import QUERY_POINTS

log = logging.getLogger("tertius.api")

COUNTER_TIMEOUT_SECONDS = 0.5
"""Timeout of a request to the shared counter."""
COUNTER_RETRY_SECONDS = 10.0
"""Time after which a shared counter that failed is tried again."""
UPLOAD = 100
"""Points of an upload, which uses the database as much as many queries."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a member may still ask: so many points of so many, until `reset` (a Unix time) gives all of them back.

    `enough` says whether there were as many as were asked for; else none were taken.
    """

    limit: int
    remaining: int
    reset: int
    enough: bool

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says of it."""
        told = {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }
        return told if self.enough else {**told, "retry-after": str(self._seconds)}

    @property
    def sentence(self) -> str:
        """Why nothing was done."""
        return (
            f"This asks for more than is left of your {self.limit:,} points an hour ({self.remaining:,}): "
            f"ask again in {ceil(self._seconds / 60)} min."
        )

    @property
    def _seconds(self) -> int:
        return max(1, self.reset - int(time.time()))


class Meter:
    """Counts for all members of a process; with `shared`, for all processes that count there.

    Where that one does not answer, each counts for itself until it does: limits are no reason to answer nobody.
    """

    def __init__(
        self, limits: Limits, shared: RedisStorage | None = None, *, again: float = COUNTER_RETRY_SECONDS
    ) -> None:
        self.limits = limits
        self._each = RateLimitItemPerHour(limits.points_per_hour)
        self._here = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(shared) if shared else None
        self._store = shared
        self._again = again
        self._away_until = 0.0

    async def charge(self, viewer: Viewer, points: int) -> Account:
        """Take points of a member's, all or none."""
        account = await self._account(viewer, points)
        QUERY_POINTS.labels("charged" if account.enough else "rejected").inc(points)
        return account

    async def _account(self, viewer: Viewer, points: int) -> Account:
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                async with asyncio.timeout(COUNTER_TIMEOUT_SECONDS):
                    return await self._charge(self._shared, viewer, points)
            except (StorageError, TimeoutError):
                self._away_until = time.monotonic() + self._again
                log.error("points are counted here alone: TERTIUS_LIMITS__REDIS_URL does not answer")  # noqa: TRY400
        return await self._charge(self._here, viewer, points)

    async def aclose(self) -> None:
        """Hang up on the one place."""
        if self._store is not None:
            assert isinstance(self._store.bridge, RedispyBridge)
            client: Any = self._store.bridge.get_connection()
            await client.aclose()

    async def _charge(self, counted: FixedWindowRateLimiter, viewer: Viewer, points: int) -> Account:
        who = (viewer.network, viewer.member)
        enough = await counted.test(self._each, *who, cost=points)
        enough = enough and await counted.hit(self._each, *who, cost=points)
        left = await counted.get_window_stats(self._each, *who)
        return Account(self.limits.points_per_hour, left.remaining, ceil(left.reset_time), enough)


def shared(address: str) -> RedisStorage:
    """A Redis or Valkey to count in, at redis://… or valkey://…. Raises ConfigurationError without the client."""
    return RedisStorage(
        address.replace("valkey", "redis", 1),  # one client speaks to both
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="tertius",
    )
