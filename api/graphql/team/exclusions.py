"""Introducers whom no route may contain."""

from datetime import date

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.field import mutation, query
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.person import PersonRef
from graph.answers import UnknownTarget
from graph.lookup.resolve import YOURSELF, Exactly, Target, find
from graph.networks.permissions import Operation
from graph.sharing import exclusions
from presentation.dates import day, today


@strawberry.type(description="A person whom no route may contain as an introducer. They can still be a target.")
class ExcludedIntroducer:
    id: strawberry.ID = strawberry.field(description="The opaque id of the exclusion, accepted by `includeIntroducer`.")
    name: str = strawberry.field(description="The person's name at the time of the exclusion.")
    excluded_on: date = strawberry.field(description="The date of the exclusion.")
    is_network_wide: bool = strawberry.field(
        description="Whether the exclusion applies to all members. If false, it applies to the viewer only."
    )


@strawberry.input(description="The person to exclude as introducer.")
class ExcludeIntroducerInput(MutationInput):
    person: PersonRef | None = strawberry.field(
        default=None, description="The person. The default is the viewer, whose exclusion applies to all members."
    )
    is_network_wide: bool = strawberry.field(
        default=False, description="Whether to exclude the person for all members. Owners and admins may do so."
    )


@strawberry.input(description="The exclusion to remove.")
class IncludeIntroducerInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of an exclusion of the viewer's.")


@strawberry.type(description="The result of a change of exclusions.")
class ExcludedIntroducersPayload:
    excluded_introducers: list[ExcludedIntroducer] = strawberry.field(
        description="All exclusions that the viewer sees, the newest first."
    )


async def _all(info: Info) -> list[ExcludedIntroducer]:
    found = await exclusions.list_excluded_introducers(info.context.graph, info.context.state, info.context.viewer)
    return [
        ExcludedIntroducer(
            id=strawberry.ID(one.id), name=one.label, excluded_on=day(one.day), is_network_wide=one.for_everybody
        )
        for one in found
    ]


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
        found = await _all(info)
        return Connection[ExcludedIntroducer].of_all(
            page(first, after), found, lambda one: str(one.id), lambda one: one
        )


@strawberry.type
class ExclusionsMutation:
    @mutation(
        description="Exclude a person as introducer: the viewer for all members, anybody else for the viewer.",
        permission=Operation.WITHDRAW,
        cost=20,
    )
    async def exclude_introducer(self, info: Info, input: ExcludeIntroducerInput) -> ExcludedIntroducersPayload:
        context = info.context
        asked = input.person.asked() if input.person else Exactly(context.me)
        person = context.me
        if asked != Exactly(person):
            found = await find(context.graph, context.viewer, asked)
            if isinstance(found, Target):
                person = found.person.id
            elif not (isinstance(found, UnknownTarget) and found.message == YOURSELF):
                raise Unfit("This reference names no single person. Use an address, a profile URL or an id.")
        await exclusions.exclude_introducer(
            context.graph, context.state, context.viewer, person, today=today(), for_everybody=input.is_network_wide
        )
        return ExcludedIntroducersPayload(excluded_introducers=await _all(info))

    @mutation(
        description="Remove an exclusion. An exclusion that is not the viewer's to remove stays.",
        permission=Operation.WITHDRAW,
        cost=20,
    )
    async def include_introducer(self, info: Info, input: IncludeIntroducerInput) -> ExcludedIntroducersPayload:
        await exclusions.undo_exclusion(info.context.graph, info.context.state, info.context.viewer, str(input.id))
        return ExcludedIntroducersPayload(excluded_introducers=await _all(info))
