"""Tests that changes applied to the people and ties of a route index give what building it anew gives."""

from collections import defaultdict
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.introductions.index.adjacency import TieColumns, UnexpectedTies
from graph.introductions.index.tied_people import PeopleChange, TiedPeople, apply_change, build_people

TiesByPair = dict[tuple[str, str, str], tuple[float, float]]
"""Strength and mutual strength by audience, who is known, and who knows."""
AUDIENCES = ("network", "ana", "ben")


def columns(ties: TiesByPair, ids: list[str]) -> dict[str, TieColumns]:
    """The ties by audience, in the order of the dictionary."""
    parts: dict[str, list[tuple[int, int, float, float]]] = defaultdict(list)
    for (audience, towards, by), values in ties.items():
        parts[audience].append((ids.index(towards), ids.index(by), *values))
    types = (np.uint32, np.uint32, np.float64, np.float64)
    return {
        audience: TieColumns(
            *(np.array(column, type_) for column, type_ in zip(zip(*rows, strict=True), types, strict=True))
        )
        for audience, rows in parts.items()
    }


def built(names: dict[str, str], ties: TiesByPair) -> TiedPeople:
    return build_people(names, columns(ties, sorted(names)))


def arrays(people: TiedPeople) -> object:
    """All content as a value."""
    ties = {
        audience: {name: getattr(one, name).tolist() for name in one.__slots__} for audience, one in people.ties.items()
    }
    return people.all_ids, people.names.tolist(), people.ranks.tolist(), ties


def draw_ties(chance: Random, names: dict[str, str], density: float) -> TiesByPair:
    pairs = [
        (audience, towards, by)
        for audience in AUDIENCES[: chance.randint(1, 3)]
        for towards in names
        for by in names
        if towards != by and chance.random() < density
    ]
    chance.shuffle(pairs)
    return {pair: (chance.choice((0.3, 0.5, 0.7)), chance.choice((0.1, 0.2))) for pair in pairs}


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_applied_changes_equal_a_new_index(seed: int) -> None:
    chance = Random(seed)
    before = {f"p{number:x}": chance.choice("ABCÉ日") for number in chance.sample(range(40), chance.randint(0, 12))}
    ties = draw_ties(chance, before, chance.choice((0.1, 0.5)))
    present = built(before, ties)
    deleted = {id for id in before if chance.random() < chance.choice((0.0, 0.2))}
    new = {f"n{number}": chance.choice("ABCÉ日") for number in range(chance.randint(0, 3))}
    after = {id: name for id, name in before.items() if id not in deleted} | new
    renamed = {id for id in after if chance.random() < 0.1}
    after |= dict.fromkeys(renamed, "Renamed")
    drawn = draw_ties(chance, after, 0.3)
    redrawn = {id for id in after if chance.random() < 0.2} | {
        towards for _, towards, by in ties if by in deleted and towards in after
    }
    ties_after = {pair: value for pair, value in ties.items() if pair[1] in after and pair[1] not in redrawn} | {
        pair: value for pair, value in drawn.items() if pair[1] in redrawn or pair[1] in new
    }
    changed = redrawn | renamed | new.keys()
    rows = {pair: value for pair, value in ties_after.items() if pair[1] in changed}
    change = PeopleChange({id: after[id] for id in sorted(changed)}, deleted, columns(rows, sorted(after)))

    assert arrays(apply_change(present, change)) == arrays(built(after, ties_after))


def test_a_tie_of_a_deleted_person_that_no_change_explains_is_refused() -> None:
    names = {"ana": "Ana", "ben": "Ben"}
    present = built(names, {("network", "ana", "ben"): (0.5, 0.2)})

    with pytest.raises(UnexpectedTies):
        apply_change(present, PeopleChange({}, {"ben"}, {}))


def test_a_change_that_deletes_everybody_leaves_an_empty_index() -> None:
    names = {"ana": "Ana", "ben": "Ben"}
    present = built(names, {("network", "ana", "ben"): (0.5, 0.2)})

    assert arrays(apply_change(present, PeopleChange({}, {"ana", "ben"}, {}))) == arrays(built({}, {}))
