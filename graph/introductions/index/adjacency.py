"""The ties of one network in compressed rows: 24 bytes a tie."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.introductions.index.registry import TooManyTies

Numbers = NDArray[np.integer[Any]]
"""Numbers of people in TiedPeople.ids, or of values in another array. Stored ones have 32 bits."""
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BYTES_PER_TIE = 24
MAX_TIES_READ = 4_000_000
"""Ties that a search may read at once: more would block the event loop for over 0.1 seconds, and need much memory."""
_BLOCK_BITS = 5
"""Blocks have 32 positions: 0.1 bytes a tie."""


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of one audience that routes may use, twice: by the person who is known, and by the person who knows.

    Fields:
        known: the people whom somebody knows. Row n of `by`, `strength` and `mutual` belongs to known[n].
        known_starts: where each row starts, and the end of the last.
        by, strength, mutual: who knows the person of the row, and how well; the strongest tie first.
        knowers: the people who know somebody. Row n of `positions` belongs to knowers[n].
        knower_starts: where each row starts, and the end of the last.
        positions: the positions of the ties of the row's person in `by`, the strongest tie first.
        block_rows: the row of the first position of each block of positions.
    """

    known: Numbers
    known_starts: Numbers
    by: Numbers
    strength: Floats
    mutual: Floats
    knowers: Numbers
    knower_starts: Numbers
    positions: Numbers
    block_rows: Numbers

    def who_know(self, people: Numbers, least: Floats | None = None) -> tuple[Numbers, Numbers]:
        """Return the ties to these people: the place of each tie's person in `people`, and the tie's position.

        With `least` those of each person that are stronger than its value. Raises TooManyTies.
        """
        which, starts, counts = rows_of(self.known, self.known_starts, people)
        if least is not None:
            counts = _cut_rows(starts, counts, least[which], lambda places: self.strength[places])
        return expand_rows(which, starts, counts)

    def whom_they_know(self, people: Numbers, least: Floats | None = None) -> tuple[Numbers, Numbers]:
        """As `who_know`, but the ties of these people."""
        which, starts, counts = rows_of(self.knowers, self.knower_starts, people)
        if least is not None:
            counts = _cut_rows(starts, counts, least[which], lambda places: self.strength[self.positions[places]])
        places, at = expand_rows(which, starts, counts)
        return places, self.positions[at]

    def known_at(self, positions: Numbers) -> Numbers:
        """Return the person who is known by the tie at each position."""
        rows: Numbers = self.block_rows[positions >> _BLOCK_BITS].astype(np.int64)
        late = np.flatnonzero(self.known_starts[rows + 1] <= positions)
        while late.size:  # a binary search in all rows takes five times as long
            rows[late] += 1
            late = late[self.known_starts[rows[late] + 1] <= positions[late]]
        return self.known[rows]

    def count_who_know(self, people: Numbers) -> int:
        """Return the number of ties to these people."""
        return int(rows_of(self.known, self.known_starts, people)[2].sum())

    def count_whom_they_know(self, people: Numbers) -> int:
        """Return the number of ties of these people."""
        return int(rows_of(self.knowers, self.knower_starts, people)[2].sum())

    @property
    def nbytes(self) -> int:
        """The size of the arrays."""
        return sum(getattr(self, name).nbytes for name in self.__slots__)


def compress(towards: Numbers, by: Numbers, strength: Floats, mutual: Floats) -> Ties:
    """Return the ties in compressed rows."""
    order = np.lexsort((-strength, towards))
    towards, by = towards[order], by[order]
    known, known_starts = row_starts(towards)
    strength = strength[order]
    positions = np.lexsort((-strength, by)).astype(np.uint32)
    knowers, knower_starts = row_starts(by[positions])
    block_starts = np.arange(0, by.size, 1 << _BLOCK_BITS)
    block_rows = (np.searchsorted(known_starts, block_starts, side="right") - 1).astype(np.uint32)
    return Ties(known, known_starts, by, strength, mutual[order], knowers, knower_starts, positions, block_rows)


@dataclass(frozen=True, slots=True)
class TiedPeople:
    """The people of a network, and their ties that are not asleep.

    Fields:
        ids: the ids of people by their place. `places` is the reverse.
        ranks: the rank of each person in the order of name and id.
        ties: the ties by audience.
    """

    ids: Sequence[str]
    places: Mapping[str, int]
    ranks: Numbers
    ties: Mapping[str, Ties]

    def places_of(self, ids: Collection[str]) -> Numbers:
        """Return the places of those of these people who are in the index."""
        return np.array([self.places[id] for id in ids if id in self.places], np.int64)

    @property
    def tie_count(self) -> int:
        """The number of ties."""
        return sum(len(ties.by) for ties in self.ties.values())

    @property
    def nbytes(self) -> int:
        """The size of the arrays: 24 bytes a tie, and up to 28 a person."""
        return self.ranks.nbytes + sum(ties.nbytes for ties in self.ties.values())


def row_starts(sorted_people: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different people, and where the row of each starts."""
    if not sorted_people.size:
        return sorted_people, np.zeros(1, np.int64)
    starts = np.flatnonzero(np.diff(sorted_people, prepend=sorted_people[0] + np.uint32(1)))
    return sorted_people[starts], np.append(starts, sorted_people.size)


def join_numbers(parts: Sequence[Numbers]) -> Numbers:
    """Return the parts in one array, also if there is none."""
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def join_floats(parts: Sequence[Floats]) -> Floats:
    """Return the parts in one array, also if there is none."""
    return np.concatenate(parts) if parts else np.zeros(0)


def is_first(values: Numbers) -> Flags:
    """Return which values differ from the one before."""
    first = np.ones(values.size, np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def rows_of(people_with_rows: Numbers, starts: Numbers, people: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return, for the people who have a row, their place in `people`, where the row starts, and its length."""
    # values of another type would make NumPy convert all the sorted ones
    rows = np.searchsorted(people_with_rows, people.astype(people_with_rows.dtype, copy=False))
    which = np.flatnonzero(rows < people_with_rows.size)
    which = which[people_with_rows[rows[which]] == people[which]]
    row = rows[which]
    return which, starts[row], starts[row + 1] - starts[row]


def _cut_rows(starts: Numbers, counts: Numbers, least: Floats, strength: Callable[[Numbers], Floats]) -> Numbers:
    """Return how many ties of each row are stronger than the least of the row, by a binary search in all rows."""
    low, high = np.zeros_like(counts), counts.copy()
    while (open_rows := np.flatnonzero(low < high)).size:
        middle = (low[open_rows] + high[open_rows]) // 2
        above = strength(starts[open_rows] + middle) > least[open_rows]
        low[open_rows[above]] = middle[above] + 1
        high[open_rows[~above]] = middle[~above]
    return low


def expand_rows(which: Numbers, starts: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Return an entry for each place of each row: the row's person, and the place. Raises TooManyTies."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    if total > MAX_TIES_READ:
        raise TooManyTies
    return np.repeat(which, counts), np.arange(total) + np.repeat(starts - (ends - counts), counts)
