"""Points: what a member may spend in an hour, counted on this machine or in a shared server."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

from limits import RateLimitItemPerHour
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
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
UPLOAD_POINTS = 100
"""Points of an upload, which uses the database as much as many queries."""
CONTINUED_UPLOAD_POINTS = 10
"""Points of a request that continues an upload."""

_BUSY_SECONDS = 1.0
"""Time to wait for another process, which holds the file for some microseconds."""
_CLEAN_SECONDS = 3600.0
"""Time after which a process removes expired counts again."""
_ADD = """
    INSERT INTO counts (key, amount, expires) VALUES (:key, :amount, :expires)
    ON CONFLICT (key) DO UPDATE SET
      amount = CASE WHEN expires > :now THEN amount ELSE 0 END + excluded.amount,
      expires = CASE WHEN expires > :now THEN expires ELSE excluded.expires END
    RETURNING amount
"""


@dataclass(frozen=True, slots=True)
class PointBalance:
    """The points of a member: `remaining` of `limit`, until all are available again at `reset`, a Unix time.

    `is_enough` says whether the requested points were available. If not, none were taken.
    """

    limit: int
    remaining: int
    reset: int
    is_enough: bool

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the response."""
        headers = {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }
        return headers if self.is_enough else {**headers, "retry-after": str(self._seconds)}

    @property
    def message(self) -> str:
        """The message for a member without enough points."""
        return (
            f"This request costs more points than you have left: {self.remaining:,} of {self.limit:,} an hour. "
            f"Retry in {ceil(self._seconds / 60)} min."
        )

    @property
    def _seconds(self) -> int:
        return max(1, self.reset - int(time.time()))


class Meter:
    """Counts the points of all members on this machine; with `shared`, in all processes that use the same server.

    While the shared server does not answer, each machine counts alone: a limit must not stop the service. `counts` are
    those of this machine, by default those of this process.
    """

    def __init__(
        self,
        limits: Limits,
        shared: RedisStorage | None = None,
        counts: Storage | None = None,
        *,
        retry_seconds: float = COUNTER_RETRY_SECONDS,
    ) -> None:
        self.limits = limits
        self._each = RateLimitItemPerHour(limits.points_per_hour)
        self._local = FixedWindowRateLimiter(counts or MemoryStorage())
        self._shared = FixedWindowRateLimiter(shared) if shared else None
        self._store = shared
        self._retry_seconds = retry_seconds
        self._retry_at = 0.0

    async def charge(self, viewer: Viewer, points: int, *, only_test: bool = False) -> PointBalance:
        """Take points from a member, all or none. With `only_test` say whether they are available, and take none."""
        account = await self._account(viewer, points, only_test=only_test)
        if not (only_test and account.is_enough):
            QUERY_POINTS.labels("charged" if account.is_enough else "rejected").inc(points)
        return account

    async def _account(self, viewer: Viewer, points: int, *, only_test: bool) -> PointBalance:
        if self._shared is not None and time.monotonic() >= self._retry_at:
            try:
                async with asyncio.timeout(COUNTER_TIMEOUT_SECONDS):
                    return await self._charge(self._shared, viewer, points, only_test=only_test)
            except (StorageError, TimeoutError):
                self._retry_at = time.monotonic() + self._retry_seconds
                log.error("TERTIUS_LIMITS__REDIS_URL does not answer; this machine counts points alone")  # noqa: TRY400
        return await self._charge(self._local, viewer, points, only_test=only_test)

    async def aclose(self) -> None:
        """Close the connection to the shared server."""
        if self._store is not None:
            assert isinstance(self._store.bridge, RedispyBridge)
            client: Any = self._store.bridge.get_connection()
            await client.aclose()

    async def _charge(
        self, counted: FixedWindowRateLimiter, viewer: Viewer, points: int, *, only_test: bool
    ) -> PointBalance:
        member = (viewer.network, viewer.member)
        is_enough = await counted.test(self._each, *member, cost=points)
        is_enough = is_enough and (only_test or await counted.hit(self._each, *member, cost=points))
        left = await counted.get_window_stats(self._each, *member)
        return PointBalance(self.limits.points_per_hour, left.remaining, ceil(left.reset_time), is_enough)


def open_shared_counter(address: str) -> RedisStorage:
    """The counter in a Redis or Valkey server. Raises ConfigurationError if its client is not installed."""
    return RedisStorage(
        address.replace("valkey", "redis", 1),  # one client serves both
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="tertius",
    )


class MachineCounts(Storage):
    """Counts in a file, with hashes of the keys, which may contain addresses.

    A crash of the machine may lose the newest counts. Create this before a fork. Each process opens the file itself.
    While it cannot write the file, as on a full disk, the process counts alone: a limit must not stop the service.
    """

    STORAGE_SCHEME = None

    def __init__(self, path: Path) -> None:
        super().__init__(wrap_exceptions=True)
        self._path = path
        self._alone = MemoryStorage()
        self._clean_at = 0.0
        self._log_at = 0.0
        # here and not in each process: SQLite fails at once if two switch the mode at the same time
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA journal_mode = WAL")

    @cached_property
    def _file(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        file.execute("PRAGMA synchronous = OFF")
        file.execute(
            "CREATE TABLE IF NOT EXISTS counts (key BLOB PRIMARY KEY, amount INTEGER NOT NULL, expires REAL NOT NULL) "
            "WITHOUT ROWID"
        )
        return file

    @property
    def base_exceptions(self) -> type[Exception]:
        """The exceptions of the file."""
        return sqlite3.Error

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a count, which begins anew after `expiry` seconds. Returns the count."""
        now = time.time()
        values = {"key": _hashed(key), "amount": amount, "expires": now + expiry, "now": now}
        try:
            (total,) = self._file.execute(_ADD, values).fetchone()
            if now >= self._clean_at:
                self._clean_at = now + _CLEAN_SECONDS
                self._file.execute("DELETE FROM counts WHERE expires <= ?", (now,))
        except sqlite3.Error:
            self._log_failure()
            return await self._alone.incr(key, expiry, amount)
        return int(total)

    async def get(self, key: str) -> int:
        """The count, 0 if it has expired."""
        return max(int(self._row(key)[0]), await self._alone.get(key))

    async def get_expiry(self, key: str) -> float:
        """The Unix time at which a count expires; the present for none."""
        return max(float(self._row(key)[1]), await self._alone.get_expiry(key))

    def _row(self, key: str) -> Sequence[Any]:
        now = time.time()
        query = "SELECT amount, expires FROM counts WHERE key = ? AND expires > ?"
        try:
            row: Sequence[Any] | None = self._file.execute(query, (_hashed(key), now)).fetchone()
        except sqlite3.Error:
            self._log_failure()
            row = None
        return row or (0, now)

    def _log_failure(self) -> None:
        if time.monotonic() >= self._log_at:
            self._log_at = time.monotonic() + COUNTER_RETRY_SECONDS
            log.error("the file of counts cannot be used; this process counts alone")

    async def check(self) -> bool:
        """Whether the file can be read."""
        return bool(self._file.execute("SELECT 1").fetchone())

    async def reset(self) -> int:
        """Remove all counts. Returns how many there were."""
        return self._file.execute("DELETE FROM counts").rowcount

    async def clear(self, key: str) -> None:
        """Remove a count."""
        self._file.execute("DELETE FROM counts WHERE key = ?", (_hashed(key),))


def _hashed(key: str) -> bytes:
    return sha256(key.encode()).digest()
