"""The route index of a network: its ties in memory, as of one `ties_id`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.introductions.index.list_search import ListSearch
from graph.introductions.index.registry import IndexedRoute
from graph.introductions.index.search import IndexSearch
from graph.introductions.index.tied_people import TiedPeople

_LONG_SEARCH_TIES = 200_000
"""Ties next to both ends above which a search takes more than about 5 ms."""


@dataclass(frozen=True, slots=True)
class StartedSearch:
    """A search that has found the routes with one introducer. Without `search` there are no routes."""

    search: IndexSearch | None
    max_introducers: int

    @property
    def is_long(self) -> bool:
        """Whether the rest would block the event loop for too long."""
        return self.search is not None and self.max_introducers > 1 and self.search.longer_cost > _LONG_SEARCH_TIES

    def finish(self) -> list[IndexedRoute]:
        """Search the rest, and return the routes. Raises TooManyTies."""
        if self.search is None:
            return []
        if self.max_introducers > 1:
            self.search.more_introducers(self.max_introducers)
        return self.search.found()


@dataclass(frozen=True, slots=True)
class RouteIndex:
    """What Neo4j contains of a network while its `ties_id` is this one (graph.networks.state)."""

    network: str
    ties_id: str
    content: TiedPeople

    @property
    def tie_count(self) -> int:
        """The number of ties."""
        return self.content.tie_count

    @property
    def nbytes(self) -> int:
        """The size of the arrays."""
        return self.content.nbytes

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
    ) -> StartedSearch:
        """Start a search, which returns the routes as graph.introductions.routes.search_routes does.

        `never` contains the asker and the targets. `colleagues` contains nobody of `never`. Raises TooManyTies.
        """
        content = self.content
        ends = content.places_of({*targets} - {asker})
        own = content.places_of([asker])
        if not own.size or not ends.size:
            return StartedSearch(None, max_introducers)
        starts = content.places_of(colleagues)
        search = IndexSearch(content, int(own[0]), content.places_of(never), audiences, starts, limit)
        search.begin(np.sort(ends))
        search.one_introducer()
        return StartedSearch(search, max_introducers)

    def search_list(
        self,
        *,
        asker: str,
        targets: Iterable[Collection[str]],
        never: Collection[str],
        audiences: Sequence[str],
        colleagues: Collection[str],
        max_introducers: int,
    ) -> Iterator[IndexedRoute | None]:
        """Yield the first route to each of many targets, None where there is none.

        `never` contains the asker, and no target because of being one. `colleagues` contains nobody of `never`. Raises
        TooManyTies.
        """
        content = self.content
        own = content.places_of([asker])
        if not own.size:
            yield from (None for _ in targets)
            return
        starts = content.places_of(colleagues)
        search = ListSearch(content, int(own[0]), content.places_of(never), audiences, starts, limit=1)
        for ids in targets:
            ends = content.places_of({*ids})
            yield search.best_route(np.sort(ends), max_introducers) if ends.size else None
