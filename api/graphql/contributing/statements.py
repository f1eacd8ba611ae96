"""Statements about ties."""

from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.request.list_bounds import MAX_ITEMS, bounded
from api.graphql.types.enums import StatementKind
from api.graphql.types.node import Node
from api.graphql.types.person import Person
from graph.days import day_of
from graph.networks.permissions import Operation
from graph.statements import tie_statements
from graph.viewer import Viewer
from presentation.dates import to_date, today


@strawberry.type(description="A statement of the viewer about a tie. It counts for the viewer only.")
class Statement(Node):
    kind: StatementKind = strawberry.field(description="The kind of the statement.")
    stated_on: date = strawberry.field(description="The date from which the statement counts.")
    valid_until: date | None = strawberry.field(
        description="The last date on which the statement counts. Null if it has no end."
    )
    from_id: strawberry.Private[str]
    to_id: strawberry.Private[str]

    @strawberry.field(description="The person whose tie the statement is about.")
    async def from_person(self, info: Info) -> Person:
        return Person.from_person(await info.context.people.get(self.from_id))

    @strawberry.field(description="The person to whom the tie leads.")
    async def to_person(self, info: Info) -> Person:
        return Person.from_person(await info.context.people.get(self.to_id))

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The viewer's statements, the newest first."""
        viewer = info.context.viewer
        return [
            cls.from_statement(statement, viewer)
            for statement in await tie_statements.list_statements(info.context.graph, viewer)
        ]

    @classmethod
    def from_statement(cls, statement: tie_statements.Statement, viewer: Viewer) -> Self:
        return cls(
            id=strawberry.ID(statement.opaque_id(viewer)),
            kind=statement.kind,
            stated_on=to_date(statement.day),
            valid_until=to_date(statement.until),
            from_id=statement.by[0],
            to_id=statement.towards[0],
        )


@strawberry.input(description="A statement about a tie.")
class CreateStatementInput(MutationInput):
    from_person_id: strawberry.ID = strawberry.field(description="The id of the person who knows the other.")
    to_person_id: strawberry.ID = strawberry.field(description="The id of the person who is known.")
    kind: StatementKind = strawberry.field(description="The kind of the statement.")
    stated_on: date | None = strawberry.field(
        default=None,
        description="The date from which the statement counts, not in the future. The default is today.",
    )
    valid_until: date | None = strawberry.field(
        default=None,
        description="The last date on which it counts. The default is a year later, three years for OUT_OF_TOUCH, and "
        "no end for DO_NOT_ROUTE.",
    )


@strawberry.input(description="The statement to withdraw.")
class WithdrawStatementInput(MutationInput):
    from_person_id: strawberry.ID = strawberry.field(description="The id of the person who knows the other.")
    to_person_id: strawberry.ID = strawberry.field(description="The id of the person who is known.")
    kind: StatementKind = strawberry.field(description="The kind of the statement.")


@strawberry.type(description="The result of the creation of a statement.")
class CreateStatementPayload:
    statement: Statement | None = strawberry.field(
        description="The statement. Null if the viewer withdrew it in the meantime."
    )


@strawberry.type(description="The result of the withdrawal of a statement.")
class WithdrawStatementPayload:
    withdrawn_statements: list[Statement] = strawberry.field(
        description=f"The withdrawn statements, one of each date, {MAX_ITEMS} at most. Empty if the viewer made no "
        "such statement."
    )


@strawberry.type
class StatementsQuery:
    @query(description="List the viewer's statements, the newest first.", cost=5)
    async def statements(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Statement]:
        return Connection[Statement].from_list(page(first, after), await Statement.list_all(info))


@strawberry.type
class StatementsMutation:
    @mutation(
        description="State that somebody knows somebody, or set a tie aside. It counts for the viewer only. A "
        "statement about a tie of the viewer's own holds in both directions, as do OUT_OF_TOUCH and DO_NOT_ROUTE. Any "
        "other holds from `fromPersonId` to `toPersonId`. Each person must have an address or profile in view.",
        permission=Operation.CONTRIBUTE,
        cost=20,
    )
    async def create_statement(self, info: Info, input: CreateStatementInput) -> CreateStatementPayload:
        viewer, stated_on = info.context.viewer, input.stated_on or today()
        await tie_statements.add_statement(
            info.context.graph.with_timeout(None),
            viewer,
            by=input.from_person_id,
            towards=input.to_person_id,
            kind=input.kind,
            on=stated_on,
            until=input.valid_until,
            today=today(),
        )
        created = [statement for statement in await _matching(info, input) if statement.day == day_of(stated_on)]
        return CreateStatementPayload(statement=Statement.from_statement(created[0], viewer) if created else None)

    @mutation(description="Withdraw a statement of any date.", permission=Operation.MANAGE_OWN_DATA, cost=20)
    async def withdraw_statement(self, info: Info, input: WithdrawStatementInput) -> WithdrawStatementPayload:
        if input.from_person_id == input.to_person_id:
            raise InvalidArgument("A statement is about two people.")
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        withdrawn = await _matching(info, input)
        for statement in withdrawn:
            await tie_statements.withdraw_statement(graph, viewer, statement)
        return WithdrawStatementPayload(
            withdrawn_statements=[Statement.from_statement(each, viewer) for each in bounded(withdrawn)]
        )


async def _matching(info: Info, input: CreateStatementInput | WithdrawStatementInput) -> list[tie_statements.Statement]:
    """The viewer's statements of the input's kind about its two people, of any date."""
    return [
        statement
        for statement in await tie_statements.list_statements(info.context.graph, info.context.viewer)
        if statement.matches(input.from_person_id, input.to_person_id, input.kind)
    ]
