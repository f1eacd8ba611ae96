"""A plan for a list of targets as sentences, JSON and CSV."""

from collections.abc import Iterator

from graph.insights.planning.introduction_plan import (
    IntroducerLoad,
    IntroductionPlan,
    NewTie,
    PlanCoverage,
    PlannedTarget,
    route_chance,
)
from graph.viewer import Viewer
from presentation.answer_json import Data, day_text, label, person_data
from presentation.csv_cells import csv_lines
from presentation.sentences import format_count, message_to_forward, name_with_job, route_summary
from presentation.target_list_csv import answer_message
from sources.tables.target_list import TargetList

_REASONS = {
    PlanCoverage.ASSIGNED: "",
    PlanCoverage.KNOWN: "The target knows you: ask directly.",
    PlanCoverage.INTRODUCERS_FULL: "Each introducer with a route to the target has reached a limit of requests. "
    "Allow more targets for each introducer, or plan again later.",
    PlanCoverage.ALREADY_ASKED: "You already asked each introducer with a route to the target.",
    PlanCoverage.NEEDS_CONSENT: "The only routes lead through a colleague who has not agreed to be named.",
    PlanCoverage.REPEATED: "An earlier row has the same target.",
    PlanCoverage.TIMEOUT: "The time limit ended before this row was planned. Plan a smaller list.",
}
PLAN_COLUMNS = ("line", "target", "coverage", "introducer", "score", "route", "reason", "message_to_forward")
"""Columns of a plan as CSV."""


def plan_reason(planned: PlannedTarget) -> str:
    """Why the target has no introducer in the plan; empty where it has one."""
    if planned.coverage is PlanCoverage.KNOWN and (note := answer_message(planned.answer)):
        return note
    sentence = _REASONS.get(planned.coverage)
    if sentence is not None:
        return sentence
    suggestion = planned.answer.refusal.suggestion if planned.answer.refusal else ""
    return " ".join(filter(None, (answer_message(planned.answer), suggestion)))


def new_tie_sentence(new_tie: NewTie) -> str:
    """What the tie would open."""
    count = len(new_tie.targets)
    opened = f"If {new_tie.person.name} knew you, routes would lead to {format_count(count, 'more target')}."
    return f"{opened} You already are connected." if new_tie.is_connection else opened


def load_expectation(load: IntroducerLoad) -> float:
    """The number of introductions to expect of an introducer."""
    return sum(map(route_chance, load.routes))


def plan_data(plan: IntroductionPlan, targets: TargetList, viewer: Viewer) -> Data:
    """Return the plan as IntroductionPlan of the GraphQL schema."""
    return {
        "__typename": "IntroductionPlan",
        "asOf": day_text(viewer.as_of),
        "expectedIntroductions": plan.expected,
        "targets": [
            {
                "__typename": "PlannedTarget",
                "line": row.line,
                "coverage": planned.coverage.name,
                "target": planned.answer.target and person_data(planned.answer.target),
                "introducer": planned.route and person_data(planned.route.people[0]),
                "score": planned.route and planned.route.score,
                "scoreLabel": planned.route and label(planned.route.score),
                "summary": planned.route and route_summary(planned.route),
                "messageToForward": planned.route and message_to_forward(planned.route),
                "reason": plan_reason(planned) or None,
            }
            for row, planned in zip(targets.rows, plan.targets, strict=True)
        ],
        "loads": [
            {
                "__typename": "IntroducerLoad",
                "introducer": person_data(load.introducer),
                "requestCount": len(load.routes),
                "expectedIntroductions": load_expectation(load),
            }
            for load in plan.loads
        ],
        "newTies": [
            {
                "__typename": "NewTie",
                "person": person_data(new_tie.person),
                "isConnection": new_tie.is_connection,
                "targetCount": len(new_tie.targets),
                "message": new_tie_sentence(new_tie),
            }
            for new_tie in plan.new_ties
        ],
    }


def plan_lines(plan: IntroductionPlan, targets: TargetList) -> Iterator[str]:
    """Yield the plan as CSV, in the order of the list, behind the byte order mark by which Excel recognises UTF-8."""
    yield "\ufeff"
    yield from csv_lines([PLAN_COLUMNS])
    yield from csv_lines(
        [
            row.line,
            planned_name(planned, row.cells),
            planned.coverage.value,
            planned.route and name_with_job(planned.route.people[0]),
            planned.route and planned.route.score is not None and f"{planned.route.score:.4f}",
            planned.route and route_summary(planned.route),
            plan_reason(planned),
            planned.route and message_to_forward(planned.route),
        ]
        for row, planned in zip(targets.rows, plan.targets, strict=True)
    )


def planned_name(planned: PlannedTarget, cells: tuple[str, ...]) -> str:
    """The target with their job, or the cells of a row that no single person matches."""
    if planned.answer.target:
        return name_with_job(planned.answer.target)
    return ", ".join(filter(None, cells[:3])) or "empty row"
