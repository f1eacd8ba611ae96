"""Tests of the compressed rows of a route index."""

import numpy as np
import pytest

from graph.introductions.index.adjacency import MAX_TIES_READ, expand_rows
from graph.introductions.index.registry import TooManyTies


def test_too_many_ties_are_refused_before_they_take_memory() -> None:
    which, starts = np.arange(2), np.zeros(2, np.int64)

    with pytest.raises(TooManyTies):
        expand_rows(which, starts, np.array([1, MAX_TIES_READ]))
    assert [values.tolist() for values in expand_rows(which, starts, np.array([1, 2]))] == [[0, 1, 1], [0, 0, 1]]
