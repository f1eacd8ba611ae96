"""Results of sent requests, as data to test the scores of routes with. They contain no person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cypher
from graph.database.client import Graph
from graph.requests.states import Outcome, RequestStatus

_LIST_RESULTS = cypher.load("requests/list_results")
_AGREED = {RequestStatus.TARGET_AGREED, RequestStatus.INTRODUCED}
_RESPONDED = {Outcome.ANSWERED, Outcome.MET, Outcome.HIRED, Outcome.DEAL}
"""Outcomes that show that the target responded to an asker who mentioned the introducer."""
_UNANSWERED = {RequestStatus.SENT, RequestStatus.WITHDRAWN}
GROUP_BOUNDS = (0.0, 0.1, 0.25, 0.5, 1.0)
"""The bounds of the groups of scores."""
MIN_GROUP = 5
"""Requests that a group needs, so that it does not reveal what became of a single request."""


@dataclass(frozen=True, slots=True)
class RequestResult:
    """The score of the route when it was drafted (None if only labels were shared), and what followed.

    `is_accepted` is whether the introducer accepted or allowed a mention, False also after an expiry; None while they
    may still answer, and after a withdrawal before an answer. `has_agreed` is whether the target agreed, or responded
    to an asker who mentioned the introducer; None if they were not asked or have not answered.
    """

    score: float | None
    is_accepted: bool | None
    has_agreed: bool | None
    outcome: Outcome | None


async def list_results(graph: Graph, network: str) -> list[RequestResult]:
    """The results of all sent requests of the network, the first sent first."""
    rows = await graph.run(_LIST_RESULTS, network=network)
    return [
        _result(row["score"], [RequestStatus(status) for status in row["statuses"]], row["outcome"]) for row in rows
    ]


def _result(score: float | None, statuses: list[RequestStatus], outcome: str | None) -> RequestResult:
    accepted = {RequestStatus.ACCEPTED, RequestStatus.MENTION_ONLY} & {*statuses}
    return RequestResult(
        score=score,
        is_accepted=True if accepted else None if {*statuses} <= _UNANSWERED else False,
        has_agreed=_has_agreed({*statuses}, outcome),
        outcome=Outcome(outcome) if outcome else None,
    )


def _has_agreed(statuses: set[RequestStatus], outcome: str | None) -> bool | None:
    if _AGREED & statuses or outcome in _RESPONDED:
        return True
    return False if RequestStatus.TARGET_DECLINED in statuses or outcome == Outcome.NO_ANSWER else None


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The decided requests whose route had a score above `low` and up to `high`.

    `mean_score` is the predicted share, and `agreed` / `count` the observed one: the introducer accepted and the target
    agreed. `accepted` are those that the introducer accepted. `outcomes` are the recorded ones.
    """

    low: float
    high: float
    count: int
    mean_score: float
    accepted: int
    agreed: int
    outcomes: Mapping[Outcome, int]


def group_by_score(results: Iterable[RequestResult], bounds: Sequence[float] = GROUP_BOUNDS) -> list[ScoreGroup]:
    """Compare scores with what followed, in groups of at least MIN_GROUP decided requests.

    A request is decided once the introducer did not accept, or the target agreed or declined. Others are left out.
    """
    decided = [
        (result.score, result)
        for result in results
        if result.score is not None and (result.is_accepted is False or result.has_agreed is not None)
    ]
    groups = []
    for low, high in pairwise(bounds):
        inside = [(score, result) for score, result in decided if low < score <= high]
        if len(inside) < MIN_GROUP:
            continue
        groups.append(
            ScoreGroup(
                low,
                high,
                len(inside),
                sum(score for score, _ in inside) / len(inside),
                sum(bool(result.is_accepted) for _, result in inside),
                sum(bool(result.has_agreed) for _, result in inside),
                Counter(result.outcome for _, result in inside if result.outcome),
            )
        )
    return groups
