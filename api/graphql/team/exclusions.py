"""Introducers whom no route may contain."""

from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.node import Node, find_by_id
from api.graphql.types.person import PersonRef
from graph.answers import YOURSELF_MESSAGE, UnknownTarget
from graph.lookup.resolve import ExactReference, ResolvedTarget, resolve_reference
from graph.networks.permissions import Operation
from graph.sharing import exclusions
from presentation.dates import to_date, today


@strawberry.type(description="A person whom no route may contain as an introducer. They can still be a target.")
class ExcludedIntroducer(Node):
    id: strawberry.ID = strawberry.field(
        description="The opaque id of the exclusion, an input of `unexcludeIntroducer`."
    )
    name: str = strawberry.field(description="The person's name in the viewer's sources.")
    excluded_on: date = strawberry.field(description="The date of the exclusion.")
    is_network_wide: bool = strawberry.field(
        description="Whether the exclusion applies to all members. If false, it applies to the viewer only."
    )

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The exclusions that the viewer sees, the newest first."""
        context = info.context
        return [
            cls(
                id=strawberry.ID(each.id),
                name=each.label,
                excluded_on=to_date(each.day),
                is_network_wide=each.for_everybody,
            )
            for each in await exclusions.list_excluded_introducers(context.graph, context.state, context.viewer)
        ]


@strawberry.input(description="The person to exclude as introducer.")
class ExcludeIntroducerInput(MutationInput):
    person: PersonRef | None = strawberry.field(
        default=None, description="The person. The default is the viewer, whose exclusion applies to all members."
    )
    is_network_wide: bool = strawberry.field(
        default=False, description="Whether to exclude the person for all members. Owners and admins may do so."
    )


@strawberry.input(description="The exclusion to remove.")
class UnexcludeIntroducerInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="An id from `excludedIntroducers`.")


@strawberry.type(description="The result of an exclusion.")
class ExcludeIntroducerPayload:
    excluded_introducer: ExcludedIntroducer | None = strawberry.field(
        description="The exclusion. Null if somebody removed it in the meantime."
    )


@strawberry.type(description="The result of the removal of an exclusion.")
class UnexcludeIntroducerPayload:
    removed_exclusion_id: strawberry.ID | None = strawberry.field(
        description="The id of the exclusion. Null if the viewer may remove no exclusion with this id."
    )
    person_id: strawberry.ID | None = strawberry.field(
        description="The person, for `excludeIntroducer` to undo this. Null if no source in view names the person."
    )


@strawberry.type
class ExclusionsQuery:
    @query(
        description="List the viewer's exclusions, the newest first. Owners and admins also see the exclusions that "
        "former members made of themselves.",
        cost=5,
    )
    async def excluded_introducers(
        self, info: Info, first: First = MAX_PAGE, after: After = None
    ) -> Connection[ExcludedIntroducer]:
        return Connection[ExcludedIntroducer].from_list(page(first, after), await ExcludedIntroducer.list_all(info))


@strawberry.type
class ExclusionsMutation:
    @mutation(
        description="Exclude a person as introducer: the viewer for all members, anybody else for the viewer.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def exclude_introducer(self, info: Info, input: ExcludeIntroducerInput) -> ExcludeIntroducerPayload:
        context = info.context
        reference = input.person.reference() if input.person else ExactReference(context.viewer_person_id)
        person = context.viewer_person_id
        if reference != ExactReference(person):
            resolved = await resolve_reference(context.graph, context.viewer, reference)
            if isinstance(resolved, ResolvedTarget):
                person = resolved.person.id
            elif not (isinstance(resolved, UnknownTarget) and resolved.message == YOURSELF_MESSAGE):
                raise InvalidArgument("This reference names no single person. Use an address, a profile URL or an id.")
        id = await exclusions.exclude_introducer(
            context.graph, context.state, context.viewer, person, today=today(), for_everybody=input.is_network_wide
        )
        return ExcludeIntroducerPayload(excluded_introducer=await find_by_id(ExcludedIntroducer.list_all(info), id))

    @mutation(
        description="Remove an exclusion. An exclusion that is not the viewer's to remove stays.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def unexclude_introducer(self, info: Info, input: UnexcludeIntroducerInput) -> UnexcludeIntroducerPayload:
        context = info.context
        graph, state, viewer, id = context.graph, context.state, context.viewer, str(input.id)
        person = await exclusions.read_excluded_person(graph, state, viewer, id)
        removed = await exclusions.unexclude_introducer(graph, state, viewer, id)
        return UnexcludeIntroducerPayload(
            removed_exclusion_id=input.id if removed else None,
            person_id=None if person is None else strawberry.ID(person),
        )
