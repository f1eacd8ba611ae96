"""Tests of the turns of loads in a process."""

import asyncio

from operations.uploads.fair_queue import Turns


async def test_a_turn_alone_waits_for_those_before_it_and_holds_up_those_after_it() -> None:
    turns, begun, may_end = Turns(), list[str](), {name: asyncio.Event() for name in "abcde"}

    async def load(name: str) -> None:
        async with turns.turn(is_alone=name in "cd"):
            begun.append(name)
            await may_end[name].wait()

    async def settle() -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    loads = [asyncio.create_task(load(name)) for name in "abcde"]
    for ended, expected in (("", "ab"), ("a", "ab"), ("b", "abc"), ("c", "abcd"), ("d", "abcde")):
        for name in ended:
            may_end[name].set()
        await settle()
        assert "".join(begun) == expected
    may_end["e"].set()
    await asyncio.gather(*loads)


async def test_a_cancelled_turn_lets_others_run() -> None:
    turns = Turns()

    async def forever(*, is_alone: bool) -> None:
        async with turns.turn(is_alone=is_alone):
            await asyncio.Event().wait()

    for is_alone in (False, True):
        first = asyncio.create_task(forever(is_alone=is_alone))
        waiting = asyncio.create_task(forever(is_alone=True))
        await asyncio.sleep(0)
        for task in (waiting, first):
            task.cancel()
        await asyncio.gather(first, waiting, return_exceptions=True)
        async with asyncio.timeout(10), turns.turn(is_alone=True):
            pass
