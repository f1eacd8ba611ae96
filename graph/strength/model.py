"""The model of a tie (docs/strength.md), in plain Python: what cypher/tie_*.cypher computes, to 1e-9.

Its numbers stand in graph/strength/model.json and nowhere else. Sums are taken in whole billionths of a billionth of
what one fresh message is worth, so that the order in which evidence is stored cannot change a bit of them.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Any, Self

WEAK = 0.4
"""A tie with lower odds is shown as weak, and ways round it are shown with it (docs/strength.md)."""

UNIT = 1e12
LEVELS = (0.4, 0.55, 0.75)
"""The least odds of what people read as fair, good and strong (design.md §4); below all of them they read weak."""


def level(odds: float | None) -> int:
    """How many of LEVELS these odds reach; -1 for a stranger, who has none."""
    return -1 if odds is None else bisect_right(LEVELS, odds)


@dataclass(frozen=True, slots=True)
class Model:
    """Half-lives and lasting times in days; weights in messages; the rest as in docs/strength.md.

    What a statement does is told by its channel: those of `stating` say that one knows another, those of `parting` that
    two are out of touch, those of `barring` that no route is to lead over the two. One without a lasting time stays.
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
    cold_after: int
    statement_lasts: dict[str, int | None]
    weights: dict[str, float]
    reaching: tuple[str, ...]
    stating: tuple[str, ...]
    parting: tuple[str, ...]
    barring: tuple[str, ...]
    asking: tuple[str, ...]

    def contact_sum(self, days: Iterable[tuple[int, float]], *, on: int) -> float:
        """I(v→u) of docs/strength.md: what v did towards u, `(day, weight)` each, as of day `on`."""
        return sum(round(UNIT * weight * self._left(max(0, on - day))) for day, weight in days) / UNIT

    def _left(self, age: int) -> float:
        short: float = 2.0 ** (-age / self.half_life)
        long: float = 2.0 ** (-age / self.long_half_life)
        return short + self.long_share * long

    def faded(self, days: Iterable[int], *, on: int) -> float:
        """How many of these days still count towards a rate, as of day `on`."""
        total: int = sum(round(UNIT * 2.0 ** (-(on - day) / self.rate_half_life)) for day in days)
        return total / UNIT

    def strength(self, contact: float, *, got: float, answered: float) -> float:
        """The odds, 0 to 1, that v does something when u asks.

        `contact` is I(v→u); `got` and `answered` are v's faded asks and answers, both 0 where none were in view.
        """
        rate = log((answered + 1.0) / (max(got - answered, 0.0) + 1.0))
        return 1.0 / (1.0 + exp(self.intercept - self.contact * log(1.0 + contact) - self.rate * rate))

    def fitted_to(self, shift: float) -> Self:
        """The same model with a network's own intercept: all log-odds shifted (graph.fit)."""
        return replace(self, intercept=self.intercept - shift)

    def numbers(self) -> dict[str, Any]:
        """What the queries take as `$model`; half-lives as floats, since Cypher divides whole numbers whole."""
        return {
            "unit": UNIT,
            "half_life": float(self.half_life),
            "long_half_life": float(self.long_half_life),
            "long_share": self.long_share,
            "rate_half_life": float(self.rate_half_life),
            "answer_within": self.answer_within,
            "intercept": self.intercept,
            "contact": self.contact,
            "rate": self.rate,
            "least_strength": self.least_strength,
            "cold_after": self.cold_after,
            "reaching": list(self.reaching),
            "stating": list(self.stating),
        }


@cache
def model() -> Model:
    """The model that ships; State.model is what a network goes by."""
    stored = json.loads(files("graph.strength").joinpath("model.json").read_text("utf-8"))
    lists = {name: tuple(stored[name]) for name in ("reaching", "stating", "parting", "barring", "asking")}
    return Model(**{**stored, **lists})
