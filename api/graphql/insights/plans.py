"""The query `assignIntroductions`."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.asking.introductions import MaxIntroducers
from api.graphql.field import query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.person import Person
from api.request_limits import MAX_INTRODUCERS, Start
from graph.insights.planning import introduction_plan as plans
from graph.insights.planning.introduction_plan import MAX_PLANNED_TARGETS, MAX_REQUESTS_EACH, PlanCoverage
from operations.insights.planning import plan_target_list
from presentation.dates import to_date
from presentation.insights.plans import load_expectation, new_tie_sentence, plan_reason
from presentation.sentences import message_to_forward, route_summary, strength_label
from sources.tables.target_list import MAX_TARGET_LENGTH, list_of_targets

strawberry.enum(
    PlanCoverage,
    description="The result of a plan for a target. ASSIGNED: an introducer to ask. KNOWN: the target knows the "
    "viewer. INTRODUCERS_FULL: each introducer with a route has as many requests as they take. ALREADY_ASKED: the "
    "viewer asked each of them before. NEEDS_CONSENT: the only routes lead through a colleague who has not agreed to "
    "be named. NO_ROUTE: no genuine route exists. AMBIGUOUS: several people match. UNKNOWN: nobody matches. REPEATED: "
    "an earlier target is the same person. TIMEOUT: the time limit ended first.",
)


@strawberry.type(description="One target of a plan.")
class PlannedTarget:
    line: int = strawberry.field(description="The number of the target in the request, from 1.")
    coverage: PlanCoverage = strawberry.field(description="The result of the plan for the target.")
    target: Person | None = strawberry.field(description="The target. Null if no single person matches.")
    introducer: Person | None = strawberry.field(description="The introducer to ask. Null unless ASSIGNED.")
    score: float | None = strawberry.field(
        description="The score of the route, 0 to 1. Null unless ASSIGNED, or if a step has no strength."
    )
    score_label: StrengthLabel | None = strawberry.field(description="The label of the score. Null if `score` is null.")
    summary: str | None = strawberry.field(
        description="Each step of the route once with its strength label. Null unless ASSIGNED."
    )
    message_to_forward: str | None = strawberry.field(
        description="A short message to send to the introducer, made of facts only. Null unless ASSIGNED."
    )
    reason: str | None = strawberry.field(description="Why the target has no introducer. Null if ASSIGNED.")

    @classmethod
    def from_planned(cls, line: int, planned: plans.PlannedTarget) -> Self:
        route, target = planned.route, planned.answer.target
        score = route.score if route else None
        return cls(
            line=line,
            coverage=planned.coverage,
            target=Person.from_person(target) if target else None,
            introducer=Person.from_person(route.people[0]) if route else None,
            score=score,
            score_label=None if score is None else StrengthLabel(strength_label(score)),
            summary=route_summary(route) if route else None,
            message_to_forward=message_to_forward(route) if route else None,
            reason=plan_reason(planned) or None,
        )


@strawberry.type(description="The targets that a plan assigns to one introducer.")
class IntroducerLoad:
    introducer: Person = strawberry.field(description="The introducer.")
    request_count: int = strawberry.field(description="The number of targets to ask the introducer for.")
    expected_introductions: float = strawberry.field(description="The sum of the scores of these targets.")

    @classmethod
    def from_load(cls, load: plans.IntroducerLoad) -> Self:
        return cls(
            introducer=Person.from_person(load.introducer),
            request_count=len(load.routes),
            expected_introductions=load_expectation(load),
        )


@strawberry.type(description="A person whose tie to the viewer would open routes to targets that have none.")
class NewTie:
    person: Person = strawberry.field(description="The person.")
    is_connection: bool = strawberry.field(description="Whether the viewer lists the person as a connection.")
    target_count: int = strawberry.field(description="The number of targets to which a route would open.")
    message: str = strawberry.field(description="The effect of the tie in a sentence.")

    @classmethod
    def from_new_tie(cls, new_tie: plans.NewTie) -> Self:
        return cls(
            person=Person.from_person(new_tie.person),
            is_connection=new_tie.is_connection,
            target_count=len(new_tie.targets),
            message=new_tie_sentence(new_tie),
        )


@strawberry.type(description="Whom to ask for each target of a list.")
class IntroductionPlan:
    as_of: date = strawberry.field(description="The date that stored ties are valid for.")
    expected_introductions: float = strawberry.field(
        description="The number of introductions to expect: the sum of the scores of the targets that are ASSIGNED."
    )
    targets: list[PlannedTarget] = strawberry.field(description="The targets in the order of the request.")
    loads: list[IntroducerLoad] = strawberry.field(description="The introducers of the plan, the most targets first.")
    new_ties: list[NewTie] = strawberry.field(
        description="The ties that would open a route to most of the targets without one, the most targets first."
    )


@strawberry.type
class PlansQuery:
    @query(
        description="Assign targets to introducers, so that the expected number of introductions is as large as "
        "possible. No introducer gets more requests than their limit allows. Nothing is sent or stored.",
        cost=300,
    )
    async def assign_introductions(
        self,
        info: Info,
        targets: Annotated[
            list[str],
            strawberry.argument(
                description=f"Names, addresses, profiles or ids, as for a single search: {MAX_PLANNED_TARGETS} at most."
            ),
        ],
        requests_each: Annotated[
            int,
            strawberry.argument(
                description=f"The maximum number of targets for each introducer, 1 to {MAX_REQUESTS_EACH}. An "
                "introducer may take fewer."
            ),
        ] = 2,
        start: Annotated[Start, strawberry.argument(description="Where routes may start.")] = Start.ME,
        max_introducers: MaxIntroducers = 2,
    ) -> IntroductionPlan:
        if len(targets) > MAX_PLANNED_TARGETS:
            raise InvalidArgument(f"`targets` has at most {MAX_PLANNED_TARGETS} entries.")
        if any(len(target) > MAX_TARGET_LENGTH for target in targets):
            raise InvalidArgument(f"Each of `targets` has at most {MAX_TARGET_LENGTH} characters.")
        if not 1 <= requests_each <= MAX_REQUESTS_EACH:
            raise InvalidArgument(f"`requestsEach` is 1 to {MAX_REQUESTS_EACH}.")
        if not 1 <= max_introducers <= MAX_INTRODUCERS:
            raise InvalidArgument(f"`maxIntroducers` is 1 to {MAX_INTRODUCERS}.")
        session = info.context.session
        plan = await plan_target_list(
            session,
            list_of_targets(targets),
            requests_each=requests_each,
            team=start is Start.TEAM,
            max_introducers=max_introducers,
            seconds=session.search_seconds,
        )
        return IntroductionPlan(
            as_of=to_date(session.viewer.as_of),
            expected_introductions=plan.expected,
            targets=[PlannedTarget.from_planned(line, planned) for line, planned in enumerate(plan.targets, 1)],
            loads=[IntroducerLoad.from_load(load) for load in plan.loads],
            new_ties=[NewTie.from_new_tie(new_tie) for new_tie in plan.new_ties],
        )
