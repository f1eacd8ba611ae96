"""Measures durations and summarises them."""

import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: named values in one unit."""

    what: str
    unit: str
    values: dict[str, float]


async def timed(call: Callable[[T], Awaitable[object]], items: Iterable[T]) -> list[float]:
    """Call the function for each item in turn and return the durations in milliseconds."""
    durations = []
    for item in items:
        start = time.perf_counter()
        await call(item)
        durations.append((time.perf_counter() - start) * 1000)
    return durations


def spread(what: str, durations: list[float], return_1: float) -> Figure:
    """The percentiles of these milliseconds, and the median as a multiple of `RETURN 1`."""
    ordered = sorted(durations)
    ranks = {name: ordered[min(len(ordered) - 1, int(len(ordered) * part))] for name, part in PARTS.items()}
    return Figure(what, "ms", {**ranks, "of RETURN 1": ranks["p50"] / return_1, "asked": len(ordered)})


PARTS = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
