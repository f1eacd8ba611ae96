"""Tests that the assignment of targets respects every cap and is optimal."""

import random
from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.insights.planning.assignment import SCALE, assign_targets

SCORES = st.dictionaries(
    st.tuples(st.sampled_from("uvwxy"), st.sampled_from("abc")), st.floats(0, 1, allow_nan=False), max_size=12
)
CAPACITIES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3))


@settings(deadline=None)  # the first call imports networkx
@given(SCORES, CAPACITIES)
def test_the_assignment_respects_every_cap_and_is_optimal(
    scores: dict[tuple[str, str], float], capacities: dict[str, int]
) -> None:
    chosen = assign_targets(scores, capacities)

    loads = Counter(chosen.values())
    assert all(load <= capacities.get(introducer, 0) for introducer, load in loads.items())
    assert all(scores[pair] > 0 for pair in chosen.items())
    assert sum(round(scores[pair] * SCALE) for pair in chosen.items()) == best_by_brute_force(scores, capacities)


def best_by_brute_force(scores: dict[tuple[str, str], float], capacities: dict[str, int]) -> int:
    """The largest sum of whole scores over all assignments."""
    targets = sorted({target for target, _ in scores})
    choices = [[None, *(introducer for target, introducer in scores if target == each)] for each in targets]
    return max(
        (
            sum(round(scores[target, one] * SCALE) for target, one in zip(targets, chosen, strict=True) if one)
            for chosen in product(*choices)
            if all(load <= capacities.get(one, 0) for one, load in Counter(filter(None, chosen)).items())
        ),
        default=0,
    )


def test_a_strong_introducer_goes_to_the_target_who_has_nobody_else() -> None:
    scores = {("jane", "ben"): 0.8, ("jane", "cleo"): 0.7, ("omar", "ben"): 0.6}

    assert assign_targets(scores, {"ben": 1, "cleo": 1}) == {"jane": "cleo", "omar": "ben"}


def test_a_long_list_uses_every_request_of_the_introducers() -> None:
    rng = random.Random(1)
    scores = {(f"t{t}", f"i{i}"): rng.random() for t in range(200) for i in range(40)}
    capacities = {f"i{i}": 3 for i in range(40)}

    chosen = assign_targets(scores, capacities)

    assert Counter(chosen.values()) == Counter(capacities)
