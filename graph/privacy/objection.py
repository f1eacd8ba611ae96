"""Objections (GDPR Art. 21): a person who proved an address excludes themselves from routes. No member can undo it."""

import cypher
from graph.database.client import Graph
from graph.derivation.rederive import rederive_after
from graph.ids import stable_id

_RECORD_OBJECTION = cypher.load("privacy/record_objection")


async def record_objection(graph: Graph, network: str, key: str, *, today: int) -> None:
    """Let no route lead through or to this identity. Repeating it changes nothing. Raises NetworkBusy.

    It deletes introduction requests that would still lead through or to the identity.
    From then on the identity is a person of its own. What a row states beside it was not proved and is not excluded.
    """
    changed: set[tuple[str, str]] = set()
    async with rederive_after(graph, network, changed_pairs=changed):
        id = stable_id("objected", network, key)
        (row,) = await graph.run(_RECORD_OBJECTION, network=network, id=id, keys=[key], day=today)
        if row["is_new"]:
            changed.add((key, key))
