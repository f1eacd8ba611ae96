"""Taking a load onto its source, taking a source away, and putting right what was cut off in between.

A source's node says how far it has come: `loading` (counts nowhere), `folding` (a later load of a source that is there
already: counts, and is being moved onto it), `ready`, `removing` (counts nowhere any more). The network is `stale` from
the moment that what counts changes until its ties are derived. Each step can be repeated, so whatever a kill leaves
behind is thrown away (`loading`) or finished (the others).
"""

import cypher
from graph.database.client import Graph
from graph.networks.sources import PRIVATE, kept
from graph.networks.state import State, state
from graph.progress import SILENT, Progress

DROP = cypher.load("derivation/delete_source_node")
PRUNE = cypher.load("derivation/prune_identities")
EMPTY = (cypher.load("derivation/empty_source_evidence"), cypher.load("derivation/empty_source_facts"))
FOLD = (
    cypher.load("derivation/fold_staged_facts"),
    cypher.load("derivation/fold_staged_lists"),
    cypher.load("derivation/fold_staged_evidence"),
)

BATCH = 10_000
"""Rows written in one transaction at most: a tenth of what was measured to fill a 512 MB heap (design.md §3)."""


async def fold(graph: Graph, network: str, source: str, stage: str) -> None:
    """Move a completed load from where it was staged onto its source, or onto what is kept of a shared one."""
    for query in FOLD:
        moved = BATCH
        while moved == BATCH:
            (row,) = await graph.run(query, network=network, source=source, stage=stage, limit=BATCH)
            moved = row["moved"]
    await graph.run(DROP, network=network, source=stage)


async def empty(graph: Graph, network: str, source: str, progress: Progress = SILENT) -> None:
    """Take away everything a source says, the identities only it spoke of, and the source, both halves of it."""
    await _empty(graph, network, (kept(source), source), progress)


async def _empty(graph: Graph, network: str, halves: tuple[str, ...], progress: Progress) -> None:
    done = 0
    for half in halves:
        for query in EMPTY:
            removed = BATCH
            while removed == BATCH:
                (row,) = await graph.run(query, network=network, source=half, limit=BATCH)
                removed = row["removed"]
                done += removed
                progress.report("taking away", done)
    await graph.run(PRUNE, network=network)
    for half in halves:
        await graph.run(DROP, network=network, source=half)


async def put_right(graph: Graph, network: str, progress: Progress = SILENT) -> State:
    """Throw away or finish what was cut off; deriving is left to the caller, who holds the lease."""
    found = await state(graph, network)
    shared = {source.id for source in found.sources if source.sharing != PRIVATE}
    for source in found.sources:
        if source.status == "folding" and source.of:
            await fold(graph, network, kept(source.of) if source.of in shared else source.of, source.id)
        elif source.status in ("loading", "removing"):
            await empty(graph, network, source.id, progress)
        elif source.kept and source.member not in found.roles:
            # a member who left leaves only what they shared
            await _empty(graph, network, (source.kept,), progress)
    return await state(graph, network)
