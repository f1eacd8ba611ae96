"""What the viewer has said of ties."""

from datetime import date
from enum import StrEnum

import strawberry

from api.context import Info
from api.days import day
from api.people import Person
from graph.statements import tie_statements as said


@strawberry.enum(
    description="What can be said of a tie: that they know them, know them well, or met once; that they are out of "
    "touch, so that nothing up to that day counts; that no route is to lead over the two."
)
class Says(StrEnum):
    KNOWS = "knows"
    WELL = "well"
    MET = "met"
    OUT_OF_TOUCH = "out_of_touch"
    NOT_A_ROUTE = "not_a_route"


@strawberry.type(description="What the viewer said of a tie. It counts for the viewer alone.")
class Statement:
    says: Says = strawberry.field(description="What was said.")
    on: date = strawberry.field(description="When it was so.")
    until: date | None = strawberry.field(description="The last day it counts; none where it does until taken back.")
    by_id: strawberry.Private[str]
    towards_id: strawberry.Private[str]

    @strawberry.field(description="Who knows.")
    async def by(self, info: Info) -> Person:
        return Person.of(await info.context.people.load(self.by_id))

    @strawberry.field(description="Who is known.")
    async def towards(self, info: Info) -> Person:
        return Person.of(await info.context.people.load(self.towards_id))


async def stated(info: Info) -> list[Statement]:
    """All that the viewer has said, newest first."""
    found = await said.statements(info.context.graph, info.context.viewer)
    return [
        Statement(says=Says(s.kind), on=day(s.day), until=day(s.until), by_id=s.by[0], towards_id=s.towards[0])
        for s in found
    ]


@strawberry.type
class StatementsQuery:
    @strawberry.field(description="The viewer's own statements, newest first.")
    async def statements(self, info: Info) -> list[Statement]:
        return await stated(info)
