"""Rows in batches, and batches that run concurrently."""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int) -> Iterable[list[Item]]:
    """Split `items` into lists of at most `size`, in order."""
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


async def run_two_at_a_time(coroutines: Iterable[Coroutine[Any, Any, Item]]) -> list[Item]:
    """Run coroutines two at a time and return their results in order.

    While the database commits one batch, the next one is packed. The coroutines must not depend on each other's order.
    If one fails, the one beside it still finishes, no other starts, and the first error is raised.
    """
    remaining = enumerate(coroutines)
    results: dict[int, Item] = {}
    errors: list[BaseException] = []

    async def run_lane() -> None:
        while not errors and (entry := next(remaining, None)) is not None:
            try:
                results[entry[0]] = await entry[1]
            except BaseException as error:  # noqa: BLE001 - raised below, after the other lane has finished
                errors.append(error)

    await asyncio.gather(run_lane(), run_lane())
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(results))]


async def run_until(ends_at: float | None, coroutines: Sequence[Coroutine[Any, Any, Item]]) -> list[Item | None]:
    """Run coroutines concurrently and return their results in order, None for those that have not ended in time.

    `ends_at` is a time of the event loop's clock, None for no limit. The first error is raised, and ends the others.
    """
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    seconds = None if ends_at is None else max(0.0, ends_at - asyncio.get_running_loop().time())
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        return [task.result() if task.done() else None for task in tasks]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
