"""Admits requests: few are at work at once, the others wait in the order of their arrival, and too many are refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MAX_AT_WORK = 8
"""Requests of a process that are at work at once. A few keep all cores busy. More would share the same time, and
would compete for database connections, which the driver does not hand out in the order of the requests."""
SLOW_SECONDS = 1.0
"""Time after which a request at work leaves its place to the next one, so that slow requests do not delay others for
long. On an idle machine an answer takes 0.2 s while MAX_AT_WORK are at work."""


class Turn:
    """A request that was admitted. It counts as open until `end`, and as at work for SLOW_SECONDS at most."""

    def __init__(self, admission: "Admission", *, has_waited: bool) -> None:
        self.has_waited = has_waited
        self._admission = admission
        self._is_open = True
        self._timer: asyncio.TimerHandle | None = asyncio.get_running_loop().call_later(SLOW_SECONDS, self._leave)

    def end(self) -> None:
        """End the turn. A second call does nothing."""
        if self._is_open:
            self._is_open = False
            self._admission.open_requests -= 1
            self._leave()

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._admission.places.release()


class Admission:
    """The requests of a process that wait or are at work, `most` at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.open_requests = 0
        self.places = asyncio.Semaphore(MAX_AT_WORK)

    @property
    def is_full(self) -> bool:
        """Whether a further request is to be refused."""
        return self.open_requests >= self._most

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[Turn]:
        """Wait for a place, and run the block as one turn."""
        self.open_requests += 1
        has_waited = self.places.locked()
        try:
            await self.places.acquire()
        except BaseException:
            self.open_requests -= 1
            raise
        turn = Turn(self, has_waited=has_waited)
        try:
            yield turn
        finally:
            turn.end()
