"""Searches the first route to each of many targets of one asker.

The first route is never dominated (docs/decisions/0004-routes.md), so the best score decides alone.
"""

from functools import cached_property

import numpy as np

from graph.introductions.index.adjacency import Flags, Floats, Numbers, expand_rows, row_starts, rows_of
from graph.introductions.index.registry import IndexedRoute
from graph.introductions.index.search import IndexSearch

_TOLERANCE = 1 + 1e-12
"""Covers the rounding of a few products, a relative 2e-16 each, that are multiplied in another order."""


class ListSearch(IndexSearch):
    """As IndexSearch, but reads the ties of the people who can be asked once for all targets."""

    def best_route(self, targets: Numbers, max_introducers: int) -> IndexedRoute | None:
        """Return the first route to a target, which is several people if these are probably one person."""
        if max_introducers > 1:
            _ = self._met  # read before the targets are blocked
        own, blocked = self.own[targets], self.blocked[targets]
        self.own[targets], self.blocked[targets] = 0.0, True
        self.begin(targets)
        self.one_introducer()
        if max_introducers > 1:
            self._extend(self.last, self.reach, [self.end], [])
        if max_introducers > 2:
            near = self.own[self.firsts].max(initial=0.0)
            tails = self._tails(self._met & ~self.blocked, near, self.bound)
            last = self.last_at[tails.third] - 1
            self._extend(tails.second, tails.score, [tails.third, self.end[last]], [self.reach[last]])
        routes = self.best_routes()
        self.last_at[self.last] = 0
        self.own[targets], self.blocked[targets] = own, blocked
        return routes[0] if routes else None

    def _extend(self, second: Numbers, score: Floats, people: list[Numbers], scores: list[Floats]) -> None:
        """Keep the best route over these second introducers, if it is better than the best so far.

        `score` is that of the route behind the second introducer; `people` and `scores` continue it.
        """
        _, starts, firsts, strengths, most = self._by_second
        least = self.bound
        expected = most[second] * score * _TOLERANCE
        while (open_ones := np.flatnonzero((expected > least) & (expected >= self.bound))).size:
            top = expected[open_ones].max()
            tried = open_ones[expected[open_ones] * _TOLERANCE >= top]
            expected[tried] = 0.0
            which, at = expand_rows(*rows_of(self._by_second[0], starts, second[tried]))
            tail, first = tried[which], firsts[at]
            rest = strengths[at] * score[tail]
            total = self.own[first] * rest
            kept = np.flatnonzero((total > least) & (total >= self.bound))
            tail = tail[kept]
            self._keep(
                total[kept],
                [first[kept], second[tail], *(some[tail] for some in people)],
                [rest[kept], score[tail], *(some[tail] for some in scores)],
            )

    @cached_property
    def _by_second(self) -> tuple[Numbers, Numbers, Numbers, Floats, Floats]:
        """The ties to all first introducers, by the second: the seconds, row starts, firsts and strengths.

        The last value is for each person the best product of the two steps before them.
        """
        first, second, strength = self._halves(1.0, 0.0)
        order = np.argsort(second, kind="stable")
        first, second, strength = first[order], second[order], strength[order]
        seconds, starts = row_starts(second)
        most = np.zeros(len(self.index.ids))
        np.maximum.at(most, second, self.own[first] * strength)
        return seconds, starts, first, strength, most

    @cached_property
    def _met(self) -> Flags:
        """Whether each person knows a person who can be asked."""
        return self._by_second[4] > 0.0
