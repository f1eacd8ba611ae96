"""A plan for a list of targets as sentences and JSON."""

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
from presentation.sentences import format_count, message_to_forward, route_summary
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
    """Return the routes that the tie would open, as a sentence."""
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
