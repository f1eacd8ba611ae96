"""Lists the identities of people as the viewer may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cypher
from graph.database.client import Graph
from graph.ids import stable_id
from graph.viewer import Viewer

LIST_VISIBLE_IDENTITIES = cypher.load("lookup/list_visible_identities")


@dataclass(frozen=True, slots=True)
class VisibleIdentity:
    """An identity in view. `id` is opaque.

    `because` says why it belongs to its person; empty if no other identity of the person is in view. `own`: a source
    states that it is the identity of its owner.
    """

    id: str
    key: str
    because: str = ""
    own: bool = False

    @property
    def kind(self) -> str:
        """The kind of the identity: the part of the key before the colon, such as `email` or `name`."""
        return self.key.partition(":")[0]

    @property
    def text(self) -> str:
        """The identity as people write it."""
        text = self.key.partition(":")[2]
        return text.partition("/")[2] if self.kind == "name" else text


async def list_identities(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, list[VisibleIdentity]]:
    """The identities of these people in the sources in view, by the id of the person."""
    asked = list(dict.fromkeys(ids))
    found: dict[str, list[VisibleIdentity]] = {id: [] for id in asked}
    for row in await graph.run(LIST_VISIBLE_IDENTITIES, network=viewer.network, ids=asked, sources=viewer.sources):
        found[row["id"]].append(_identified(viewer, row["key"], row["reason"], own=row["own"]))
    # the reason for a merge would reveal that the person has identities outside the view
    return {id: ones if len(ones) > 1 else [replace(one, because="") for one in ones] for id, ones in found.items()}


def _identified(viewer: Viewer, key: str, because: str = "", *, own: bool = False) -> VisibleIdentity:
    return VisibleIdentity(stable_id("identity", viewer.network, key), key, because, own)
