"""Copies a whole database into a fresh one, node by node: what was deleted in the old one is nowhere in the new one."""

import cypher
from graph.database.client import Graph
from graph.progress import SILENT, Progress

NODES = cypher.load("database/read_all_nodes")
NODES_WRITE = cypher.load("database/write_nodes")
TIES = cypher.load("database/read_all_relationships")
TIES_WRITE = cypher.load("database/write_relationships")

AT_ONCE = 5_000


async def copy(old: Graph, new: Graph, progress: Progress = SILENT) -> int:
    """Copy everything from one into the other, which holds its schema and nothing else; how many rows that were.

    In memory are the ids of all nodes, and nothing else of all.
    """
    here: dict[str, str] = {}
    copied = 0
    async for rows in old.stream(NODES, AT_ONCE):
        here.update({row["was"]: row["id"] for row in await new.run(NODES_WRITE, rows=rows)})
        progress.report("copying people", len(here))
    async for rows in old.stream(TIES, AT_ONCE):
        moved = [{**row, "from": here[row["from"]], "to": here[row["to"]]} for row in rows]
        (found,) = await new.run(TIES_WRITE, rows=moved)
        copied += found["written"]
        progress.report("copying what was seen", copied)
    return len(here) + copied
