"""Introduction requests as evidence for the scores of routes: how many of each score were accepted and agreed to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.requests.results import RequestResult

SCORE_BOUNDS = (0.0, 0.1, 0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The requests whose route had a score above `low` and up to `high`.

    `mean_score` is the predicted share. `agreed_share` is the observed share: the introducer accepted and the target
    agreed, among the requests that ended either way.
    """

    low: float
    high: float
    count: int
    mean_score: float
    agreed_share: float


def group_by_score(results: Iterable[RequestResult], bounds: Sequence[float] = SCORE_BOUNDS) -> list[ScoreGroup]:
    """Compare scores with what followed. Requests that may still succeed are left out, and so are empty groups."""
    decided = [
        (result.score, bool(result.has_agreed))
        for result in results
        if result.score is not None and (result.is_accepted is False or result.has_agreed is not None)
    ]
    groups = []
    for low, high in pairwise(bounds):
        inside = [(score, agreed) for score, agreed in decided if low < score <= high]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            groups.append(ScoreGroup(low, high, len(inside), mean, sum(agreed for _, agreed in inside) / len(inside)))
    return groups
