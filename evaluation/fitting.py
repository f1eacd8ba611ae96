"""Logistic regression in a page: coefficients for the model's two sums, one intercept a network."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from evaluation.asks import Ask
from graph.strength.model import model

STEPS = 25
CLOSE = 1e-10
SHRUNK = 500
"""So many asks at the shipped prior stand beside a network's own: few asks move it little (docs/strength.md)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """As in graph/strength/model.json: the odds are 1 / (1 + exp(intercept − contact·… − rate·…))."""

    contact: float
    rate: float
    intercept: float

    def odds(self, ask: Ask) -> float:
        """The odds of an answer."""
        contact, rate = ask.features
        return 1.0 / (1.0 + exp(self.intercept - self.contact * contact - self.rate * rate))


def shipped() -> Fit:
    """The model that ships."""
    numbers = model()
    return Fit(numbers.contact, numbers.rate, numbers.intercept)


def fitted(networks: Sequence[Sequence[Ask]]) -> Fit:
    """The likeliest coefficients for all of these together, each with an intercept of its own, and their mean."""
    size = 2 + len(networks)
    told = [0.0] * size
    for _ in range(STEPS):
        slope = [0.0] * size
        bend = [[0.0] * size for _ in range(size)]
        for place, asks in enumerate(networks, 2):
            _add(asks, told[0], told[1], told[place], place, slope, bend)
        step = solved(bend, slope)
        told = [one + change for one, change in zip(told, step, strict=True)]
        if max(map(abs, step)) < CLOSE:
            break
    return Fit(told[0], told[1], -sum(told[2:]) / len(networks))


def _add(
    asks: Sequence[Ask],
    contact: float,
    rate: float,
    base: float,
    place: int,
    slope: list[float],
    bend: list[list[float]],
) -> None:
    """Add what these asks pull at the coefficients, and how stiffly."""
    pull = [0.0] * 3
    stiff = [[0.0] * 3 for _ in range(3)]
    for ask in asks:
        x, y = ask.features
        p = 1.0 / (1.0 + exp(-(base + contact * x + rate * y)))
        off, weight = ask.answered - p, p * (1 - p)
        pull[0] += off * x
        pull[1] += off * y
        pull[2] += off
        stiff[0][0] += weight * x * x
        stiff[0][1] += weight * x * y
        stiff[1][1] += weight * y * y
        stiff[0][2] += weight * x
        stiff[1][2] += weight * y
        stiff[2][2] += weight
    places = (0, 1, place)
    for row in range(3):
        slope[places[row]] += pull[row]
        for column in range(3):
            bend[places[row]][places[column]] += stiff[min(row, column)][max(row, column)]


def solved(matrix: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """x of matrix · x = values, by elimination; a column that says nothing gets 0."""
    size = len(values)
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for k in range(size):
        best = max(range(k, size), key=lambda row: abs(rows[row][k]))
        rows[k], rows[best] = rows[best], rows[k]
        if abs(rows[k][k]) < 1e-12:
            rows[k] = [float(column == k) for column in range(size)] + [0.0]
        for row in range(size):
            if row != k and (share := rows[row][k] / rows[k][k]):
                rows[row] = [one - share * other for one, other in zip(rows[row], rows[k], strict=True)]
    return [rows[k][size] / rows[k][k] for k in range(size)]


def at_home(fit: Fit, asks: Sequence[Ask]) -> Fit:
    """The same coefficients with the intercept that these asks want, shrunk towards the fit's own by SHRUNK asks."""
    base = fit.intercept
    prior = _share(base)
    wanted = sum(ask.answered for ask in asks) + SHRUNK * prior
    logits = [log(p / (1 - p)) for p in map(fit.odds, asks)]
    shift = 0.0
    for _ in range(STEPS):
        odds = [1.0 / (1.0 + exp(-logit - shift)) for logit in logits]
        idle = _share(base - shift)
        stiff = sum(p * (1 - p) for p in odds) + SHRUNK * idle * (1 - idle)
        step = (wanted - sum(odds) - SHRUNK * idle) / stiff
        shift += step
        if abs(step) < CLOSE:
            break
    return Fit(fit.contact, fit.rate, base - shift)


def _share(intercept: float) -> float:
    return 1.0 / (1.0 + exp(intercept))
