"""The ties of one audience in compressed rows: 23 bytes a tie."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.introductions.index.registry import TooManyTies

Numbers = NDArray[np.integer[Any]]
"""Places of people in TiedPeople.ids, or of values in another array. Stored ones have 32 bits."""
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Packed = NDArray[Any]
"""Probabilities as `pack` returns them."""

BYTES_PER_TIE = 23
MAX_TIES_READ = 4_000_000
"""Ties that a search may read at once: more would take over 0.1 seconds, and need much memory."""
_BLOCK_BITS = 5
"""Blocks have 32 positions: 0.1 bytes a tie."""


class UnexpectedTies(Exception):
    """Ties that the recorded changes do not explain. The index must be read again."""


@dataclass(frozen=True, slots=True)
class TieColumns:
    """Ties: who is known, who knows, strength, mutual strength."""

    towards: Numbers
    by: Numbers
    strength: Floats
    mutual: Floats

    def take(self, at: Numbers) -> "TieColumns":
        """Return the ties at these positions."""
        return TieColumns(self.towards[at], self.by[at], self.strength[at], self.mutual[at])


def join_ties(parts: Sequence[TieColumns]) -> TieColumns:
    """Return the ties of all parts, at least one."""
    return TieColumns(*(np.concatenate([getattr(part, name) for part in parts]) for name in TieColumns.__slots__))


_MANTISSA = np.uint64((1 << 52) - 1)
_ONE, _LEAST = np.uint64(1023), np.uint64(1023 - 15)
"""The exponents of 1.0, and of the least number that has seven bytes."""


def pack(probabilities: Floats) -> Packed:
    """Return numbers of at most 1 in seven bytes each, exactly; in eight if one is below 2 ** -15 or above 1."""
    bits = probabilities.view(np.uint64)
    exponent = bits >> np.uint64(52)
    if bits.size and not (exponent.min() >= _LEAST and bits.max() <= _ONE << np.uint64(52)):
        return probabilities
    packed = (bits & _MANTISSA) | (_ONE - exponent << np.uint64(52))
    return packed.astype("<u8").view(np.uint8).reshape(-1, 8)[:, :7].copy()


def unpack(packed: Packed) -> Floats:
    """Return what was packed."""
    if packed.dtype == np.float64:
        return packed
    padded = np.zeros((len(packed), 8), np.uint8)
    padded[:, :7] = packed
    bits = padded.view("<u8").ravel().astype(np.uint64)
    return ((bits & _MANTISSA) | (_ONE - (bits >> np.uint64(52)) << np.uint64(52))).view(np.float64)


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of one audience that routes may use, twice: by the person who is known, and by the person who knows.

    Fields:
        known: the people whom somebody knows. Row n of `by`, `strength` and `mutual` belongs to known[n].
        known_starts: where each row starts, and the end of the last.
        by, strength, mutual: who knows the person of the row, and how well; the strongest first. `mutual` is packed.
        knowers: the people who know somebody. Row n of `positions` belongs to knowers[n].
        knower_starts: where each row starts, and the end of the last.
        positions: the positions of the ties of the row's person in `by`, the strongest tie first.
        block_rows: the row of the first position of each block of positions.
    """

    known: Numbers
    known_starts: Numbers
    by: Numbers
    strength: Floats
    mutual: Packed
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

    def mutual_at(self, positions: Numbers) -> Floats:
        """Return the mutual strengths at these positions."""
        return unpack(self.mutual[positions])

    def count_who_know(self, people: Numbers) -> int:
        """Return the number of ties to these people."""
        return int(rows_of(self.known, self.known_starts, people)[2].sum())

    def count_whom_they_know(self, people: Numbers) -> int:
        """Return the number of ties of these people."""
        return int(rows_of(self.knowers, self.knower_starts, people)[2].sum())

    def columns(self) -> TieColumns:
        """Return the ties by the person who is known, the strongest first."""
        return TieColumns(
            np.repeat(self.known, np.diff(self.known_starts)), self.by, self.strength, unpack(self.mutual)
        )

    @property
    def nbytes(self) -> int:
        """The size of the arrays."""
        return sum(getattr(self, name).nbytes for name in self.__slots__)


def compress(ties: TieColumns) -> Ties:
    """Return the ties in compressed rows. Equal ties give equal arrays."""
    ties = _sort(ties)
    return _build(ties, np.lexsort((-ties.strength, ties.by)))


def replace_rows(present: Ties, new_places: Numbers, replaced: Flags, rows: TieColumns) -> Ties | None:
    """Return what `compress` returns with these rows of the `replaced` people; None if no tie remains.

    `new_places` is the new place of each present person, ascending, and -1 for those who were deleted. `replaced` and
    `rows` have new places. Raises UnexpectedTies if a row that remains contains a tie of a deleted person.
    """
    old = present.columns()
    towards, by = new_places[old.towards], new_places[old.by]
    is_kept = towards >= 0
    is_kept[is_kept] = ~replaced[towards[is_kept]]
    kept = TieColumns(towards, by, old.strength, old.mutual).take(np.flatnonzero(is_kept))
    if kept.by.min(initial=0) < 0:
        raise UnexpectedTies
    ties = join_ties([kept, _sort(rows)])
    if not ties.by.size:
        return None
    order = np.argsort(ties.towards, kind="stable")  # merges two sorted parts
    ties = ties.take(order)
    ties = TieColumns(ties.towards.astype(np.uint32), ties.by.astype(np.uint32), ties.strength, ties.mutual)
    # the rows of those who know nobody of `rows` keep their order; only the others are sorted
    differs = np.zeros(replaced.size, np.bool_)
    differs[rows.by] = True
    place = np.empty(order.size, np.uint32)
    place[order] = np.arange(order.size, dtype=np.uint32)
    same = present.positions[is_kept[present.positions] & ~differs[by[present.positions]]]
    same = place[(np.cumsum(is_kept, dtype=np.int32) - 1)[same]]
    other = np.flatnonzero(differs[ties.by])
    other = other[np.lexsort((-ties.strength[other], ties.by[other]))]
    positions = np.concatenate([same, other])
    return _build(ties, positions[np.argsort(ties.by[positions], kind="stable")])


def _sort(ties: TieColumns) -> TieColumns:
    return ties.take(np.lexsort((ties.by, -ties.strength, ties.towards)))


def _build(ties: TieColumns, positions: Numbers) -> Ties:
    """Return the compressed rows of sorted ties. `positions` are in the order of those who know, strongest first."""
    known, known_starts = row_starts(ties.towards)
    knowers, knower_starts = row_starts(ties.by[positions])
    blocks = np.arange(0, ties.by.size, 1 << _BLOCK_BITS)
    return Ties(
        known=known,
        known_starts=known_starts.astype(np.uint32),
        by=ties.by,
        strength=ties.strength,
        mutual=pack(ties.mutual),
        knowers=knowers,
        knower_starts=knower_starts.astype(np.uint32),
        positions=positions.astype(np.uint32),
        block_rows=(np.searchsorted(known_starts, blocks, side="right") - 1).astype(np.uint32),
    )


def row_starts(sorted_people: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different people, and where the row of each starts."""
    if not sorted_people.size:
        return sorted_people, np.zeros(1, np.int64)
    starts = np.flatnonzero(is_first(sorted_people))
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
    first = starts[row].astype(np.int64)
    return which, first, starts[row + 1] - first


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
