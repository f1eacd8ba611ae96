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
    """An identity in view. `id` is opaque; `because` says why it is counted to its person, empty where it is alone."""

    id: str
    key: str
    because: str = ""
    own: bool = False

    @property
    def kind(self) -> str:
        """What it is: an address, a profile, a name."""
        return self.key.partition(":")[0]

    @property
    def text(self) -> str:
        """As people write it."""
        text = self.key.partition(":")[2]
        return text.partition("/")[2] if self.kind == "name" else text


async def list_identities(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, list[VisibleIdentity]]:
    """Under which identities the sources in view name these people, by the people's ids."""
    asked = list(dict.fromkeys(ids))
    found: dict[str, list[VisibleIdentity]] = {id: [] for id in asked}
    for row in await graph.run(LIST_VISIBLE_IDENTITIES, network=viewer.network, ids=asked, sources=viewer.sources):
        found[row["id"]].append(_identified(viewer, row["key"], row["reason"], own=row["own"]))
    # one that is alone in view was not joined with anything, as far as the viewer may know
    return {id: ones if len(ones) > 1 else [replace(one, because="") for one in ones] for id, ones in found.items()}


def _identified(viewer: Viewer, key: str, because: str = "", *, own: bool = False) -> VisibleIdentity:
    return VisibleIdentity(stable_id("identity", viewer.network, key), key, because, own)
