"""Copies a whole database into a new one, node by node, so that deleted data is nowhere in the new one's files."""

import cypher
from graph.database.client import Graph
from graph.progress import SILENT, Progress

_READ_ALL_NODES = cypher.load("database/read_all_nodes")
_WRITE_NODES = cypher.load("database/write_nodes")
_READ_ALL_RELATIONSHIPS = cypher.load("database/read_all_relationships")
_WRITE_RELATIONSHIPS = cypher.load("database/write_relationships")

_BATCH_SIZE = 5_000


async def copy_store(old: Graph, new: Graph, progress: Progress = SILENT) -> int:
    """Copy everything from `old` into `new`, which contains its schema only. Returns the number of copied rows.

    Memory holds the ids of all nodes and otherwise one batch.
    """
    new_ids: dict[str, str] = {}
    relationships = 0
    async for rows in old.stream(_READ_ALL_NODES, _BATCH_SIZE):
        written = await new.run(_WRITE_NODES, rows=rows)
        new_ids.update({row["old_id"]: row["id"] for row in written})
        progress.report("copying people", len(new_ids))
    async for rows in old.stream(_READ_ALL_RELATIONSHIPS, _BATCH_SIZE):
        mapped = [{**row, "from": new_ids[row["from"]], "to": new_ids[row["to"]]} for row in rows]
        (row,) = await new.run(_WRITE_RELATIONSHIPS, rows=mapped)
        relationships += row["written"]
        progress.report("copying evidence and ties", relationships)
    return len(new_ids) + relationships
