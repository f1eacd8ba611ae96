"""Tests of the compressed rows of a route index."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.introductions.index.adjacency import MAX_TIES_READ, expand_rows, pack, unpack
from graph.introductions.index.registry import TooManyTies


def test_too_many_ties_are_refused_before_they_take_memory() -> None:
    which, starts = np.arange(2), np.zeros(2, np.int64)

    with pytest.raises(TooManyTies):
        expand_rows(which, starts, np.array([1, MAX_TIES_READ]))
    assert [values.tolist() for values in expand_rows(which, starts, np.array([1, 2]))] == [[0, 1, 1], [0, 0, 1]]


@given(st.lists(st.floats(2**-15, 1.0) | st.floats(0.0, 2.0)))
def test_packed_probabilities_are_exact(values: list[float]) -> None:
    numbers = np.array(values, np.float64)

    assert unpack(pack(numbers)).tobytes() == numbers.tobytes()


def test_probabilities_take_seven_bytes() -> None:
    assert pack(np.array([2**-15, 0.1, 0.7, 1.0])).nbytes == 4 * 7
    assert pack(np.array([0.7, 0.0])).nbytes == 2 * 8
