"""Scores of routes are compared with what became of the requests, without people."""

from dataclasses import replace

import neo4j
import pytest

from graph.database.client import Graph
from graph.requests.results import RequestResult, group_by_score, list_results
from graph.requests.states import Outcome, RequestRules
from operations.requests.acting import (
    Response,
    TargetResponse,
    record_introduction,
    record_outcome,
    record_target_response,
    respond_to_request,
    send_request,
)
from tests.graph.worlds import TODAY
from tests.operations.requests_team import create_request_team, draft_request, session_of


async def test_groups_compare_predicted_and_observed_shares(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Five requests of one route: three reach an outcome, one is declined, and of one the target declines."""
    await create_request_team(driver, graph)
    ben = await session_of(graph, "ben")
    ana = replace(await session_of(graph, "ana"), request_rules=RequestRules(monthly_cap=9, monthly_cap_per_asker=9))
    for number, outcome in enumerate((Outcome.MET, Outcome.MET, Outcome.DEAL, None, None)):
        assert group_by_score(await list_results(graph, ana.state.network)) == []  # too few
        id = (await draft_request(graph, key=str(number))).id
        await send_request(ana, id)
        answer = Response.DECLINE if number == 3 else Response.ACCEPT
        await respond_to_request(ben, id, answer, today=TODAY)
        if answer is Response.DECLINE:
            continue
        await record_target_response(ben, id, TargetResponse.ASKED)
        await record_target_response(ben, id, TargetResponse.AGREED if outcome else TargetResponse.DECLINED)
        if outcome:
            await record_introduction(ben, id)
            await record_outcome(ana, id, outcome)

    results = await list_results(graph, ana.state.network)
    (group,) = group_by_score(results)
    assert (group.count, group.accepted, group.agreed) == (5, 4, 3)
    assert group.outcomes == {Outcome.MET: 2, Outcome.DEAL: 1}
    assert group.low < group.mean_score <= group.high
    assert group.mean_score == pytest.approx(results[0].score)


async def test_an_outcome_after_a_mention_says_whether_the_target_responded(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await create_request_team(driver, graph)
    ana, ben = await session_of(graph, "ana"), await session_of(graph, "ben")
    id = (await draft_request(graph)).id
    await send_request(ana, id)
    await respond_to_request(ben, id, Response.ALLOW_MENTION, today=TODAY)
    agreed = []
    for outcome in (Outcome.NO_ANSWER, Outcome.NOT_USEFUL, Outcome.MET):
        await record_outcome(ana, id, outcome)
        (result,) = await list_results(graph, ana.state.network)
        agreed.append(result.has_agreed)

    assert agreed == [False, None, True]


def test_requests_that_may_still_succeed_and_routes_without_a_score_are_left_out() -> None:
    agreed = RequestResult(0.2, is_accepted=True, has_agreed=True, outcome=None)
    waiting = RequestResult(0.2, is_accepted=True, has_agreed=None, outcome=None)
    unscored = RequestResult(None, is_accepted=True, has_agreed=True, outcome=None)

    (group,) = group_by_score([*[agreed] * 5, waiting, unscored])

    assert (group.low, group.high, group.count) == (0.1, 0.25, 5)
