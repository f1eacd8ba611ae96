"""Tests of fitting a network's intercept: the estimate, its shrinkage, and the test on the newest requests."""

from math import exp, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.strength.intercept_fit import MIN_REQUESTS, Asks, figures, try_fit

Row = tuple[int, float, bool]
row_lists = st.lists(
    st.tuples(st.integers(0, 400), st.floats(-3, 3), st.booleans()),
    min_size=20,
    max_size=120,
)


def make_asks(*rows: Row) -> Asks:
    asks = Asks()
    for day, logit, answered in rows:
        asks.add(day, logit, answered=answered)
    return asks


def network_rows(count: int, shift: float, *, later: float | None = None, days: int = 1000) -> list[Row]:
    """Requests whose true log-odds exceed the model's by `shift`, or by `later` in the last 30 % of days."""
    chance = Random(1)
    rows = []
    for number in range(count):
        day = days * number // count
        true = shift if later is None or day < 0.7 * days else later
        logit = chance.uniform(-2, 2)
        rows.append((day, logit, chance.random() < 1 / (1 + exp(-logit - true))))
    return rows


def test_the_fit_recovers_a_shift_and_improves_the_figures() -> None:
    trial = try_fit(make_asks(*network_rows(20_000, 0.8)))

    assert trial.helps
    assert trial.shift == pytest.approx(0.8 * 20_000 / 20_500, abs=0.05)
    assert trial.fitted.log_loss < trial.shipped.log_loss
    assert trial.fitted.brier < trial.shipped.brier
    assert trial.fitted.calibration_error < 0.02 < 0.1 < trial.shipped.calibration_error
    assert trial.fitted.auc == trial.shipped.auc


def test_few_requests_shift_the_intercept_little() -> None:
    trial = try_fit(make_asks(*network_rows(MIN_REQUESTS, 0.8)))

    assert 0 < trial.tested < trial.shift < 0.4


def test_a_shift_that_has_reversed_does_not_help() -> None:
    assert not try_fit(make_asks(*network_rows(5_000, 0.8, later=-0.8))).helps


def test_the_hold_out_is_the_newest_30_percent_in_complete_days() -> None:
    trial = try_fit(make_asks(*network_rows(1000, 0.5, days=100)))

    assert (trial.asks, trial.known, trial.since, trial.held) == (1000, 700, 70, 300)
    assert try_fit(make_asks(*network_rows(1000, 0.5, days=1))).known == 0


@given(rows=row_lists)
def test_a_kept_fit_is_never_worse_on_the_hold_out(rows: list[Row]) -> None:
    asks = make_asks(*rows)
    trial = try_fit(asks)
    kept = figures(asks.between(trial.since, 400), trial.shift)

    if trial.fitted.log_loss <= trial.shipped.log_loss:
        assert kept.log_loss <= trial.fitted.log_loss + 1e-9  # as its docstring argues
    if trial.helps:
        assert kept.no_worse(trial.shipped)
        assert trial.fitted.no_worse(trial.shipped)


@given(rows=row_lists, order=st.randoms(use_true_random=False))
def test_the_fit_does_not_depend_on_the_order_of_requests(rows: list[Row], order: Random) -> None:
    other = list(rows)
    order.shuffle(other)

    assert try_fit(make_asks(*rows)) == try_fit(make_asks(*other))


def test_the_figures_equal_values_computed_by_hand() -> None:
    sure, even = log(0.9 / 0.1), 0.0
    asks = make_asks((1, sure, True), (1, sure, False), (1, even, True), (1, even, False))

    result = figures(asks, 0.0)
    assert result.log_loss == pytest.approx((-log(0.9) - log(0.1) - 2 * log(0.5)) / 4)
    assert result.brier == pytest.approx((0.01 + 0.81 + 0.25 + 0.25) / 4)
    assert result.calibration_error == pytest.approx(2 * 0.4 / 4)
    assert result.auc == 0.5
    assert figures(make_asks((1, sure, True), (1, even, False)), 0.0).auc == 1.0
    assert figures(make_asks((1, sure, True), (1, even, True)), 0.0).auc == 0.5
