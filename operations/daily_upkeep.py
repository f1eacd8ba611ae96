"""The day moves while the service serves: what a command does when it starts, a service does after every midnight."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import date

from graph.database.client import Graph
from graph.derivation.refresh import advance_day
from graph.errors import TertiusError
from graph.networks.registry import networks as all_networks
from graph.privacy.erasure import reapply
from graph.privacy.retention import drop_old

log = logging.getLogger("tertius.api")

LOOK = 60.0
"""Seconds between two looks at the clock: an alarm set for midnight would be slept through with the laptop."""


@asynccontextmanager
async def kept_up(
    graph: Graph, networks: Iterable[str] | None, today: Callable[[], date], *, look: float = LOOK
) -> AsyncIterator[None]:
    """Keep these networks at today's day, and put right what was cut off in them, until the end of the block.

    Once in each, whom it forgot is forgotten again, where the database was restored from before that; and once a day
    what is older than it keeps is dropped.

    None: all that there are, at each look.
    """
    keeper = asyncio.create_task(_keep(graph, None if networks is None else list(networks), today, look))
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper


async def _keep(graph: Graph, networks: list[str] | None, today: Callable[[], date], look: float) -> None:
    met: dict[str, date] = {}
    while True:
        there = networks or []
        if networks is None:
            with suppress(TertiusError):  # away: as below
                there = await all_networks(graph)
        for network in there:
            day = today()
            try:
                if network not in met:
                    await reapply(graph, network)
                await advance_day(graph, network, today=day)
                if met.get(network) != day:
                    await drop_old(graph, network, today=day)
                    met[network] = day
            except TertiusError:
                pass  # busy or away: the next look tries again
            except Exception as error:  # noqa: BLE001 - whatever it is, answers go on, and so do the other networks
                log.error("the day of network %s: %s", network, type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(look)
