"""The query `networkGoal` and the mutation `setNetworkGoal`. Nobody but the member reads a goal."""

from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.mutation_input import MutationInput
from api.graphql.types.person import Person
from graph.insights.measures import goal_progress, goals
from graph.insights.measures.goal_progress import GoalTargetKind
from graph.insights.measures.goals import MAX_GOAL_TARGETS, GoalPurpose, GoalStage, set_goal
from graph.networks.permissions import Operation
from operations.insights.goals import assess_goal
from presentation.insights.goals import advice_message, progress_message, target_message

strawberry.enum(GoalPurpose, description="What a network is for.")
strawberry.enum(
    GoalStage,
    description="The stage of a goal. EARLY_CAREER, MID_CAREER and SENIOR belong to JOB_SEARCH, STARTING and "
    "ESTABLISHED to every other purpose.",
)
strawberry.enum(
    GoalTargetKind,
    description="COMPANY: a current employer. ROLE: words of a current job title. FIELD: words of a current job title "
    "or employer.",
)

_COMPANIES = f"Companies whose people the viewer wants to reach, {MAX_GOAL_TARGETS} at most."
_ROLES = f"Job titles of people whom the viewer wants to reach, {MAX_GOAL_TARGETS} at most."
_FIELDS = f"Fields of work of people whom the viewer wants to reach, {MAX_GOAL_TARGETS} at most."


@strawberry.type(description="What the viewer's network is for.")
class Goal:
    purpose: GoalPurpose = strawberry.field(description="The purpose.")
    stage: GoalStage = strawberry.field(description="The stage of the goal.")
    companies: list[str] = strawberry.field(description=_COMPANIES)
    roles: list[str] = strawberry.field(description=_ROLES)
    fields: list[str] = strawberry.field(description=_FIELDS)

    @classmethod
    def from_goal(cls, goal: goals.Goal) -> Self:
        return cls(
            purpose=goal.purpose,
            stage=goal.stage,
            companies=list(goal.companies),
            roles=list(goal.roles),
            fields=list(goal.fields),
        )


@strawberry.type(description="Somebody who can introduce the viewer to people of a target.")
class GoalIntroducer:
    person: Person = strawberry.field(description="The first introducer: the person to ask.")
    people_count: int = strawberry.field(description="The number of people whose best route starts at the introducer.")
    expected_introductions: float | None = strawberry.field(
        description="The introductions to expect if the introducer is asked for each of them: the sum of the scores. "
        "Null if a source is shared with the viewer with its strengths only."
    )


@strawberry.type(description="A company, role or field of a goal, with the people whom the viewer can reach.")
class GoalTarget:
    kind: GoalTargetKind = strawberry.field(description="What the target is.")
    name: str = strawberry.field(description="The company, role or field as the viewer wrote it.")
    known_count: int = strawberry.field(description="The number of its people who know the viewer.")
    reachable_count: int = strawberry.field(description="The number of its other people to whom a route leads.")
    introducers: list[GoalIntroducer] = strawberry.field(
        description="The first introducers with the most expected introductions, 3 at most."
    )
    message: str = strawberry.field(description="The numbers in a sentence.")

    @classmethod
    def from_progress(cls, target: goal_progress.GoalTargetProgress) -> Self:
        return cls(
            kind=target.kind,
            name=target.name,
            known_count=target.known,
            reachable_count=target.reachable,
            introducers=[
                GoalIntroducer(
                    person=Person.from_person(one.person),
                    people_count=one.people,
                    expected_introductions=one.expected,
                )
                for one in target.introducers
            ],
            message=target_message(target),
        )


@strawberry.type(description="The viewer's goal beside what is measured. Nobody else can read it.")
class NetworkGoal:
    goal: Goal = strawberry.field(description="The goal.")
    known_count: int = strawberry.field(description="The number of connections who know the viewer.")
    connection_count: int = strawberry.field(description="The number of connections.")
    message: str = strawberry.field(description="The two numbers in a sentence.")
    targets: list[GoalTarget] = strawberry.field(description="The companies, roles and fields of the goal.")
    advised_min: int = strawberry.field(
        description="The least number of connections that is commonly advised for the goal."
    )
    advised_max: int = strawberry.field(description="The largest number of connections that is commonly advised.")
    advice_message: str = strawberry.field(description="The advice, and its difference to the number of connections.")

    @classmethod
    def from_progress(cls, progress: goal_progress.GoalProgress) -> Self:
        least, most = progress.advised
        return cls(
            goal=Goal.from_goal(progress.goal),
            known_count=progress.known,
            connection_count=progress.connections,
            message=progress_message(progress),
            targets=[GoalTarget.from_progress(target) for target in progress.targets],
            advised_min=least,
            advised_max=most,
            advice_message=advice_message(progress),
        )


@strawberry.input(description="The viewer's goal.")
class GoalInput:
    purpose: GoalPurpose = strawberry.field(description="The purpose.")
    stage: GoalStage = strawberry.field(description="The stage of the goal. It must fit the purpose.")
    companies: list[str] = strawberry.field(default_factory=list, description=_COMPANIES)
    roles: list[str] = strawberry.field(default_factory=list, description=_ROLES)
    fields: list[str] = strawberry.field(default_factory=list, description=_FIELDS)

    def to_goal(self) -> goals.Goal:
        """The goal as graph.insights takes it."""
        return goals.Goal(self.purpose, self.stage, tuple(self.companies), tuple(self.roles), tuple(self.fields))


@strawberry.input(description="The goal to store.")
class SetNetworkGoalInput(MutationInput):
    goal: GoalInput | None = strawberry.field(default=None, description="The goal. Null removes the stored goal.")


@strawberry.type(description="The result of a change of the goal.")
class SetNetworkGoalPayload:
    goal: Goal | None = strawberry.field(description="The stored goal. Null if it was removed.")


@strawberry.type
class GoalsQuery:
    @query(description="Get the viewer's goal beside what is measured. Null if the viewer has no goal.", cost=100)
    async def network_goal(
        self,
        info: Info,
        tag: Annotated[
            str | None,
            strawberry.argument(
                description="Count only people with the tag of this name. The introducers need no tag."
            ),
        ] = None,
    ) -> NetworkGoal | None:
        progress = await assess_goal(info.context.session, tag=tag)
        return None if progress is None else NetworkGoal.from_progress(progress)


@strawberry.type
class GoalsMutation:
    @mutation(
        description="Replace or remove the viewer's goal. No other member can read it.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=5,
    )
    async def set_network_goal(self, info: Info, input: SetNetworkGoalInput) -> SetNetworkGoalPayload:
        chosen = None if input.goal is None else input.goal.to_goal()
        stored = await set_goal(info.context.graph, info.context.viewer, chosen)
        return SetNetworkGoalPayload(goal=None if stored is None else Goal.from_goal(stored))
