"""The people and ties of one network, and how changes are applied to them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.introductions.index.adjacency import Numbers, TieColumns, Ties, compress, replace_rows

IdArray = NDArray[np.bytes_]
NameArray = NDArray[Any]
"""Strings of variable length."""
_NOBODY = np.zeros(0, np.int64)
_NO_TIES = TieColumns(np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class TiedPeople:
    """The people of a network, and their ties that are not asleep.

    Fields:
        ids: the ids of people, ascending. The place of a person is the position of the id.
        names: the names of people, by place.
        ranks: the rank of each person in the order of name and id.
        ties: the ties by audience.
    """

    ids: IdArray
    names: NameArray
    ranks: Numbers
    ties: Mapping[str, Ties]

    def places_of(self, ids: Collection[str]) -> Numbers:
        """Return the places of those of these people who are in the index."""
        if not ids:
            return _NOBODY
        width = self.ids.dtype.itemsize
        wanted = np.array([each for id in ids if len(each := id.encode()) <= width], self.ids.dtype)
        return _find(self.ids, wanted)[1]

    def id_at(self, place: int) -> str:
        """Return the id of the person at a place."""
        return str(self.ids[place], "utf-8")

    @property
    def all_ids(self) -> list[str]:
        """The ids of everybody, ascending."""
        return [str(id, "utf-8") for id in self.ids.tolist()]

    @property
    def tie_count(self) -> int:
        """The number of ties."""
        return sum(len(ties.by) for ties in self.ties.values())

    @property
    def nbytes(self) -> int:
        """The size of the arrays."""
        return self.ids.nbytes + self.names.nbytes + self.ranks.nbytes + sum(ties.nbytes for ties in self.ties.values())


def build_people(names: Mapping[str, str], ties: Mapping[str, TieColumns]) -> TiedPeople:
    """Return the people with these names by id, and their ties by audience. Places are those of the sorted ids."""
    ids = sorted(names)
    return _rank(
        np.array([id.encode() for id in ids], np.bytes_),
        np.array([names[id] for id in ids], np.dtypes.StringDType()),
        {audience: compress(columns) for audience, columns in ties.items() if columns.by.size},
    )


@dataclass(frozen=True, slots=True)
class PeopleChange:
    """The new name and the new row of each changed person.

    Fields:
        names: the names of the people who changed or are new, by id.
        deleted: the ids of the people who were deleted.
        ties: the ties to those of `names`, by audience. Places are those of the ids after the change.
    """

    names: Mapping[str, str]
    deleted: Collection[str]
    ties: Mapping[str, TieColumns]


def apply_change(present: TiedPeople, change: PeopleChange) -> TiedPeople:
    """Return what `build_people` returns for the people and ties after a change. Raises UnexpectedTies."""
    kept = np.delete(present.ids, present.places_of(change.deleted))
    ids = np.unique(np.concatenate([kept, np.array([id.encode() for id in change.names], np.bytes_)]))
    is_present, at = _find(ids, present.ids.astype(ids.dtype))
    new_places = np.full(present.ids.size, -1, np.int32)
    new_places[is_present] = at
    names = np.empty(ids.size, np.dtypes.StringDType())
    names[at] = present.names[is_present]
    changed = _find(ids, np.array([id.encode() for id in change.names], ids.dtype))[1]
    names[changed] = np.array([*change.names.values()], np.dtypes.StringDType())
    replaced = np.zeros(ids.size, np.bool_)
    replaced[changed] = True
    ties: dict[str, Ties] = {}
    for audience in present.ties.keys() | change.ties.keys():
        rows = change.ties.get(audience, _NO_TIES)
        old = present.ties.get(audience)
        new = compress(rows) if old is None else replace_rows(old, new_places, replaced, rows)
        if new is not None:
            ties[audience] = new
    return _rank(ids, names, ties)


def _rank(ids: IdArray, names: NameArray, ties: Mapping[str, Ties]) -> TiedPeople:
    ranks = np.empty(ids.size, np.uint32)
    ranks[np.argsort(names, kind="stable")] = np.arange(ids.size, dtype=np.uint32)
    return TiedPeople(ids, names, ranks, ties)


def _find(sorted_ids: IdArray, ids: IdArray) -> tuple[Numbers, Numbers]:
    """Return which of these ids are among the sorted ones, and their places there."""
    places = np.searchsorted(sorted_ids, ids)
    which = np.flatnonzero(places < sorted_ids.size)
    which = which[sorted_ids[places[which]] == ids[which]]
    return which, places[which]
