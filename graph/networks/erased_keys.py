"""Erased keys"""

from collections.abc import Collection

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.database.erasure_ledger import refuse_another

FORGOTTEN = cypher.load("networks/list_forgotten_marks")
WRITE = cypher.load("networks/add_forgotten_marks")


async def forgotten(graph: Graph, network: str) -> set[str]:
    """The hashes of whom a network forgot. Raises ErasureLedgerUnreadable where their key is not here."""
    (row,) = await graph.run(FORGOTTEN, network=network)
    refuse_another(graph.ledger, row["which"])
    return graph.ledger.of(network) | set(row["marks"])


async def remember(graph: Graph, network: str, marks: Collection[str]) -> None:
    """Keep these hashes in the database too."""
    for some in batches(sorted(marks), 5_000):
        await graph.run(WRITE, network=network, which=graph.ledger.make(), marks=some)
