"""Rows in batches, and batches beside each other."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

Row = TypeVar("Row")


def batches(rows: Iterable[Row], size: int) -> Iterable[list[Row]]:
    """Lists of at most `size`, in order."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


async def side_by_side(steps: Iterable[Coroutine[Any, Any, Row]]) -> list[Row]:
    """Take these steps two at a time: one is packed while the database commits the other. What each gives, in order.

    They must be steps that may come in any order. When one fails, the one beside it still ends, and no other begins.
    """
    waiting = enumerate(steps)
    given: dict[int, Row] = {}
    failed: list[BaseException] = []

    async def lane() -> None:
        while not failed and (step := next(waiting, None)) is not None:
            try:
                given[step[0]] = await step[1]
            except BaseException as error:  # noqa: BLE001 - raised below, once the other lane has ended
                failed.append(error)

    await asyncio.gather(lane(), lane())
    if failed:
        raise failed[0]
    return [given[number] for number in range(len(given))]
