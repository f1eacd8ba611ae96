"""Refresh"""

from collections.abc import Callable
from datetime import date

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import again
from graph.networks.state import State, state
from graph.progress import Say, silent

DAY = cypher.load("derivation/set_day")


async def refresh(
    graph: Graph,
    network: str,
    *,
    as_of: date,
    held: bool = False,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> State:
    """Move the network's day and derive every tie anew; finishes what was cut off.

    A `held` day stays until the next refresh or load: commands that would move it on by themselves leave it.
    """
    async with again(graph, network, day_only=True, say=say, waits=waits):
        await graph.run(DAY, network=network, as_of=day_of(as_of), held=held)
    return await state(graph, network)


async def keep_up(
    graph: Graph, network: str, *, today: date, say: Say = silent, waits: Callable[[str], None] = print
) -> State:
    """Move the network's day to today, where it is behind and nobody holds it; else as `finish`."""
    day = day_of(today)
    if not (await state(graph, network)).behind(day):
        return await finish(graph, network, say=say, waits=waits)
    async with again(graph, network, day_only=True, say=say, waits=waits) as found:
        if found.behind(day):  # still: others may have had their turn before
            await graph.run(DAY, network=network, as_of=day, held=False)
    return await state(graph, network)


async def finish(graph: Graph, network: str, *, say: Say = silent, waits: Callable[[str], None] = print) -> State:
    """Put right what was cut off, if anything was and nobody is at it; the state after it."""
    found = await state(graph, network)
    if not found.unsettled or found.at_work:
        return found
    async with again(graph, network, say=say, waits=waits):
        pass
    return await state(graph, network)
