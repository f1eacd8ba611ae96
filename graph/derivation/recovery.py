"""Merges a staged load into its source, deletes a source, and recovers either after an interruption.

The status of a Source node says how far a write has come:
- `loading`: its rows count nowhere yet;
- `merging`: a later load of an existing source; its rows count and are being moved to that source;
- `ready`;
- `removing`: its rows count nowhere any more.

The network is `stale` from a change of its rows until its ties are derived. Each step can be repeated. Recovery deletes
what is `loading`, and completes the other steps.
"""

import cypher
from graph.database.client import Graph
from graph.networks.sources import SharingLevel, private_part_id
from graph.networks.state import NetworkState, read_state
from graph.progress import SILENT, Progress

_DELETE_SOURCE_NODE = cypher.load("derivation/delete_source_node")
_PRUNE_IDENTITIES = cypher.load("derivation/prune_identities")
_DELETE_ROWS = (
    cypher.load("derivation/delete_source_evidence"),
    cypher.load("derivation/delete_source_facts"),
)
_MERGE_ROWS = (
    cypher.load("derivation/merge_staged_facts"),
    cypher.load("derivation/merge_staged_lists"),
    cypher.load("derivation/merge_staged_evidence"),
)

MAX_ROWS = 10_000
"""Rows written in one transaction at most: a tenth of what filled a heap of 512 MB in a measurement."""


async def merge_staged_load(graph: Graph, network: str, source: str, stage: str) -> None:
    """Move a complete staged load to `source`, which is a source's id or that of a shared source's private part."""
    for query in _MERGE_ROWS:
        moved = MAX_ROWS
        while moved == MAX_ROWS:
            (row,) = await graph.run(query, network=network, source=source, stage=stage, limit=MAX_ROWS)
            moved = row["moved"]
    await delete_source_node(graph, network, stage)


async def delete_source(graph: Graph, network: str, source: str, progress: Progress = SILENT) -> None:
    """Delete a source and its private part with all their rows, and the identities that no other source names."""
    await _delete_sources(graph, network, (private_part_id(source), source), progress)


async def _delete_sources(graph: Graph, network: str, sources: tuple[str, ...], progress: Progress) -> None:
    done = 0
    for source in sources:
        for query in _DELETE_ROWS:
            removed = MAX_ROWS
            while removed == MAX_ROWS:
                (row,) = await graph.run(query, network=network, source=source, limit=MAX_ROWS)
                removed = row["removed"]
                done += removed
                progress.report("deleting", done)
    await prune_identities(graph, network)
    for source in sources:
        await delete_source_node(graph, network, source)


async def delete_source_node(graph: Graph, network: str, source: str) -> None:
    """Delete the Source node itself, whose rows are gone already."""
    await graph.run(_DELETE_SOURCE_NODE, network=network, source=source)


async def prune_identities(graph: Graph, network: str) -> None:
    """Delete the identities that no source mentions any more."""
    await graph.run(_PRUNE_IDENTITIES, network=network)


async def recover(graph: Graph, network: str, progress: Progress = SILENT) -> NetworkState:
    """Discard or complete what was interrupted, and return the state after it.

    The caller holds the write lease and derives the ties afterwards.
    """
    interrupted = await read_state(graph, network)
    shared = {source.id for source in interrupted.sources if source.sharing_level != SharingLevel.PRIVATE}
    for source in interrupted.sources:
        if source.status == "merging" and source.parent:
            target = private_part_id(source.parent) if source.parent in shared else source.parent
            await merge_staged_load(graph, network, target, source.id)
        elif source.status in ("loading", "removing"):
            await delete_source(graph, network, source.id, progress)
        elif source.private_part and source.member not in interrupted.roles:
            # a member who left leaves only what they shared
            await _delete_sources(graph, network, (source.private_part,), progress)
    return await read_state(graph, network)
