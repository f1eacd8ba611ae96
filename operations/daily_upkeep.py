"""Upkeep of a running service: advance each network to today, complete erasures, drop expired evidence and requests.

A service runs for days. A command re-applies erasures when it starts, and some commands advance a small network.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import date

from graph.database.client import Graph
from graph.database.gc_tuning import MemoryReturn
from graph.derivation.refresh import advance_day
from graph.errors import TertiusError
from graph.networks.registry import list_networks as all_networks
from graph.privacy.erasure import reapply_erasures
from graph.privacy.erasure_requests import complete_due_erasures
from graph.privacy.retention import delete_expired_evidence
from graph.requests.expiry import delete_old_requests, expire_due_requests
from graph.requests.states import DEFAULT_RULES, RequestRules
from graph.requests.suggestions import note_suggestions_of_all
from operations.background_task import background_task
from operations.mailer import Mailer
from operations.requests.digest import send_due_digests

log = logging.getLogger("tertius.api")

POLL_SECONDS = 60.0
"""Pause between two checks of the clock. A timer set for midnight would be late on a laptop that slept."""


@asynccontextmanager
async def daily_upkeep(
    graph: Graph,
    networks: Iterable[str] | None,
    today: Callable[[], date],
    *,
    poll_seconds: float = POLL_SECONDS,
    request_rules: RequestRules = DEFAULT_RULES,
    mailer: Mailer | None = None,
    memory: MemoryReturn | None = None,
) -> AsyncIterator[None]:
    """Keep these networks at today's date in the block, and finish interrupted work in them. None: all networks.

    Erasures are re-applied once to each network, because the database may have been restored from an older backup.
    Requested erasures are completed when their days are over. Introduction requests expire, parties are reminded and
    informed of suggested outcomes, and `mailer` sends digests. Expired evidence and old requests are dropped once a
    day. If the process has grown, its free memory is returned to the system.
    """
    names = None if networks is None else list(networks)
    async with background_task(
        _run(graph, names, today, poll_seconds, request_rules, mailer, memory or MemoryReturn())
    ):
        yield


async def _run(
    graph: Graph,
    names: list[str] | None,
    today: Callable[[], date],
    poll_seconds: float,
    request_rules: RequestRules,
    mailer: Mailer | None,
    memory: MemoryReturn,
) -> None:
    done: dict[str, date] = {}
    suggested: dict[str, int] = {}
    while True:
        networks = names or []
        if names is None:
            with suppress(TertiusError):  # the database is unavailable: as below
                networks = await all_networks(graph)
        for network in networks:
            day = today()
            try:
                if network not in done:
                    await reapply_erasures(graph, network)
                await expire_due_requests(graph, network, request_rules)
                suggested[network] = await note_suggestions_of_all(graph, network, suggested.get(network))
                if mailer:
                    await send_due_digests(graph, network, mailer)
                await advance_day(graph, network, today=day)
                await complete_due_erasures(graph, network)
                if done.get(network) != day:
                    await delete_expired_evidence(graph, network, today=day)
                    await delete_old_requests(graph, network)
                    done[network] = day
            except TertiusError:
                pass  # the network is busy or the database unavailable: the next round tries again
            except Exception as error:  # noqa: BLE001 - no error may stop the upkeep of the other networks
                log.error("upkeep of network %s failed: %s", network, type(error).__name__)  # noqa: TRY400
        memory.return_after_growth()
        await asyncio.sleep(poll_seconds)
