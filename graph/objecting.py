"""Who wants no route to lead through or to them, as they said by a link of their own: no member takes that back."""

from collections.abc import Collection

import cypher
from graph.answers import AmbiguousTarget, UnknownTarget
from graph.compare import mark
from graph.find import Target
from graph.session import Graph
from graph.viewer import Viewer

WRITE = cypher.load("object_write")

OBJECTED = "They asked that nobody be led to them."

Found = Target | AmbiguousTarget | UnknownTarget


def heeded(viewer: Viewer, found: Found) -> Found:
    """Who was found, but for those to whom nobody is to be led."""
    if isinstance(found, Target) and not set(viewer.objected).isdisjoint(found.ids):
        return UnknownTarget(found.person.name, why=OBJECTED)
    return found


async def keep_away(graph: Graph, network: str, keys: Collection[str], *, today: int) -> None:
    """Let no route lead through or to whoever has these identities; the same again changes nothing."""
    await graph.run(WRITE, network=network, id=mark("objected", network, *sorted(keys)), keys=sorted(keys), at=today)
