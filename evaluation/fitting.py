"""Logistic regression: coefficients for the model's two features, and one intercept for each network."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from evaluation.asks import Ask
from graph.strength.model import model

STEPS = 25
CONVERGED = 1e-10
PRIOR_ASKS = 500
"""Weight of the shipped intercept, in asks, so that few asks move it little (docs/strength.md)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Parameters as in graph/strength/model.json: strength is 1 / (1 + exp(intercept − contact·… − rate·…))."""

    contact: float
    rate: float
    intercept: float

    def strength(self, ask: Ask) -> float:
        """The probability of an answer."""
        contact, rate = ask.features
        return 1.0 / (1.0 + exp(self.intercept - self.contact * contact - self.rate * rate))


def shipped_fit() -> Fit:
    """The parameters of the shipped model."""
    parameters = model()
    return Fit(parameters.contact, parameters.rate, parameters.intercept)


def fit_coefficients(networks: Sequence[Sequence[Ask]]) -> Fit:
    """The maximum-likelihood coefficients for all networks, with one intercept each; the result has their mean."""
    size = 2 + len(networks)
    coefficients = [0.0] * size
    for _ in range(STEPS):
        gradient = [0.0] * size
        hessian = [[0.0] * size for _ in range(size)]
        for place, asks in enumerate(networks, 2):
            _add(asks, coefficients[0], coefficients[1], coefficients[place], place, gradient, hessian)
        step = solve(hessian, gradient)
        coefficients = [one + change for one, change in zip(coefficients, step, strict=True)]
        if max(map(abs, step)) < CONVERGED:
            break
    return Fit(coefficients[0], coefficients[1], -sum(coefficients[2:]) / len(networks))


def _add(
    asks: Sequence[Ask],
    contact: float,
    rate: float,
    base: float,
    place: int,
    gradient: list[float],
    hessian: list[list[float]],
) -> None:
    """Add the gradient and Hessian of these asks."""
    slope = [0.0] * 3
    curvature = [[0.0] * 3 for _ in range(3)]
    for ask in asks:
        x, y = ask.features
        p = 1.0 / (1.0 + exp(-(base + contact * x + rate * y)))
        residual, weight = ask.answered - p, p * (1 - p)
        slope[0] += residual * x
        slope[1] += residual * y
        slope[2] += residual
        curvature[0][0] += weight * x * x
        curvature[0][1] += weight * x * y
        curvature[1][1] += weight * y * y
        curvature[0][2] += weight * x
        curvature[1][2] += weight * y
        curvature[2][2] += weight
    places = (0, 1, place)
    for row in range(3):
        gradient[places[row]] += slope[row]
        for column in range(3):
            hessian[places[row]][places[column]] += curvature[min(row, column)][max(row, column)]


def solve(matrix: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Solve matrix · x = values by elimination; a singular column gets 0."""
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


def refit_intercept(fit: Fit, asks: Sequence[Ask]) -> Fit:
    """The same coefficients with the intercept refitted to these asks, shrunk towards the fit's own by PRIOR_ASKS."""
    base = fit.intercept
    prior = _share(base)
    expected_answers = sum(ask.answered for ask in asks) + PRIOR_ASKS * prior
    logits = [log(p / (1 - p)) for p in map(fit.strength, asks)]
    shift = 0.0
    for _ in range(STEPS):
        strength = [1.0 / (1.0 + exp(-logit - shift)) for logit in logits]
        prior_share = _share(base - shift)
        curvature = sum(p * (1 - p) for p in strength) + PRIOR_ASKS * prior_share * (1 - prior_share)
        step = (expected_answers - sum(strength) - PRIOR_ASKS * prior_share) / curvature
        shift += step
        if abs(step) < CONVERGED:
            break
    return Fit(fit.contact, fit.rate, base - shift)


def _share(intercept: float) -> float:
    return 1.0 / (1.0 + exp(intercept))
