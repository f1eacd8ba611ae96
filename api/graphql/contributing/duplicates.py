"""Duplicates: list, merge, mark distinct, split and undo."""

from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.request.list_bounds import MAX_ITEMS, bounded
from api.graphql.types.identity import Identity
from api.graphql.types.node import Node, find_by_id
from api.graphql.types.person import Person
from graph.lookup import duplicates
from graph.networks.permissions import Operation
from graph.statements import identity_decisions
from presentation.dates import to_date, today


@strawberry.type(description="Two records that may be one person.")
class PossibleDuplicate:
    first_person: Person = strawberry.field(description="One of the two records.")
    second_person: Person = strawberry.field(description="The other record.")
    similarity: float = strawberry.field(description="The similarity of the two, 0 to 1.")
    reason: str = strawberry.field(description="Why the two may be one person, as visible sources show.")

    @classmethod
    def from_duplicate(cls, duplicate: duplicates.Duplicate) -> Self:
        return cls(
            first_person=Person.from_person(duplicate.one),
            second_person=Person.from_person(duplicate.other),
            similarity=duplicate.score,
            reason=duplicate.because,
        )


@strawberry.type(
    description="A member's decision on which identities belong to one person. It applies to the whole network. A "
    "newer decision overrides an older one."
)
class IdentityDecision(Node):
    id: strawberry.ID = strawberry.field(
        description="The opaque id of the decision, accepted by `undoIdentityDecision`."
    )
    is_same_person: bool = strawberry.field(
        description="Whether all identities belong to one person. If false, the two groups are different people."
    )
    first_identities: list[Identity] = strawberry.field(
        description=f"The first group of identities, {MAX_ITEMS} at most."
    )
    second_identities: list[Identity] = strawberry.field(
        description=f"The second group of identities, {MAX_ITEMS} at most."
    )
    decided_on: date = strawberry.field(description="The date of the decision.")
    is_own: bool = strawberry.field(description="Whether the viewer made the decision and can undo it.")

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The visible decisions, the newest first."""
        decisions = await identity_decisions.list_identity_decisions(info.context.graph, info.context.viewer)
        return [cls.from_decision(decision) for decision in decisions]

    @classmethod
    def from_decision(cls, identity_decision: identity_decisions.IdentityDecision) -> Self:
        return cls(
            id=strawberry.ID(identity_decision.id),
            is_same_person=identity_decision.is_same_person,
            first_identities=[Identity.from_identity(each) for each in bounded(identity_decision.first)],
            second_identities=[Identity.from_identity(each) for each in bounded(identity_decision.second)],
            decided_on=to_date(identity_decision.day),
            is_own=identity_decision.is_own,
        )


@strawberry.input(description="The people to merge.")
class MergePeopleInput(MutationInput):
    person_ids: list[strawberry.ID] = strawberry.field(description=f"The ids of 2 to {MAX_ITEMS} people.")


@strawberry.input(description="The two people to mark as distinct.")
class MarkPeopleDistinctInput(MutationInput):
    first_person_id: strawberry.ID = strawberry.field(description="The id of one person.")
    second_person_id: strawberry.ID = strawberry.field(description="The id of the other person.")


@strawberry.input(description="The person to split.")
class SplitPersonInput(MutationInput):
    person_id: strawberry.ID = strawberry.field(description="The id of the person.")
    identity_ids: list[strawberry.ID] = strawberry.field(
        description=f"The ids of the person's identities that belong to another person, {MAX_ITEMS} at most."
    )


@strawberry.input(description="The decision to undo.")
class UndoIdentityDecisionInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of one of the viewer's decisions.")


@strawberry.type(description="The result of a decision on identities.")
class IdentityDecisionPayload:
    decision: IdentityDecision | None = strawberry.field(
        description="The decision. Null if a member undid it in the meantime."
    )


@strawberry.type(description="The result of undoing a decision.")
class UndoIdentityDecisionPayload:
    undone_decision_id: strawberry.ID | None = strawberry.field(
        description="The id of the decision. Null if the viewer made no decision with this id."
    )


async def _payload(info: Info, id: str) -> IdentityDecisionPayload:
    return IdentityDecisionPayload(decision=await find_by_id(IdentityDecision.list_all(info), id))


@strawberry.type
class DuplicatesQuery:
    @query(
        description="List pairs of records that may be one person, the highest similarity first.",
        cost=100,
    )
    async def possible_duplicates(self, info: Info, first: First, after: After = None) -> Connection[PossibleDuplicate]:
        requested = page(first, after)
        rows = await duplicates.list_possible_duplicates(
            info.context.graph, info.context.viewer, requested.limit, after=requested.start
        )
        return Connection[PossibleDuplicate].from_rows(
            requested, rows, lambda pair: pair.id, PossibleDuplicate.from_duplicate
        )

    @query(description="List the visible decisions on identities, the newest first.", cost=5)
    async def identity_decisions(
        self, info: Info, first: First = MAX_PAGE, after: After = None
    ) -> Connection[IdentityDecision]:
        return Connection[IdentityDecision].from_list(page(first, after), await IdentityDecision.list_all(info))


@strawberry.type
class DuplicatesMutation:
    @mutation(description="State that several records are one person.", permission=Operation.CONTRIBUTE, cost=50)
    async def merge_people(self, info: Info, input: MergePeopleInput) -> IdentityDecisionPayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        if len(input.person_ids) > MAX_ITEMS:
            raise InvalidArgument(f"`personIds` has {MAX_ITEMS} ids at most.")
        id = await identity_decisions.merge_people(graph, viewer, [str(id) for id in input.person_ids], today=today())
        return await _payload(info, id)

    @mutation(
        description="State that two records are different people. They are not offered as duplicates again.",
        permission=Operation.CONTRIBUTE,
        cost=50,
    )
    async def mark_people_distinct(self, info: Info, input: MarkPeopleDistinctInput) -> IdentityDecisionPayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        ends = str(input.first_person_id), str(input.second_person_id)
        return await _payload(info, await identity_decisions.mark_distinct(graph, viewer, *ends, today=today()))

    @mutation(
        description="State that some identities of a person belong to another person.",
        permission=Operation.CONTRIBUTE,
        cost=50,
    )
    async def split_person(self, info: Info, input: SplitPersonInput) -> IdentityDecisionPayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        if len(input.identity_ids) > MAX_ITEMS:
            raise InvalidArgument(f"`identityIds` has {MAX_ITEMS} ids at most.")
        moving = [str(id) for id in input.identity_ids]
        id = await identity_decisions.split_person(graph, viewer, str(input.person_id), moving, today=today())
        return await _payload(info, id)

    @mutation(
        description="Undo one of the viewer's decisions. People are again what they were without it.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def undo_identity_decision(self, info: Info, input: UndoIdentityDecisionInput) -> UndoIdentityDecisionPayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        undone = await identity_decisions.undo_identity_decision(graph, viewer, str(input.id))
        return UndoIdentityDecisionPayload(undone_decision_id=input.id if undone else None)
