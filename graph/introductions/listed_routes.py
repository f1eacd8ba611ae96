"""Selects the routes of a search that an answer lists.

Routes with at least the minimum score are listed, the others counted. Where the target knows the asker, routes are
searched if that tie is uncertain, and the stronger ones are listed. Introducers behind a tie that is asleep are listed
apart.
"""

from collections.abc import Mapping, Sequence
from math import prod
from typing import TypeVar

import cypher
from graph.answers import AsleepIntroducer, Evidence, LowScoreRoutes, Route, Step
from graph.database.client import Graph
from graph.introductions.assemble import build_step
from graph.lookup.profiles import read_profiles
from graph.strength.model import LEVELS, WEAK, label_index
from graph.ties.evidence import Pair, Tie
from graph.ties.reachability import find_unreachable_people
from graph.viewer import Viewer

FIND_ASLEEP_INTRODUCERS = cypher.load("introductions/find_asleep_introducers")

MAX_ASLEEP_INTRODUCERS = 3
"""Maximum number of introducers in an answer behind a silent tie, and behind one of somebody who is unreachable."""
_CANDIDATES = 25
"""Introducers of a target of whom the first are listed: the viewer may see only the label of some ties."""

Key = TypeVar("Key")


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
    graph: Graph, viewer: Viewer, targets: Sequence[Sequence[str]], colleagues: Sequence[str]
) -> list[list[tuple[str, Pair]]]:
    """Return for each target people who would be the only introducer on a route if no tie of it were asleep.

    Each is returned with that tie: the one to the viewer, or else the one to the target. The best score comes first.
    """
    rows = await graph.run(
        FIND_ASLEEP_INTRODUCERS,
        network=viewer.network,
        viewer_id=viewer.person_id,
        targets=[list(ids) for ids in targets],
        colleagues=list(colleagues),
        never=viewer.ineligible_introducers,
        audiences=viewer.audiences,
        limit=_CANDIDATES,
    )
    introducers: list[list[tuple[str, Pair]]] = [[] for _ in targets]
    for row in rows:
        for introducer, target, is_asked in row["found"]:
            introducers[row["place"]].append(
                (introducer, (introducer, (viewer.person_id or "") if is_asked else target))
            )
    return introducers


async def build_asleep_introducers(
    graph: Graph,
    viewer: Viewer,
    introducers: Mapping[Key, Sequence[tuple[str, Pair]]],
    ties: Mapping[Pair, Tie],
    evidence: Mapping[Pair, Evidence],
) -> dict[Key, tuple[AsleepIntroducer, ...]]:
    """Return the introducers behind ties that the viewer may see to be asleep, of each target.

    Of those whom silence excludes, and of those who are unreachable, the first are listed. Who is unreachable for a
    reason that the viewer may not see is left out.
    """
    asleep = {
        key: [each for each in some if each[1] in ties and ties[each[1]].is_asleep] for key, some in introducers.items()
    }
    pairs = {pair for some in asleep.values() for _, pair in some}
    unreachable_pairs = [pair for pair in pairs if ties[pair].is_unreachable]
    ids = {id for pair in unreachable_pairs for id in pair}
    unreachable = await find_unreachable_people(graph, viewer, ids) if ids else {}
    profiles = await read_profiles(graph, viewer, {id for pair in pairs for id in pair}) if pairs else {}

    def built(some: Sequence[tuple[str, Pair]]) -> tuple[AsleepIntroducer, ...]:
        all_of_them = [
            (
                AsleepIntroducer(profiles[id], build_step(pair, ties[pair], profiles, evidence, unreachable)),
                ties[pair].is_unreachable,
            )
            for id, pair in some
        ]
        silent = [one for one, is_unreachable in all_of_them if not is_unreachable]
        others = [one for one, _ in all_of_them if one.tie.unreachable is not None]
        return (*silent[:MAX_ASLEEP_INTRODUCERS], *others[:MAX_ASLEEP_INTRODUCERS])

    return {key: built(some) for key, some in asleep.items()}


def _greatest_strength(step: Step) -> float:
    return (*LEVELS, 1.0)[label_index(step.strength)] if step.label_only else step.strength
