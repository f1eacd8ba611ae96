"""A network's own intercept, in plain Python: found, shrunk, tested on the newest asks, kept only where it helps."""

from math import exp, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.strength.intercept_fit import MIN_REQUESTS, Asks, figures, try_fit

Row = tuple[int, float, bool]
drawn = st.lists(
    st.tuples(st.integers(0, 400), st.floats(-3, 3), st.booleans()),
    min_size=20,
    max_size=120,
)


def asked(*rows: Row) -> Asks:
    asks = Asks()
    for day, logit, answered in rows:
        asks.add(day, logit, answered=answered)
    return asks


def network(count: int, shift: float, *, later: float | None = None, days: int = 1000) -> list[Row]:
    """Asks answered more readily than the model says, by `shift` in log-odds; by `later` in the last 30 % of days."""
    chance = Random(1)
    rows = []
    for number in range(count):
        day = days * number // count
        true = shift if later is None or day < 0.7 * days else later
        logit = chance.uniform(-2, 2)
        rows.append((day, logit, chance.random() < 1 / (1 + exp(-logit - true))))
    return rows


def test_what_a_network_does_differently_is_found_and_makes_the_odds_truer() -> None:
    trial = try_fit(asked(*network(20_000, 0.8)))

    assert trial.helps
    assert trial.shift == pytest.approx(0.8 * 20_000 / 20_500, abs=0.05)
    assert trial.fitted.log_loss < trial.shipped.log_loss
    assert trial.fitted.brier < trial.shipped.brier
    assert trial.fitted.calibration_error < 0.02 < 0.1 < trial.shipped.calibration_error
    assert trial.fitted.auc == trial.shipped.auc


def test_few_asks_barely_move_it() -> None:
    trial = try_fit(asked(*network(MIN_REQUESTS, 0.8)))

    assert 0 < trial.tested < trial.shift < 0.4


def test_what_changed_since_is_noticed_and_not_kept() -> None:
    assert not try_fit(asked(*network(5_000, 0.8, later=-0.8))).helps


def test_the_hold_out_is_the_newest_three_tenths_in_whole_days() -> None:
    trial = try_fit(asked(*network(1000, 0.5, days=100)))

    assert (trial.asks, trial.known, trial.since, trial.held) == (1000, 700, 70, 300)
    assert try_fit(asked(*network(1000, 0.5, days=1))).known == 0


@given(rows=drawn)
def test_it_is_never_worse_than_the_shipped_model_on_the_hold_out(rows: list[Row]) -> None:
    asks = asked(*rows)
    trial = try_fit(asks)
    kept = figures(asks.between(trial.since, 400), trial.shift)

    if trial.fitted.log_loss <= trial.shipped.log_loss:
        assert kept.log_loss <= trial.fitted.log_loss + 1e-9  # as its docstring argues
    if trial.helps:
        assert kept.no_worse(trial.shipped)
        assert trial.fitted.no_worse(trial.shipped)


@given(rows=drawn, order=st.randoms(use_true_random=False))
def test_the_order_of_asks_changes_no_bit(rows: list[Row], order: Random) -> None:
    other = list(rows)
    order.shuffle(other)

    assert try_fit(asked(*rows)) == try_fit(asked(*other))


def test_the_figures_by_hand() -> None:
    sure, even = log(0.9 / 0.1), 0.0
    asks = asked((1, sure, True), (1, sure, False), (1, even, True), (1, even, False))

    found = figures(asks, 0.0)
    assert found.log_loss == pytest.approx((-log(0.9) - log(0.1) - 2 * log(0.5)) / 4)
    assert found.brier == pytest.approx((0.01 + 0.81 + 0.25 + 0.25) / 4)
    assert found.calibration_error == pytest.approx(2 * 0.4 / 4)
    assert found.auc == 0.5
    assert figures(asked((1, sure, True), (1, even, False)), 0.0).auc == 1.0
    assert figures(asked((1, sure, True), (1, even, True)), 0.0).auc == 0.5
