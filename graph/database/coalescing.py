"""Coalescing of concurrent requests of one kind into one query."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

from graph.database.batching import batches, run_two_at_a_time
from graph.errors import QueryTimeout

Request = TypeVar("Request", bound=Hashable)
Result = TypeVar("Result")


class Coalescer(Generic[Request, Result]):
    """Collects what all tasks request before any of them continues, and fetches each request once.

    A query written for one request is then as fast for thousands of tasks and returns the same.
    """

    def __init__(
        self,
        fetch: Callable[[Sequence[Request]], Awaitable[Sequence[Result]]],
        max_batch: int,
        *,
        keeps_results: bool = False,
    ) -> None:
        """`fetch` returns the results of at most `max_batch` requests, in their order.

        With `keeps_results` a request is fetched once in the lifetime of this object, also if it fails.
        """
        self._fetch = fetch
        self._max_batch = max_batch
        self._keeps_results = keeps_results
        self._futures: dict[Request, asyncio.Future[Result]] = {}
        self._pending: list[Request] = []
        self._running: set[asyncio.Task[list[None]]] = set()

    async def get(self, request: Request) -> Result:
        """The result of one request."""
        if request not in self._futures:
            if not self._pending:
                asyncio.get_running_loop().call_soon(self._start)
            self._pending.append(request)
            self._futures[request] = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._futures[request])

    def cancel(self) -> None:
        """Stop the fetches that run. The tasks that wait for them are cancelled."""
        for task in self._running:
            task.cancel()

    def _start(self) -> None:
        futures = {request: self._futures[request] for request in self._pending}
        self._pending = []
        if not self._keeps_results:
            self._futures = {}
        task = asyncio.create_task(
            run_two_at_a_time(self._run_batch(batch) for batch in batches(futures.items(), self._max_batch))
        )
        self._running.add(task)
        task.add_done_callback(lambda done: self._finish(done, futures))

    async def _run_batch(self, batch: list[tuple[Request, "asyncio.Future[Result]"]]) -> None:
        try:
            results = await self._fetch([request for request, _ in batch])
        except QueryTimeout as error:  # of this batch only: the others may take less time
            for _, future in batch:
                future.set_exception(error)
                future.exception()  # mark it as retrieved, because possibly no task waits for it
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)

    def _finish(self, done: "asyncio.Task[list[None]]", futures: dict[Request, "asyncio.Future[Result]"]) -> None:
        """Pass an error on to all tasks that still wait."""
        self._running.discard(done)
        error = None if done.cancelled() else done.exception()
        for future in futures.values():
            if future.done():
                continue
            if error is None:
                future.cancel()
            else:
                future.set_exception(error)
                future.exception()  # mark it as retrieved, because possibly no task waits for it
