"""Searches routes in an index: the result equals that of graph.introductions.routes, scores and order included.

Scores are multiplied from the target inwards, so they are equal to the bit. docs/decisions/0004-routes.md explains the
order of routes, the rule against dominated routes, and why no bound loses a route.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.introductions.index.adjacency import (
    Flags,
    Floats,
    Numbers,
    is_first,
    join_floats,
    join_numbers,
    row_starts,
)
from graph.introductions.index.registry import IndexedRoute
from graph.introductions.index.tied_people import TiedPeople

_GUESSES = (0.55, 0.4, 0.0)
"""Shares of the best possible score, as SCORE_BOUNDS of graph.introductions.routes."""
_TOLERANCE = 1 - 1e-12
"""Covers the rounding of a quotient that cuts rows of ties. Each tie that remains is compared exactly."""

_Key = tuple[float | int, ...]
"""Minus the score, introducers, what the first step lacks, and for each person the rank and minus the score behind."""
_Halves = tuple[Numbers, Numbers, Floats]
"""The first and the second introducer, and the strength with which the second knows the first."""


@dataclass(frozen=True, slots=True)
class _Tails:
    """The ties between a third and a second introducer, grouped by the second, the best first."""

    second: Numbers
    third: Numbers
    score: Floats


class IndexSearch:
    """Searches of one asker. `never` are no introducers, and contain the asker; routes also start at `colleagues`."""

    def __init__(
        self,
        index: TiedPeople,
        asker: int,
        never: Numbers,
        audiences: Sequence[str],
        colleagues: Numbers,
        limit: int,
    ) -> None:
        size = len(index.ids)
        self.index, self.limit, self.ranks = index, limit, index.ranks
        self.layers = [index.ties[audience] for audience in audiences if audience in index.ties]
        self.blocked = np.zeros(size, np.bool_)
        self.blocked[never] = True
        # how well each person knows the asker: 0 for those who cannot be introducers
        self.own = np.zeros(size)
        for ties in self.layers:
            _, at = ties.who_know(np.array([asker]))
            by = ties.by[at]
            self.own[by] = np.maximum(self.own[by], ties.strength[at])
        self.lacking = np.zeros(size)
        self.lacking[colleagues] = 1.0 - self.own[colleagues]
        self.own[colleagues] = 1.0
        self.own[self.blocked] = 0.0
        self.firsts = np.flatnonzero(self.own)
        # places of people in `last` and among the seconds of tails, plus 1; 0 for everybody else
        self.last_at, self.group_at = np.zeros(size, np.int32), np.zeros(size, np.int32)

    def begin(self, targets: Numbers) -> None:
        """Find who knows a target, and for each of them the best target. The targets must be in `never`."""
        self.best: dict[int, tuple[_Key, tuple[int, ...]]] = {}
        lasts, scores, ends = [], [], []
        for ties in self.layers:
            which, at = ties.who_know(targets)
            lasts.append(ties.by[at])
            scores.append(ties.mutual_at(at))
            ends.append(targets[which])
        last, score, end = join_numbers(lasts), join_floats(scores), join_numbers(ends)
        free = np.flatnonzero(~self.blocked[last])
        order = free[np.lexsort((self.ranks[end[free]], -score[free], last[free]))]
        order = order[is_first(last[order])]
        self.last, self.reach, self.end = last[order], score[order], end[order]
        self.last_at[self.last] = np.arange(1, self.last.size + 1)

    @property
    def bound(self) -> float:
        """The score that a further route must exceed to be among the best; 0 if there are fewer."""
        wanted = min(self.limit, self.firsts.size)
        scores = sorted((-key[0] for key, _ in self.best.values()), reverse=True)
        return float(scores[wanted - 1]) if 0 < wanted <= len(scores) else 0.0

    def one_introducer(self) -> None:
        """Find the routes with one introducer."""
        score = self.own[self.last] * self.reach
        at = np.flatnonzero(score > 0.0)
        self._keep(score[at], [self.last[at], self.end[at]], [self.reach[at]])

    def count_dominated(self, route: Numbers) -> int:
        """Return in how many ways the asker reaches the first introducer of a route over one more person, no better."""
        first = route[:1]
        found = [(ties, ties.whom_they_know(first)[1]) for ties in self.layers]
        before = join_numbers([ties.known_at(at) for ties, at in found])
        strength = join_floats([ties.strength[at] for ties, at in found])
        asked = self.own[before]
        no_better = (asked > 0.0) & (strength > 0.0)
        for person in route.tolist():
            no_better &= before != person
        better = asked * strength > self.own[first]
        # a person with ties of several audiences counts once, by the strongest
        return np.unique(before[no_better]).size - np.unique(before[no_better & better]).size

    @property
    def longer_cost(self) -> int:
        """The number of ties next to both ends, which longer routes are searched among."""
        return sum(ties.count_who_know(self.firsts) + ties.count_whom_they_know(self.last) for ties in self.layers)

    def more_introducers(self, max_introducers: int) -> None:
        """Find the routes with two introducers, and those with three if these are allowed."""
        near, far = self.own[self.firsts].max(initial=0.0), self.reach.max(initial=0.0)
        most = near * far
        if most <= self.bound:
            return
        self._two_introducers(near, far, self.bound)
        if max_introducers < 3:
            return
        for guess in _GUESSES:
            bound = max(most * guess, self.bound)
            if most <= bound:
                return
            self._three_introducers(near, far, bound)
            if self.bound >= bound:
                return

    def _halves(self, far: float, bound: float) -> _Halves:
        """Return who knows the first introducers, as far as a route over them may exceed the bound."""
        firsts = self.firsts[self.own[self.firsts] * far > bound]
        least = bound / (self.own[firsts] * far) * _TOLERANCE if bound else None
        parts: list[_Halves] = []
        for ties in self.layers:
            which, at = ties.who_know(firsts, least)
            first, second, strength = firsts[which], ties.by[at], ties.strength[at]
            kept = np.flatnonzero((self.own[first] * (strength * far) > bound) & ~self.blocked[second])
            parts.append((first[kept], second[kept], strength[kept]))
        return _join_halves(parts)

    def _halves_inwards(self, near: float, bound: float) -> _Halves:
        """Return whom the people who know a target know, as far as a route over them may exceed the bound."""
        near_enough = np.flatnonzero(near * self.reach > bound)
        lasts, reach = self.last[near_enough], self.reach[near_enough]
        least = bound / (near * reach) * _TOLERANCE if bound else None
        parts: list[_Halves] = []
        for ties in self.layers:
            which, at = ties.whom_they_know(lasts, least)
            first = ties.known_at(at)
            kept = np.flatnonzero(self.own[first])
            parts.append((first[kept], lasts[which[kept]], ties.strength[at[kept]]))
        return _join_halves(parts)

    def _two_introducers(self, near: float, far: float, bound: float) -> None:
        outwards = sum(int(ties.count_who_know(self.firsts)) for ties in self.layers)
        inwards = sum(int(ties.count_whom_they_know(self.last)) for ties in self.layers)
        halves = self._halves(far, bound) if outwards < inwards else self._halves_inwards(near, bound)
        first, second, strength = halves
        at = np.flatnonzero(self.last_at[second])
        first, second, strength = first[at], second[at], strength[at]
        last = self.last_at[second] - 1
        reach = self.reach[last]
        rest = strength * reach
        score = self.own[first] * rest
        at = np.flatnonzero((score > bound) & (score > self.own[second] * reach))
        self._keep(score[at], [first[at], second[at], self.end[last[at]]], [rest[at], reach[at]])

    def _three_introducers(self, near: float, far: float, bound: float) -> None:
        first, second, strength = self._halves(far, bound)
        met = np.zeros(len(self.index.ids), np.bool_)
        met[second] = True
        tails = self._tails(met, near, bound)
        groups, starts = row_starts(tails.second)
        self.group_at[groups] = np.arange(1, groups.size + 1)
        group = self.group_at[second]
        at = np.flatnonzero(group)
        self.group_at[groups] = 0
        first, second, strength, group = first[at], second[at], strength[at], group[at]
        place, end = starts[group - 1], starts[group]
        own_first, own_second = self.own[first], self.own[second]
        found_halves, found_tails = [], []
        open_halves: Numbers = np.arange(first.size)
        while open_halves.size:  # each round tries the next best tail of the halves whose tails so far are dominated
            tail = place[open_halves]
            tail_score, third = tails.score[tail], tails.third[tail]
            score = own_first[open_halves] * (strength[open_halves] * tail_score)
            known = self.own[third] * self.reach[self.last_at[third] - 1]
            possible = score > bound
            valid = possible & (score > own_second[open_halves] * tail_score) & (score > known)
            found_halves.append(open_halves[valid])
            found_tails.append(tail[valid])
            open_halves = open_halves[possible & ~valid]
            place[open_halves] += 1
            open_halves = open_halves[place[open_halves] < end[open_halves]]
        half, best_tail = join_numbers(found_halves), join_numbers(found_tails)
        third, tail_score = tails.third[best_tail], tails.score[best_tail]
        last = self.last_at[third] - 1
        rest = strength[half] * tail_score
        self._keep(
            own_first[half] * rest,
            [first[half], second[half], third, self.end[last]],
            [rest, tail_score, self.reach[last]],
        )

    def _tails(self, met: Flags, near: float, bound: float) -> _Tails:
        """Return the ties of the people who know a target to those who are met from the asker."""
        places = np.flatnonzero(near * self.reach > bound)
        lasts, reach = self.last[places], self.reach[places]
        known = self.own[lasts] * reach
        least = bound / (near * reach) * _TOLERANCE if bound else None
        seconds, thirds, scores = [], [], []
        for ties in self.layers:
            which, at = ties.whom_they_know(lasts, least)
            score = ties.strength[at] * reach[which]
            most = near * score
            kept = np.flatnonzero((most > bound) & (most > known[which]))
            second = ties.known_at(at[kept])
            free = met[second]
            kept = kept[free]
            seconds.append(second[free])
            thirds.append(lasts[which[kept]])
            scores.append(score[kept])
        second, third = join_numbers(seconds), join_numbers(thirds)
        score = join_floats(scores)
        if len(self.layers) > 1:  # of two ties of different audiences the stronger counts
            order = np.lexsort((-score, third, second))
            order = order[is_first(second[order]) | is_first(third[order])]
            second, third, score = second[order], third[order], score[order]
        order = np.lexsort((self.ranks[third], -score, second))
        return _Tails(second[order], third[order], score[order])

    def _keep(self, score: Floats, people: list[Numbers], scores: list[Floats]) -> None:
        """Keep the best route of each first introducer among the routes so far and these.

        `people` runs from the first introducer to the target. `scores` are those of the rest of the route behind each
        introducer.
        """
        first = people[0]
        if score.size > 8 * self.limit:  # drop what cannot be among the best, before the sorting
            best = np.zeros(len(self.index.ids))
            np.maximum.at(best, first, score)
            everybody = self.firsts[best[self.firsts] > 0.0]
            if everybody.size > self.limit:
                least = np.partition(best[everybody], -self.limit)[-self.limit]
                at = np.flatnonzero(score >= least)
                score, first = score[at], first[at]
                people, scores = [some[at] for some in people], [some[at] for some in scores]
        keys: list[Floats | Numbers] = [-score, self.lacking[first], self.ranks[first]]
        for rest, person in zip(scores, people[1:], strict=True):
            keys += [-rest, self.ranks[person]]
        order = np.lexsort(keys[::-1])
        _, places = np.unique(first[order], return_index=True)
        for at in order[np.sort(places)[: self.limit]].tolist():
            values = [some[at].item() for some in keys]
            entry = (values[0], len(scores), *values[1:]), tuple(int(some[at]) for some in people)
            self.best[entry[1][0]] = min(self.best.get(entry[1][0], entry), entry)

    def best_routes(self) -> list[IndexedRoute]:
        """Return the best routes, best first."""
        id_at = self.index.id_at
        return [
            (tuple(id_at(place) for place in places[:-1]), -float(key[0]), id_at(places[-1]))
            for key, places in sorted(self.best.values())[: self.limit]
        ]


def _join_halves(parts: Sequence[_Halves]) -> _Halves:
    return (
        join_numbers([first for first, _, _ in parts]),
        join_numbers([second for _, second, _ in parts]),
        join_floats([strength for _, _, strength in parts]),
    )
