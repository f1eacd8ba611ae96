"""What the viewer has said of ties."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.types.enums import Says
from api.graphql.types.person import Person
from graph.ingest.remove import remove
from graph.statements import tie_statements as said
from graph.strength.statement_kinds import StatementKind
from presentation.dates import day, today

By = Annotated[strawberry.ID, strawberry.argument(description="The person who knows, or does not.")]
Towards = Annotated[strawberry.ID, strawberry.argument(description="The person who is known, or is not.")]
Said = Annotated[Says, strawberry.argument(description="What is said.")]
On = Annotated[date | None, strawberry.argument(description="When it was so; without it, today.")]
Until = Annotated[
    date | None, strawberry.argument(description="The last day it counts; without it, as the model says.")
]


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
    found = await said.list_statements(info.context.graph, info.context.viewer)
    return [
        Statement(says=Says(s.kind), on=day(s.day), until=day(s.until), by_id=s.by[0], towards_id=s.towards[0])
        for s in found
    ]


@strawberry.type
class StatementsQuery:
    @strawberry.field(description="The viewer's own statements, newest first.")
    async def statements(self, info: Info) -> list[Statement]:
        return await stated(info)


@strawberry.type
class ChangesMutation:
    @strawberry.mutation(
        description="Take one of the viewer's sources away, as though it had never been loaded. "
        "False where there was none of this id."
    )
    async def remove_source(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="As `sources` gives it.")]
    ) -> bool:
        context = info.context
        mine = {source.id for source in context.state.sources if source.member == context.viewer.member}
        if id not in mine:
            return False
        await remove(context.graph.with_timeout(None), context.viewer.network, context.viewer.member, id)
        return True

    @strawberry.mutation(description="Say who knows whom, or what sets a tie aside. It counts for the viewer alone.")
    async def state(
        self, info: Info, by: By, towards: Towards, says: Said, on: On = None, until: Until = None
    ) -> list[Statement]:
        await said.add_statement(
            info.context.graph.with_timeout(None),
            info.context.viewer,
            by=by,
            towards=towards,
            kind=StatementKind(says.value),
            on=on or today(),
            until=until,
            today=today(),
        )
        return await stated(info)

    @strawberry.mutation(description="Take a statement back, on whatever day it was made.")
    async def withdraw(self, info: Info, by: By, towards: Towards, says: Said) -> list[Statement]:
        if by == towards:
            raise Unfit("A statement is of two people.")
        graph = info.context.graph.with_timeout(None)
        for one in await said.list_statements(graph, info.context.viewer):
            if one.states(by, towards, StatementKind(says.value)):
                await said.withdraw_statement(graph, info.context.viewer, one)
        return await stated(info)
