"""A queue in which networks take turns, so that the loads of one do not hold up those of the others."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_Job = TypeVar("_Job")


@dataclass(slots=True)
class FairQueue(Generic[_Job]):
    """Jobs that wait, by network. The jobs of a network run in their order, one at a time."""

    _waiting: dict[str, deque[tuple[_Job, bool]]] = field(default_factory=dict)
    """The network whose turn is next is the first."""
    _running: set[str] = field(default_factory=set)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, network: str, job: _Job, *, is_small: bool) -> None:
        """Queue a job behind the other jobs of its network."""
        self._waiting.setdefault(network, deque()).append((job, is_small))
        self._changed.set()

    async def get(self, *, only_small: bool) -> tuple[str, _Job]:
        """Wait for a job of a network that has no running job, and return both. Call `done` when it has ended."""
        while (chosen := self._next(only_small=only_small)) is None:
            self._changed.clear()
            await self._changed.wait()
        return chosen

    def done(self, network: str) -> None:
        """Let the next job of the network run."""
        self._running.discard(network)
        self._changed.set()

    def _next(self, *, only_small: bool) -> tuple[str, _Job] | None:
        for network, jobs in self._waiting.items():
            job, is_small = jobs[0]
            if network in self._running or (only_small and not is_small):
                continue
            jobs.popleft()
            del self._waiting[network]
            if jobs:
                self._waiting[network] = jobs  # its next turn comes after those of the others
            self._running.add(network)
            return network, job
        return None


@dataclass(slots=True)
class Turns:
    """Lets loads run at the same time, or one of them alone."""

    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by a load that runs alone, and by others while they start, so that each starts in its order."""
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _running: int = 0

    @asynccontextmanager
    async def turn(self, *, is_alone: bool) -> AsyncIterator[None]:
        """Wait until the block may run. With `is_alone` no other block runs meanwhile."""
        async with self._starting:
            if is_alone:
                if self._running:
                    self._idle.clear()
                    await self._idle.wait()
                yield
                return
            self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()
