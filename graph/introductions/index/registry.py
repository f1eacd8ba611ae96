"""The route indexes of this process, and which of them may answer."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from graph.viewer import Viewer

IndexedRoute = tuple[tuple[str, ...], float, str]
"""Ids from the first introducer to the one who knows the target, the score, and the target."""


class TooManyTies(Exception):
    """A search in memory would block the event loop for too long. Neo4j should search."""


class _Index(Protocol):
    """graph.introductions.index.route_index.RouteIndex. Commands load this module, so it must not load NumPy."""

    @property
    def network(self) -> str: ...

    @property
    def ties_id(self) -> str: ...

    @property
    def tie_count(self) -> int: ...

    @property
    def nbytes(self) -> int: ...

    def search(
        self,
        *,
        asker: str,
        targets: Collection[str],
        never: Collection[str],
        audiences: Sequence[str],
        colleagues: Collection[str],
        limit: int,
        max_introducers: int,
    ) -> list[IndexedRoute]: ...

    def search_list(
        self,
        *,
        asker: str,
        targets: Iterable[Collection[str]],
        never: Collection[str],
        audiences: Sequence[str],
        colleagues: Collection[str],
        max_introducers: int,
    ) -> Iterator[IndexedRoute | None]: ...


class RouteIndexes:
    """The latest index of each network, in the order of their last use.

    An index answers only a viewer whose state has the same `ties_id`. The id is random, and each transaction that
    changes ties or people replaces it. So an index with that id contains what Neo4j contained when the viewer's state
    was read, also after a restored backup.

    `outdated` are the networks for which a viewer found no current index.
    """

    def __init__(self) -> None:
        self._indexes: OrderedDict[str, _Index] = OrderedDict()
        self.outdated: set[str] = set()

    def find(self, viewer: Viewer) -> _Index | None:
        """Return the index of the ties that the viewer's state was read with; None if there is none."""
        if viewer.ties_id is None:
            return None
        index = self._indexes.get(viewer.network)
        if index is None or index.ties_id != viewer.ties_id:
            self.outdated.add(viewer.network)
            return None
        self._indexes.move_to_end(viewer.network)
        return index

    def keep(self, index: _Index, max_bytes: int) -> None:
        """Replace the index of its network. Those not used for longest are dropped while all exceed `max_bytes`."""
        self._indexes[index.network] = index
        self._indexes.move_to_end(index.network)
        while self.nbytes > max_bytes:
            self._indexes.popitem(last=False)

    def clear(self) -> None:
        """Drop all indexes."""
        self._indexes.clear()
        self.outdated.clear()

    @property
    def nbytes(self) -> int:
        """The size of all indexes."""
        return sum(index.nbytes for index in self._indexes.values())

    @property
    def tie_count(self) -> int:
        """The number of ties in all indexes."""
        return sum(index.tie_count for index in self._indexes.values())


ROUTE_INDEXES = RouteIndexes()
"""The indexes of this process. operations/questions/route_indexing.py keeps those of a service current."""
