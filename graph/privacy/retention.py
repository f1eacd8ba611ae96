"""Who answers for a network, and for how long it keeps what was seen: named before anything in it is shared.

What is older goes, but for the last day of each row, so that an answer can still say since when nothing was seen. It
goes when it is loaded and when the day moves, and always by what is left of a row: so no order of loads, and no load
that comes again, changes what is kept (graph.evidence.Evidence.lately).
"""

from datetime import date

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.ingest.diff import EVIDENCE, too_old
from graph.networks.controller import Privacy
from graph.networks.sources import STATEMENTS, kept
from graph.networks.state import State, state
from graph.progress import SILENT, Progress

WRITE = cypher.load("networks/set_controller")
OLD = cypher.load("privacy/trim_old_evidence")

AT_ONCE = 2_500


async def set_privacy(
    graph: Graph,
    network: str,
    named: Privacy,
    *,
    today: date,
    progress: Progress = SILENT,
) -> None:
    """Name who answers for the network; what is older than it keeps from now on is dropped, for ever."""
    told = {"controller": named.controller, "contact": named.contact, "basis": named.basis, "keeps": named.months}
    await graph.run(WRITE, network=network, **told)
    await drop_old(graph, network, today=today, progress=progress)


async def drop_old(graph: Graph, network: str, *, today: date, progress: Progress = SILENT) -> State:
    """Drop what is older than the network keeps, and derive the ties it touches; the state after it."""
    since = (await state(graph, network)).keeps_from(day_of(today))
    if since is None:
        return await state(graph, network)
    touched: set[tuple[str, str]] = set()
    async with rederive_after(graph, network, changed_pairs=touched, progress=progress) as found:
        for source in found.sources:
            if source.kind != STATEMENTS and source.counts:
                halves = [source.id, kept(source.id)]
                (row,) = await graph.run(EVIDENCE, network=network, halves=halves)
                old = too_old(row["pairs"], found.model, source.id, since)
                for rows in batches(old.values(), AT_ONCE):
                    await graph.run(OLD, network=network, halves=halves, rows=rows)
                touched |= {(by, towards) for by, towards, _ in old}
    return await state(graph, network)
