"""Which of the found routes an answer lists.

Routes with at least the minimum score are listed, the others counted. Where the target knows the asker, routes are
searched if that tie is uncertain, and the stronger ones are listed.
"""

from collections.abc import Sequence
from math import prod

from graph.answers import Evidence, LowScoreRoutes, Route, Step
from graph.strength.model import LEVELS, WEAK, label_index
from graph.ties.evidence import Tie


def split_by_score(routes: Sequence[Route], min_score: float) -> tuple[tuple[Route, ...], LowScoreRoutes]:
    """Return the routes before the first with a lower score, and the number of the others. The best come first."""
    listed = next((place for place, one in enumerate(routes) if is_below_minimum(one, min_score)), len(routes))
    return tuple(routes[:listed]), LowScoreRoutes(len(routes) - listed, min_score)


def is_below_minimum(route: Route, min_score: float) -> bool:
    """Whether the score is surely lower.

    A step of which the viewer may see only the label counts with the upper bound of the label. Otherwise the decision
    would reveal its number.
    """
    score = route.score if route.score is not None else prod(map(_greatest_strength, route.steps))
    return score < min_score


def is_certain(tie: Step | Tie, outbound: Evidence) -> bool:
    """Whether the target's tie to the asker needs no other routes: it is not weak, and evidence shows it.

    `outbound` is the evidence of the target towards the asker. Others may know a person better whom the asker only
    states to know.
    """
    return tie.strength >= WEAK and (tie.label_only or not outbound.is_only_stated)


def stronger_routes(routes: Sequence[Route], tie: Step | Tie | None) -> tuple[Route, ...]:
    """Return the routes on which every step is stronger than the target's tie to the asker, if there is one."""
    return tuple(route for route in routes if tie is None or route.weakest_step.strength > tie.strength)


def _greatest_strength(step: Step) -> float:
    return (*LEVELS, 1.0)[label_index(step.strength)] if step.label_only else step.strength
