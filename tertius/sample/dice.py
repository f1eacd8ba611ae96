"""Chance that falls the same way on every Python.

Only `random()` of a seeded generator is promised never to change; `choice` and `shuffle` are not.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded generator and the few throws that the story needs."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311  a story, not a secret

    def happens(self, odds: float) -> bool:
        return self._random.random() < odds

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def pick(self, some: Sequence[T]) -> T:
        return some[self.between(0, len(some) - 1)]

    def some(self, of: Sequence[T], count: int) -> list[T]:
        """`count` different ones, in no order."""
        left = list(of)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(count)]

    def moment(self, day: date) -> datetime:
        """A moment of that day's office hours, in UTC. A weekend moves to the Friday before."""
        workday = day - timedelta(days=max(day.weekday() - 4, 0))
        at = time(self.between(7, 16), self.between(0, 59), self.between(0, 59))
        return datetime.combine(workday, at, UTC)
