"""Objections (GDPR Art. 21): a person who proved an address excludes themselves from routes. No member can undo it."""

from collections.abc import Collection

import cypher
from graph.database.client import Graph
from graph.ids import stable_id

_RECORD_OBJECTION = cypher.load("privacy/record_objection")


async def record_objection(graph: Graph, network: str, keys: Collection[str], *, today: int) -> None:
    """Let no route lead through or to the person with these identities. Repeating it changes nothing."""
    id = stable_id("objected", network, *sorted(keys))
    await graph.run(_RECORD_OBJECTION, network=network, id=id, keys=sorted(keys), day=today)
