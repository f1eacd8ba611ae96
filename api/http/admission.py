"""Admits requests: few are at work at once, the others wait in turns of their clients, and too many are refused."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

MAX_AT_WORK = 8
"""Requests of a process that are at work at once. A few keep all cores busy. More would share the same time, and
would compete for database connections, which the driver does not hand out in the order of the requests."""
SLOW_SECONDS = 1.0
"""Time after which a request at work leaves its place to the next one, so that slow requests do not delay others for
long. On an idle machine an answer takes 0.2 s while MAX_AT_WORK are at work."""


@dataclass(frozen=True, slots=True)
class Requester:
    """Who sent a request, as far as that is known before authentication.

    An address has one turn, because a client can invent credentials. The credentials of an address share its turns,
    because members may have the same one, such as that of a proxy.
    """

    address: str
    credentials: bytes


class _FairQueue:
    """Futures that wait, in turns of their clients and in the order of the entries of each client.

    So a client with many entries does not delay the others.
    """

    def __init__(self) -> None:
        self._addresses: dict[str, dict[bytes, deque[asyncio.Future[None]]]] = {}

    def add(self, requester: Requester) -> asyncio.Future[None]:
        """Add an entry of a client. A future that is cancelled is skipped."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._addresses.setdefault(requester.address, {}).setdefault(requester.credentials, deque()).append(future)
        return future

    def resolve_next(self) -> bool:
        """Resolve the future of the next client whose entry still waits. Return whether there was one."""
        while self._addresses:
            address = next(iter(self._addresses))
            by_credentials = self._addresses.pop(address)
            credentials = next(iter(by_credentials))
            entries = by_credentials.pop(credentials)
            while entries and entries[0].done():
                entries.popleft()
            future = entries.popleft() if entries else None
            # at the end of the order, after all others
            if entries:
                by_credentials[credentials] = entries
            if by_credentials:
                self._addresses[address] = by_credentials
            if future is not None:
                future.set_result(None)
                return True
        return False


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
            self._admission.give_place()


class Admission:
    """The requests of a process that wait or are at work, `most` at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.open_requests = 0
        self._free_places = MAX_AT_WORK
        self._waiting = _FairQueue()

    @property
    def is_full(self) -> bool:
        """Whether a further request is to be refused."""
        return self.open_requests >= self._most

    @asynccontextmanager
    async def admit(self, requester: Requester) -> AsyncIterator[Turn]:
        """Wait for a place, and run the block as one turn."""
        self.open_requests += 1
        has_waited = not self._free_places
        try:
            await self._take_place(requester)
        except BaseException:
            self.open_requests -= 1
            raise
        turn = Turn(self, has_waited=has_waited)
        try:
            yield turn
        finally:
            turn.end()

    async def _take_place(self, requester: Requester) -> None:
        if self._free_places:
            self._free_places -= 1
            return
        place = self._waiting.add(requester)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # the place was given before the request was cancelled
                self.give_place()
            raise

    def give_place(self) -> None:
        """Give a place to the next request that waits."""
        if not self._waiting.resolve_next():
            self._free_places += 1
