"""Who wants no route to lead through or to them, as they said by a link of their own: no member takes that back."""

from collections.abc import Collection

import cypher
from graph.database.client import Graph
from graph.ids import stable_id

WRITE = cypher.load("privacy/record_objection")


async def keep_away(graph: Graph, network: str, keys: Collection[str], *, today: int) -> None:
    """Let no route lead through or to whoever has these identities; the same again changes nothing."""
    await graph.run(
        WRITE, network=network, id=stable_id("objected", network, *sorted(keys)), keys=sorted(keys), at=today
    )
