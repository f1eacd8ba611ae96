"""Which of the found routes an answer lists.

Routes with at least the minimum score are listed, the others counted. Where the target knows the asker, routes are
searched if that tie is uncertain, and the stronger ones are listed. Introducers behind a tie that is asleep are listed
apart.
"""

from collections.abc import Sequence
from math import prod

import cypher
from graph.answers import Evidence, LowScoreRoutes, Route, Step
from graph.database.client import Graph
from graph.strength.model import LEVELS, WEAK, label_index
from graph.ties.evidence import Pair, Tie
from graph.viewer import Viewer

FIND_ASLEEP_INTRODUCERS = cypher.load("introductions/find_asleep_introducers")

MAX_ASLEEP_INTRODUCERS = 3
"""Maximum number of introducers in an answer behind a tie without contact for over 18 months."""


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
    """Whether the target's tie to the asker needs no other routes: it is not weak or asleep, and evidence shows it.

    `outbound` is the evidence of the target towards the asker. Others may know a person better whom the asker only
    states to know.
    """
    return tie.strength >= WEAK and not tie.is_asleep and (tie.label_only or not outbound.is_only_stated)


def stronger_routes(routes: Sequence[Route], tie: Step | Tie | None) -> tuple[Route, ...]:
    """Return the routes on which every step is stronger than the target's tie to the asker, if one is awake."""
    return tuple(
        route for route in routes if tie is None or tie.is_asleep or route.weakest_step.strength > tie.strength
    )


async def find_asleep_introducers(
    graph: Graph, viewer: Viewer, targets: Sequence[str], colleagues: Sequence[str]
) -> list[tuple[str, Pair]]:
    """Return people who would be the only introducer on a route if a tie of it were not asleep, and that tie.

    The best score comes first. The tie is the one to the viewer, or else the one to the target.
    """
    rows = await graph.run(
        FIND_ASLEEP_INTRODUCERS,
        network=viewer.network,
        viewer_id=viewer.person_id,
        targets=list(targets),
        colleagues=list(colleagues),
        never=[*targets, *viewer.ineligible_introducers],
        audiences=viewer.audiences,
        limit=MAX_ASLEEP_INTRODUCERS,
    )
    return [
        (row["introducer"], (row["introducer"], (viewer.person_id or "") if row["asked"] else row["target"]))
        for row in rows
    ]


def _greatest_strength(step: Step) -> float:
    return (*LEVELS, 1.0)[label_index(step.strength)] if step.label_only else step.strength
