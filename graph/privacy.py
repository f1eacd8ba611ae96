"""Who answers for a network, and for how long it keeps what was seen: named before anything in it is shared.

What is older goes, but for the last day of each row, so that an answer can still say since when nothing was seen. It
goes when it is loaded and when the day moves, and always by what is left of a row: so no order of loads, and no load
that comes again, changes what is kept (graph.evidence.Evidence.lately).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import cypher
from graph.batches import batches
from graph.compare import EVIDENCE, kept, too_old
from graph.errors import UnclearSharing
from graph.load import again
from graph.network import STATEMENTS, Say, State, day_of, silent, state
from graph.session import Graph

READ = cypher.load("network_privacy")
WRITE = cypher.load("network_privacy_write")
OLD = cypher.load("evidence_old")

AT_ONCE = 2_500
LONGEST = 600
"""Months for which anything can be kept, other than as long as its source."""
UNNAMED = (
    "Before anything is shared, a network names who answers for it: its controller, their contact, the legal basis and "
    "for how long it keeps what was seen. An owner does so by `tertius privacy`."
)


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who answers for a network. `months` is how long what was seen is kept, 0 as long as its source."""

    controller: str
    contact: str
    basis: str
    months: int


async def privacy(graph: Graph, network: str) -> Privacy | None:
    """Who answers for the network; None where nobody has been named."""
    (row,) = await graph.run(READ, network=network)
    return None if row["controller"] is None else Privacy(row["controller"], row["contact"], row["basis"], row["keeps"])


async def named(graph: Graph, network: str) -> None:
    """Raise UnclearSharing where nobody is named who answers for what is shared."""
    if await privacy(graph, network) is None:
        raise UnclearSharing(UNNAMED)


async def set_privacy(
    graph: Graph,
    network: str,
    named: Privacy,
    *,
    today: date,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> None:
    """Name who answers for the network; what is older than it keeps from now on is dropped, for ever."""
    told = {"controller": named.controller, "contact": named.contact, "basis": named.basis, "keeps": named.months}
    await graph.run(WRITE, network=network, **told)
    await drop_old(graph, network, today=today, say=say, waits=waits)


async def drop_old(
    graph: Graph, network: str, *, today: date, say: Say = silent, waits: Callable[[str], None] = print
) -> State:
    """Drop what is older than the network keeps, and derive the ties it touches; the state after it."""
    since = (await state(graph, network)).keeps_from(day_of(today))
    if since is None:
        return await state(graph, network)
    touched: set[tuple[str, str]] = set()
    async with again(graph, network, touched=touched, say=say, waits=waits) as found:
        for source in found.sources:
            if source.kind != STATEMENTS and source.counts:
                halves = [source.id, kept(source.id)]
                (row,) = await graph.run(EVIDENCE, network=network, halves=halves)
                old = too_old(row["pairs"], found.model, source.id, since)
                for rows in batches(old.values(), AT_ONCE):
                    await graph.run(OLD, network=network, halves=halves, rows=rows)
                touched |= {(by, towards) for by, towards, _ in old}
    return await state(graph, network)
