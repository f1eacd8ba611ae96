"""Refresh"""

from datetime import date

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import again
from graph.networks.state import State, state
from graph.progress import SILENT, Progress

DAY = cypher.load("derivation/set_day")


async def refresh(
    graph: Graph,
    network: str,
    *,
    as_of: date,
    held: bool = False,
    progress: Progress = SILENT,
) -> State:
    """Move the network's day and derive every tie anew; finishes what was cut off.

    A `held` day stays until the next refresh or load: commands that would move it on by themselves leave it.
    """
    async with again(graph, network, day_only=True, progress=progress):
        await graph.run(DAY, network=network, as_of=day_of(as_of), held=held)
    return await state(graph, network)


async def keep_up(graph: Graph, network: str, *, today: date, progress: Progress = SILENT) -> State:
    """Move the network's day to today, where it is behind and nobody holds it; else as `finish`."""
    day = day_of(today)
    if not (await state(graph, network)).behind(day):
        return await finish(graph, network, progress=progress)
    async with again(graph, network, day_only=True, progress=progress) as found:
        if found.behind(day):  # still: others may have had their turn before
            await graph.run(DAY, network=network, as_of=day, held=False)
    return await state(graph, network)


async def finish(graph: Graph, network: str, *, progress: Progress = SILENT) -> State:
    """Put right what was cut off, if anything was and nobody is at it; the state after it."""
    found = await state(graph, network)
    if not found.unsettled or found.at_work:
        return found
    async with again(graph, network, progress=progress):
        pass
    return await state(graph, network)
