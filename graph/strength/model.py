"""The model of tie strength (docs/strength.md).

All its numbers are in graph/strength/model.json. Sums are taken in integers, 1e-12 of a fresh message each, so that the
order in which evidence is stored cannot change any bit of a result.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Self

WEAK = 0.4
"""A tie with a lower strength has the label WEAK, and answers also show routes around it (docs/strength.md)."""

UNIT = 1e12
LEVELS = (0.4, 0.55, 0.75)
"""Lower bounds of the labels FAIR, GOOD and STRONG. A strength below the first has the label WEAK."""


def label_index(strength: float | None) -> int:
    """Return the index of the strength label: 0 (WEAK) to 3 (STRONG), or -1 for None, a stranger."""
    return -1 if strength is None else bisect_right(LEVELS, strength)


@dataclass(frozen=True, slots=True)
class Model:
    """Half-lives and durations are in days, weights in messages; docs/strength.md defines the rest.

    The channel of a statement decides its effect. Channels of `stating` state that one person knows another, those of
    `parting` that two people are out of touch, those of `barring` that no route may use the tie. A statement without a
    duration in `statement_lasts` does not expire.
    """

    version: str
    fitted: str
    judgement: str
    half_life: float
    long_half_life: float
    long_share: float
    rate_half_life: float
    answer_within: int
    ask_audience: int
    crowd: int
    small_meeting: int
    intercept: float
    contact: float
    rate: float
    least_strength: float
    asleep_after: int
    cold_after: int
    statement_lasts: dict[str, int | None]
    weights: dict[str, float]
    reaching: tuple[str, ...]
    stating: tuple[str, ...]
    parting: tuple[str, ...]
    barring: tuple[str, ...]
    asking: tuple[str, ...]

    def contact_sum(self, days: Iterable[tuple[int, float]], *, on: int) -> float:
        """Return I(v→u) of docs/strength.md: the decayed sum of `(day, weight)` of v towards u, as of day `on`."""
        return sum(round(UNIT * weight * self.left(max(0, on - day))) for day, weight in days) / UNIT

    def left(self, age: int) -> float:
        """Return what is left of a weight after `age` days."""
        short: float = 2.0 ** (-age / self.half_life)
        long: float = 2.0 ** (-age / self.long_half_life)
        return short + self.long_share * long

    def faded(self, days: Iterable[int], *, on: int) -> float:
        """Return the decayed number of these days, as of day `on`, with the half-life of response rates."""
        total: int = sum(round(UNIT * 2.0 ** (-(on - day) / self.rate_half_life)) for day in days)
        return total / UNIT

    def strength(self, contact: float, *, got: float, answered: float) -> float:
        """Return the probability, 0 to 1, that v responds when u asks.

        `contact` is I(v→u). `got` and `answered` are v's decayed numbers of requests and responses; both are 0 where no
        source shows any.
        """
        rate = log((answered + 1.0) / (max(got - answered, 0.0) + 1.0))
        return 1.0 / (1.0 + exp(self.intercept - self.contact * log(1.0 + contact) - self.rate * rate))

    def fitted_to(self, shift: float) -> Self:
        """Return this model with a network's own intercept: `shift` is added to all log-odds."""
        return replace(self, intercept=self.intercept - shift)


@cache
def model() -> Model:
    """Return the shipped model. State.model is the model of one network, calibrated or not."""
    stored = json.loads(files("graph.strength").joinpath("model.json").read_text("utf-8"))
    lists = {name: tuple(stored[name]) for name in ("reaching", "stating", "parting", "barring", "asking")}
    return Model(**{**stored, **lists})
