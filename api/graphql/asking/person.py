"""The query `person`."""

from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.field import query
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, unresolved
from graph.lookup.resolve import ResolvedTarget
from operations.questions.people import resolve_person_reference

PersonAnswer = Annotated[
    Person | AmbiguousTarget | UnknownTarget,
    strawberry.union("PersonAnswer", description="The person, or why the reference names no single person."),
]


@strawberry.type
class PersonQuery:
    @query(description="Resolve a reference to a person.", cost=10)
    async def person(
        self, info: Info, ref: Annotated[PersonRef, strawberry.argument(description="The reference.")]
    ) -> PersonAnswer:
        resolved = await resolve_person_reference(info.context.session, ref.reference())
        if not isinstance(resolved, ResolvedTarget):
            return unresolved(resolved, info.context.viewer)
        return Person.from_person(resolved.person)
