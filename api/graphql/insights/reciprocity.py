"""The query `reciprocity`."""

from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, query
from api.graphql.pagination import After, Connection, First, page
from api.graphql.types.person import Person
from graph.requests import balance
from operations.insights.reciprocity import list_reciprocity
from presentation.insights.reciprocity import reciprocity_message


@strawberry.type(description="What one of two people did for the other.")
class Favours:
    answered_count: int = strawberry.field(description="The questions that they answered in time.")
    introduced_count: int = strawberry.field(description="The introductions that they made on request.")
    recommended_count: int = strawberry.field(description="The recommendations that they wrote.")
    endorsed_count: int = strawberry.field(description="The endorsements that they gave.")
    thanked_count: int = strawberry.field(description="The introductions for which they thanked the other.")

    @classmethod
    def from_favours(cls, favours: balance.Favours) -> Self:
        return cls(
            answered_count=favours.answered,
            introduced_count=favours.introduced,
            recommended_count=favours.recommended,
            endorsed_count=favours.endorsed,
            thanked_count=favours.thanked,
        )


@strawberry.type(description="What a person and the viewer did for each other. Only the viewer sees it.")
class Reciprocity:
    id: strawberry.ID = strawberry.field(description="The opaque id of the entry.")
    name: str = strawberry.field(description="The name of the person.")
    person: Person | None = strawberry.field(description="The person. Null if no visible source contains them.")
    received: Favours = strawberry.field(description="What the person did for the viewer.")
    given: Favours = strawberry.field(description="What the viewer did for the person.")
    recently_received: Favours = strawberry.field(
        description="The answers and introductions of the person in the last 180 days."
    )
    recently_given: Favours = strawberry.field(
        description="The answers and introductions of the viewer in the last 180 days."
    )
    recent_balance: int = strawberry.field(
        description="What the viewer received in the last 180 days less what they gave, in answers. An introduction "
        "counts as 5."
    )
    message: str = strawberry.field(description="The last 180 days in a sentence.")

    @classmethod
    def from_reciprocity(cls, each: balance.Reciprocity) -> Self:
        return cls(
            id=strawberry.ID(each.id),
            name=each.name,
            person=Person.from_person(each.person) if each.person else None,
            received=Favours.from_favours(each.received),
            given=Favours.from_favours(each.given),
            recently_received=Favours.from_favours(each.recently_received),
            recently_given=Favours.from_favours(each.recently_given),
            recent_balance=each.recent_balance,
            message=reciprocity_message(each),
        )


@strawberry.type
class ReciprocityQuery:
    @query(
        description="List what people and the viewer did for each other, the largest `recentBalance` first.",
        cost=100,
    )
    async def reciprocity(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
        tag: TagFilter = None,
    ) -> Connection[Reciprocity]:
        requested = page(first, after)
        rows = await list_reciprocity(info.context.session, tag=tag)
        return Connection[Reciprocity].from_all_rows(
            requested, rows, lambda each: each.id, Reciprocity.from_reciprocity
        )
