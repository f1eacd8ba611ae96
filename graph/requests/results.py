"""Results of sent requests, as data to test the scores of routes with. They contain no person."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.requests.states import Outcome, RequestStatus

_LIST_RESULTS = cypher.load("requests/list_results")
_AGREED = {RequestStatus.TARGET_AGREED, RequestStatus.INTRODUCED}
_UNANSWERED = {RequestStatus.SENT, RequestStatus.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class RequestResult:
    """The score of the route when it was drafted (None if only labels were shared), and what followed.

    `is_accepted` is whether the introducer accepted or allowed a mention, False also after an expiry; None while they
    may still answer, and after a withdrawal before an answer. `has_agreed` is whether the target agreed; None if they
    were not asked or have not answered.
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
    asked = RequestStatus.TARGET_ASKED in statuses
    declined_by_target = RequestStatus.TARGET_DECLINED in statuses
    return RequestResult(
        score=score,
        is_accepted=True if accepted else None if {*statuses} <= _UNANSWERED else False,
        has_agreed=True if _AGREED & {*statuses} else False if asked and declined_by_target else None,
        outcome=Outcome(outcome) if outcome else None,
    )
