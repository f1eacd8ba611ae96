"""Keyed hashes of the identities that a network erased, in the ledger and in the database."""

from collections.abc import Collection

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.database.erasure_ledger import require_ledger_key

_LIST_ERASED_HASHES = cypher.load("networks/list_erased_hashes")
_ADD_ERASED_HASHES = cypher.load("networks/add_erased_hashes")


async def stored_erased_hashes(graph: Graph, network: str) -> tuple[str | None, set[str]]:
    """The id of the hash secret, or None if nothing was erased, and the hashes that the database itself stores."""
    (row,) = await graph.run(_LIST_ERASED_HASHES, network=network)
    return row["key_id"], set(row["hashes"])


async def erased_hashes(graph: Graph, network: str) -> set[str]:
    """All hashes of identities the network erased. Raises ErasureLedgerUnreadable if their key is missing here."""
    key_id, stored = await stored_erased_hashes(graph, network)
    require_ledger_key(graph.ledger, key_id)
    return graph.ledger.hashes(network) | stored


async def store_erased_hashes(graph: Graph, network: str, hashes: Collection[str]) -> None:
    """Store these hashes in the database as well."""
    for batch in batches(sorted(hashes), 5_000):
        await graph.run(_ADD_ERASED_HASHES, network=network, key_id=graph.ledger.create_key(), hashes=batch)
