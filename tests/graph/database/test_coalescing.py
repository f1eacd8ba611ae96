"""Tests that concurrent requests of one kind share one fetch."""

import asyncio
from collections.abc import Sequence

import pytest

from graph.database.batching import run_until
from graph.database.coalescing import Coalescer
from graph.errors import QueryTimeout


class Squares:
    """Returns squares, and records the numbers of each call. A negative number raises ValueError."""

    def __init__(self) -> None:
        self.fetched: list[list[int]] = []

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.fetched.append(list(numbers))
        await asyncio.sleep(0)
        if any(number < 0 for number in numbers):
            raise ValueError
        return [number * number for number in numbers]


@pytest.mark.parametrize("keeps_results", [False, True])
async def test_concurrent_requests_are_fetched_together_without_duplicates(*, keeps_results: bool) -> None:
    squares = Squares()
    coalescer = Coalescer(squares, 3, keeps_results=keeps_results)

    results = await asyncio.gather(*(coalescer.get(number) for number in (1, 2, 1, 3, 4)))

    assert results == [1, 4, 1, 9, 16]
    assert squares.fetched == [[1, 2, 3], [4]]


@pytest.mark.parametrize(("keeps_results", "times"), [(False, 2), (True, 1)])
async def test_a_later_request_is_fetched_again_unless_results_are_kept(*, keeps_results: bool, times: int) -> None:
    squares = Squares()
    coalescer = Coalescer(squares, 3, keeps_results=keeps_results)

    for _ in range(2):
        results = await asyncio.gather(coalescer.get(5), coalescer.get(6))
        assert list(results) == [25, 36]

    assert squares.fetched == [[5, 6]] * times


async def test_a_request_during_a_fetch_waits_for_the_next_fetch() -> None:
    squares = Squares()
    coalescer = Coalescer(squares, 3, keeps_results=True)
    first = asyncio.create_task(coalescer.get(1))
    while not squares.fetched:  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(0)

    results = await asyncio.gather(first, coalescer.get(1), coalescer.get(2))

    assert list(results) == [1, 1, 4]
    assert squares.fetched == [[1], [2]]


async def test_every_task_of_a_failed_fetch_receives_its_error() -> None:
    coalescer = Coalescer(Squares(), 3)

    results = await asyncio.gather(coalescer.get(1), coalescer.get(-1), return_exceptions=True)

    assert [type(result) for result in results] == [ValueError, ValueError]


async def test_cancelled_fetches_end_and_no_other_begins() -> None:
    fetched: list[int] = []

    async def fetch(numbers: Sequence[int]) -> list[int]:
        fetched.extend(numbers)
        await asyncio.Event().wait()
        return []

    coalescer = Coalescer(fetch, 1)

    results = await run_until(asyncio.get_running_loop().time(), [coalescer.get(number) for number in range(5)])
    while len(fetched) < 2:  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(0)
    (task,) = coalescer._running
    coalescer.cancel()
    await asyncio.wait([task])

    assert results == [None] * 5
    assert fetched == [0, 1]


async def test_what_ended_in_time_is_returned() -> None:
    async def work(number: int) -> int:
        if number == 2:
            await asyncio.Event().wait()
        return number

    results = await run_until(asyncio.get_running_loop().time() + 0.05, [work(number) for number in range(4)])

    assert results == [0, 1, None, 3]


async def test_a_batch_that_takes_too_long_does_not_end_the_others() -> None:
    async def fetch(numbers: Sequence[int]) -> list[int]:
        if 0 in numbers:
            raise QueryTimeout("too slow")
        return list(numbers)

    coalescer = Coalescer(fetch, 1)

    results = await asyncio.gather(*(coalescer.get(number) for number in range(4)), return_exceptions=True)

    assert (type(results[0]), results[1:]) == (QueryTimeout, [1, 2, 3])
