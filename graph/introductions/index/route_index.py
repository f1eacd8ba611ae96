"""The route index of a network: its ties in memory, as of one `ties_id`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.introductions.index.adjacency import Floats, Numbers, is_first, join_floats, join_numbers
from graph.introductions.index.list_search import ListSearch
from graph.introductions.index.registry import IndexedRoute, TiesOfPerson
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
        return self.search.best_routes()


@dataclass(frozen=True, slots=True)
class RouteIndex:
    """The ties that Neo4j contains of a network while its `ties_id` is this one (graph.networks.state)."""

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

    def is_known_by(self, id: str, others: Collection[str], audiences: Sequence[str]) -> bool:
        """Return whether one of the others has a tie to a person that is not asleep."""
        content = self.content
        own, places = content.places_of([id]), content.places_of(others).tolist()
        layers = [content.ties[audience] for audience in audiences if audience in content.ties]
        known_by = [ties.by[ties.who_know(own)[1]] for ties in layers]
        return any((by == place).any() for by in known_by for place in places)

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

    def count_dominated(
        self,
        *,
        asker: str,
        routes: Sequence[Sequence[str]],
        never: Collection[str],
        audiences: Sequence[str],
        colleagues: Collection[str],
    ) -> list[int]:
        """Return what introductions/count_dominated_routes does, in the order of these routes of the asker.

        `never` contains the asker and the targets. `colleagues` contains nobody of `never`. Raises TooManyTies.
        """
        content = self.content
        own = content.places_of([asker])
        if not own.size:
            return [0] * len(routes)
        starts = content.places_of(colleagues)
        search = IndexSearch(content, int(own[0]), content.places_of(never), audiences, starts, limit=1)
        return [search.count_dominated(content.places_of(route)) for route in routes]

    def ties_of(self, ids: Collection[str], audiences: Sequence[str]) -> list[TiesOfPerson]:
        """Return the ties of these people as insights/list_ties_of_introducers does. Raises TooManyTies."""
        content = self.content
        places = content.places_of(ids)
        layers = [content.ties[audience] for audience in audiences if audience in content.ties]
        knows, known_by = [], []
        for ties in layers:
            which, at = ties.whom_they_know(places)
            knows.append((which, ties.known_at(at), ties.mutual_at(at)))
            which, at = ties.who_know(places)
            known_by.append((which, ties.by[at], ties.strength[at]))
        rows = zip(places.tolist(), self._lists(knows, places.size), self._lists(known_by, places.size), strict=True)
        return [(content.id_at(place), one, other) for place, one, other in rows]

    def _lists(self, parts: Sequence[tuple[Numbers, Numbers, Floats]], count: int) -> list[list[tuple[str, float]]]:
        """Return for each of `count` people the others with the highest value among all audiences."""
        which, other = join_numbers([part[0] for part in parts]), join_numbers([part[1] for part in parts])
        value = join_floats([part[2] for part in parts])
        order = np.lexsort((-value, other, which))
        order = order[is_first(which[order]) | is_first(other[order])]
        lists: list[list[tuple[str, float]]] = [[] for _ in range(count)]
        ids = self.content.ids[other[order]].tolist()
        for place, id, number in zip(which[order].tolist(), ids, value[order].tolist(), strict=True):
            lists[place].append((str(id, "utf-8"), number))
        return lists
