"""Questions of one kind that are asked at the same moment, put to the database as one."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

from graph.database.batching import batches, side_by_side

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")


class Together(Generic[Q, A]):
    """Gathers what all tasks ask before any of them goes on, and asks each thing once, `most` of them at a time.

    So what is written for one question is as quick for thousands of tasks, and answers the same.
    """

    def __init__(self, answer: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], most: int) -> None:
        self._answer = answer
        self._most = most
        self._waiting: dict[Q, asyncio.Future[A]] = {}
        self._asking: set[asyncio.Task[list[None]]] = set()

    async def ask(self, question: Q) -> A:
        """The answer to one."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._go)
        if question not in self._waiting:
            self._waiting[question] = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._waiting[question])

    def _go(self) -> None:
        asked, self._waiting = self._waiting, {}
        task = asyncio.create_task(side_by_side(self._some(some) for some in batches(asked.items(), self._most)))
        self._asking.add(task)
        task.add_done_callback(lambda done: self._end(done, asked))

    async def _some(self, asked: list[tuple[Q, "asyncio.Future[A]"]]) -> None:
        answers = await self._answer([question for question, _ in asked])
        for (_, future), answer in zip(asked, answers, strict=True):
            future.set_result(answer)

    def _end(self, done: "asyncio.Task[list[None]]", asked: dict[Q, "asyncio.Future[A]"]) -> None:
        """What went wrong is told to all who still wait."""
        self._asking.discard(done)
        error = None if done.cancelled() else done.exception()
        for future in asked.values():
            if future.done():
                continue
            if error is None:
                future.cancel()
            else:
                future.set_exception(error)
                future.exception()  # told to who waits; nobody may
