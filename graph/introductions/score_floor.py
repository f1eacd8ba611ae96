"""Which of the found routes an answer lists: those with at least the least score. The others are counted."""

from collections.abc import Sequence
from math import prod

from graph.answers import Route, Step, WeakRoutes
from graph.strength.model import LEVELS, level

MIN_SCORE = 0.05
"""Default of the setting TERTIUS_LIMITS__MIN_ROUTE_SCORE."""


def split_by_score(routes: Sequence[Route], min_score: float) -> tuple[tuple[Route, ...], WeakRoutes]:
    """Return the routes before the first with a lower score, and the number of the others. The best come first."""
    listed = next((place for place, one in enumerate(routes) if is_too_weak(one, min_score)), len(routes))
    return tuple(routes[:listed]), WeakRoutes(len(routes) - listed, min_score)


def is_too_weak(route: Route, min_score: float) -> bool:
    """Whether the score is surely lower.

    A step of which the viewer may see only the label counts with the upper bound of the label. Otherwise the decision
    would reveal its number.
    """
    score = route.score if route.score is not None else prod(map(_greatest_strength, route.steps))
    return score < min_score


def _greatest_strength(step: Step) -> float:
    return (*LEVELS, 1.0)[level(step.strength)] if step.label_only else step.strength
