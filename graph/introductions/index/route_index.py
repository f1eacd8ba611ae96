"""The route index of a network: its ties in memory, as of one `ties_id`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.introductions.index.adjacency import TiedPeople
from graph.introductions.index.list_search import ListSearch
from graph.introductions.index.registry import IndexedRoute
from graph.introductions.index.search import IndexSearch


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
    ) -> list[IndexedRoute]:
        """Return the routes as graph.introductions.routes.search_routes does.

        `never` contains the asker and the targets. `colleagues` contains nobody of `never`. Raises TooManyTies.
        """
        content = self.content
        ends = content.places_of({*targets} - {asker})
        if asker not in content.places or not ends.size:
            return []
        starts = content.places_of(colleagues)
        search = IndexSearch(content, content.places[asker], content.places_of(never), audiences, starts, limit)
        search.begin(np.sort(ends))
        search.one_introducer()
        if max_introducers > 1:
            search.more_introducers(max_introducers)
        return search.found()

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
        if asker not in content.places:
            yield from (None for _ in targets)
            return
        starts = content.places_of(colleagues)
        search = ListSearch(content, content.places[asker], content.places_of(never), audiences, starts, limit=1)
        for ids in targets:
            ends = content.places_of({*ids})
            yield search.best_route(np.sort(ends), max_introducers) if ends.size else None
