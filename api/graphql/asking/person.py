"""Whom a question may mean where that is not one person in view, and leads: whom one might ask instead."""

from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.audit_note import noted
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, meant
from graph.lookup.resolve import Target, find
from graph.privacy.audit_log import AuditAction

PersonAnswer = Annotated[
    Person | AmbiguousTarget | UnknownTarget,
    strawberry.union("PersonAnswer", description="The person, or whom it may mean."),
]


@strawberry.type
class PersonQuery:
    @strawberry.field(description="Who is meant.")
    async def person(
        self, info: Info, ref: Annotated[PersonRef, strawberry.argument(description="Whom one means.")]
    ) -> PersonAnswer:
        found = await find(info.context.graph, info.context.viewer, ref.asked())
        if not isinstance(found, Target):
            return meant(found, info.context.viewer)
        await noted(info, AuditAction.PERSON, found.person.id)
        return Person.of(found.person)
