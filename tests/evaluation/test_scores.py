"""The scores equal values computed by hand."""

from math import exp, log

import pytest

from evaluation.asks import Ask
from evaluation.fitting import Fit, fit_coefficients, refit_intercept, solve
from evaluation.scores import bins, brier, calibration_error, hit, interval, log_loss, reciprocal
from graph.strength.intercept_fit import auc

PREDICTIONS = [0.1, 0.4, 0.4, 0.8]
LABELS = [False, True, False, True]


def ask(contact: float, rate: float, *, answered: bool) -> Ask:
    """An ask with these values of the two features."""
    return Ask("1", "2", 0, exp(contact) - 1, exp(max(0.0, -rate)) - 1, exp(max(0.0, rate)) - 1, answered)


def test_scores_of_ranking_and_probability() -> None:
    assert auc(PREDICTIONS, LABELS) == (1 + 0.5 + 1 + 1) / 4
    assert brier(PREDICTIONS, LABELS) == pytest.approx((0.01 + 0.36 + 0.16 + 0.04) / 4)
    assert log_loss(PREDICTIONS, LABELS) == pytest.approx(-(log(0.9) + log(0.4) + log(0.6) + log(0.8)) / 4)


def test_bins_and_calibration_error() -> None:
    """Equal predictions share a bin."""
    low, high = bins(PREDICTIONS, LABELS, number=2)

    assert (low.count, low.observed) == (3, 1 / 3)
    assert low.predicted == pytest.approx(0.3)
    assert (high.count, high.predicted, high.observed) == (1, 0.8, 1.0)
    assert calibration_error([0.2] * 10, [True] + [False] * 9) == pytest.approx(0.1)


def test_equal_values_rank_in_random_order() -> None:
    assert reciprocal(3, [1, 2]) == 1
    assert reciprocal(2, [2, 1]) == (1 + 1 / 2) / 2
    assert hit(2, [2, 1], first=1) == 0.5
    assert hit(2, [3, 2, 2], first=3) == 2 / 3
    assert hit(1, [3, 2], first=1) == 0


def test_an_interval_widens_with_fewer_clusters() -> None:
    assert interval([1.0, 1.0], ["a", "b"]).low == 1
    wide, narrow = interval([0.0, 1.0] * 4, ["a", "b"] * 4), interval([0.0, 1.0] * 4, list("abcdefgh"))
    assert wide.mean == narrow.mean == 0.5
    assert (wide.low, wide.high) == (0, 1)
    assert 0 < narrow.low < 0.5 < narrow.high < 1


def test_a_fit_recovers_the_coefficients_that_generated_the_answers() -> None:
    """With answer shares equal to the strengths, the most likely coefficients are the true ones."""
    true = Fit(contact=0.8, rate=0.4, intercept=0.5)
    asks = []
    for contact, rate in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (2.0, -1.0)):
        share = round(1000 * true.strength(ask(contact, rate, answered=True)))
        asks += [ask(contact, rate, answered=place < share) for place in range(1000)]

    result = fit_coefficients([asks])

    assert (result.contact, result.rate, result.intercept) == pytest.approx((0.8, 0.4, 0.5), abs=0.01)
    assert refit_intercept(result, asks).intercept == pytest.approx(result.intercept, abs=1e-6)


def test_few_asks_move_an_intercept_little() -> None:
    base = Fit(0.8, 0.4, 0.0)
    moved = [refit_intercept(base, [ask(0, 0, answered=True)] * count).intercept for count in (1, 50, 5_000)]

    assert 0 > moved[0] > -0.01
    assert moved[0] > moved[1] > moved[2]


def test_linear_equations_are_solved() -> None:
    assert solve([[2, 1], [1, 3]], [3, 5]) == pytest.approx([0.8, 1.4])
    assert solve([[2, 0], [0, 0]], [3, 0]) == [1.5, 0]
