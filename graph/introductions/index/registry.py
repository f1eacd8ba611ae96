"""The route indexes of this process, and which of them may answer."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from time import monotonic
from typing import Protocol

from graph.viewer import Viewer

IndexedRoute = tuple[tuple[str, ...], float, str]
"""Ids from the first introducer to the one who knows the target, the score, and the target."""

TiesOfPerson = tuple[str, list[tuple[str, float]], list[tuple[str, float]]]
"""A row of insights/list_ties_of_introducers: the person, whom they know, and who knows them."""

IDLE_SECONDS = 600.0
"""Seconds without a request after which a network counts as not in use."""


class TooManyTies(Exception):
    """A search in memory would block the event loop for too long. Neo4j should search."""


class _StartedSearch(Protocol):
    """graph.introductions.index.route_index.StartedSearch."""

    @property
    def is_long(self) -> bool: ...

    def finish(self) -> list[IndexedRoute]: ...


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

    def is_known_by(self, id: str, others: Collection[str], audiences: Sequence[str]) -> bool: ...

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
    ) -> _StartedSearch: ...

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

    def count_dominated(
        self,
        *,
        asker: str,
        routes: Sequence[Sequence[str]],
        never: Collection[str],
        audiences: Sequence[str],
        colleagues: Collection[str],
    ) -> list[int]: ...

    def ties_of(self, ids: Collection[str], audiences: Sequence[str]) -> list[TiesOfPerson]: ...


class RouteIndexes:
    """The latest index of each network.

    An index answers only a viewer whose state has the same `ties_id`. The id is random, and each transaction that
    changes ties or people replaces it. So an index with that id contains what Neo4j contained when the viewer's state
    was read, also after a restored backup.

    `outdated` are the networks for which a request had no current index. `clock` returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._indexes: dict[str, _Index] = {}
        self._used: dict[str, float] = {}
        self.outdated: set[str] = set()

    def find(self, viewer: Viewer) -> _Index | None:
        """Return the index of the ties that the viewer's state was read with; None if there is none."""
        if viewer.ties_id is None:
            return None
        self._used[viewer.network] = self._clock()
        index = self._indexes.get(viewer.network)
        if index is None or index.ties_id != viewer.ties_id:
            self.outdated.add(viewer.network)
            return None
        return index

    def present(self, network: str) -> _Index | None:
        """Return the index of a network, which may be outdated."""
        return self._indexes.get(network)

    @property
    def networks(self) -> list[str]:
        """The networks with an index."""
        return [*self._indexes]

    def drop(self, network: str) -> None:
        """Drop the index of a network."""
        self._indexes.pop(network, None)

    def keep(self, index: _Index, max_bytes: int) -> list[str]:
        """Replace the index of its network, and return the networks whose index had to be dropped.

        Of the indexes that exceed `max_bytes` together, those of networks in use are kept, the smallest first. So the
        most networks have an index, and two networks do not displace each other in turn.
        """
        self._indexes[index.network] = index
        since = self._clock() - IDLE_SECONDS
        by_use = sorted(
            self._indexes.values(),
            key=lambda one: (self._used.get(one.network, since) <= since, one.nbytes, one.network),
        )
        dropped, total = [], 0
        for one in by_use:
            total += one.nbytes
            if total > max_bytes:
                total -= one.nbytes
                dropped.append(one.network)
                del self._indexes[one.network]
        return dropped

    def clear(self) -> None:
        """Drop all indexes."""
        self._indexes.clear()
        self._used.clear()
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
