"""Random choices that are the same on every Python.

Python guarantees stable results only for `random()` of a seeded generator, not for `choice` and `shuffle`.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

_Item = TypeVar("_Item")


class Dice:
    """A seeded generator with the choices that the sample needs."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 no secret

    def happens(self, probability: float) -> bool:
        return self._random.random() < probability

    def between(self, least: int, most: int) -> int:
        """Return an integer; both bounds are included."""
        return least + int(self._random.random() * (most - least + 1))

    def pick(self, some: Sequence[_Item]) -> _Item:
        return some[self.between(0, len(some) - 1)]

    def some(self, of: Sequence[_Item], count: int) -> list[_Item]:
        """Return `count` different items in random order."""
        left = list(of)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(count)]

    def moment(self, day: date) -> datetime:
        """Return a time in the office hours of that day, in UTC. A weekend day becomes the Friday before."""
        workday = day - timedelta(days=max(day.weekday() - 4, 0))
        at = time(self.between(7, 16), self.between(0, 59), self.between(0, 59))
        return datetime.combine(workday, at, UTC)
