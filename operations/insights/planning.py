"""The use case "which introducer do I ask for each person of this list, within the limits of all introducers?"."""

import asyncio
from dataclasses import replace

from graph.insights.planning.alternative_routes import alternative_routes
from graph.insights.planning.introduction_plan import IntroductionPlan, plan_introductions
from graph.insights.planning.new_ties import rank_new_ties
from graph.introductions.target_answer import TargetOutcome
from graph.progress import SILENT, Progress
from graph.requests.requests import read_requests
from graph.requests.stamps import count_remaining_requests
from graph.requests.states import RequestRole, RequestStatus
from operations.session import Session
from operations.target_lists import answer_rows
from sources.tables.target_list import TargetList

_ANSWERS_END = 0.5
"""Share of the time limit for the answers of the list. The rest is for the routes through other introducers."""
_NOT_ASKED = {RequestStatus.DRAFT, RequestStatus.WITHDRAWN}
"""States of a request that do not count as asked."""


async def plan_target_list(
    session: Session,
    targets: TargetList,
    *,
    requests_each: int = 2,
    team: bool = False,
    max_introducers: int = 2,
    seconds: float | None = None,
    progress: Progress = SILENT,
) -> IntroductionPlan:
    """Assign the targets of a list to introducers, so that the most introductions are to be expected.

    Each introducer gets `requests_each` targets at most, and no more than their caps allow in these 30 days. Writes the
    audit entries of a target list. Rows that are not answered within `seconds` are TIMEOUT. Raises what
    operations.target_lists raises.
    """
    ends_at = None if seconds is None else asyncio.get_running_loop().time() + seconds
    answers = await answer_rows(
        session,
        targets,
        team=team,
        max_introducers=max_introducers,
        seconds=None if seconds is None else seconds * _ANSWERS_END,
        progress=progress,
    )
    graph, viewer = session.graph, session.viewer
    open_targets = [
        answer.same_ids for answer in answers if answer.standing is TargetOutcome.ROUTE and answer.target is not None
    ]
    routes = await alternative_routes(
        graph,
        viewer,
        list(dict.fromkeys(open_targets)),
        team=team,
        max_introducers=max_introducers,
        min_score=session.min_route_score,
        ends_at=ends_at,
    )
    by_target = {
        answer.target.id: routes[answer.same_ids] for answer in answers if answer.target and answer.same_ids in routes
    }
    introducers = {route.people[0].id: None for some in by_target.values() for route in some}
    remaining = await count_remaining_requests(graph, viewer, list(introducers), session.request_rules)
    capacities = {id: min(requests_each, remaining.get(id, 0)) for id in introducers}
    requests = [
        request
        for request in await read_requests(graph, viewer)
        if request.role is RequestRole.ASKER and request.status not in _NOT_ASKED
    ]
    # a request may name another record of the target
    asked = {
        (answer.target.id, request.introducer.id)
        for answer in answers
        if answer.target
        for request in requests
        if request.target.id in answer.same_ids
    }
    plan = plan_introductions(answers, by_target, capacities, asked)
    refused = {
        answer.same_ids: answer.target
        for answer in answers
        if answer.standing is TargetOutcome.REFUSED and answer.target is not None
    }
    return replace(plan, new_ties=await rank_new_ties(graph, viewer, refused, max_introducers=max_introducers))
