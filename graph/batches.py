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


async def side_by_side(steps: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Take these steps two at a time: one is packed while the database commits the other.

    They must be steps that may come in any order. When one fails, the one beside it still ends, and no other begins.
    """
    for pair in batches(steps, 2):
        for outcome in await asyncio.gather(*pair, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
