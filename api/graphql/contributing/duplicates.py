"""Who may be one human being: offered, merged, held apart, and taken back."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.pagination import MOST, PageInfo, cursor, id_in
from api.graphql.types.identity import Identity
from api.graphql.types.person import Person
from graph.lookup import duplicates
from graph.statements import identity_decisions as said_statements_identity_decisions
from presentation.dates import day, today

One = Annotated[strawberry.ID, strawberry.argument(description="A person.")]
Other = Annotated[strawberry.ID, strawberry.argument(description="Another person.")]
People = Annotated[list[strawberry.ID], strawberry.argument(description="Two people or more.")]
Whose = Annotated[strawberry.ID, strawberry.argument(description="The person who is two.")]
Parted = Annotated[
    list[strawberry.ID], strawberry.argument(description="Those of the person's identities that are somebody else's.")
]
Which = Annotated[strawberry.ID, strawberry.argument(description="As `decisions` gives it.")]


@strawberry.type(description="Two people who may be one human being.")
class PossibleDuplicate:
    one: Person = strawberry.field(description="The one.")
    other: Person = strawberry.field(description="The other.")
    score: float = strawberry.field(description="How likely they are one, 0 to 1: good to order by.")
    because: str = strawberry.field(description="Why, in plain words, by what the sources in view say.")

    @classmethod
    def of(cls, found: duplicates.Duplicate) -> Self:
        return cls(one=Person.of(found.one), other=Person.of(found.other), score=found.score, because=found.because)


@strawberry.type(description="One pair of a list.")
class PossibleDuplicateEdge:
    cursor: str = strawberry.field(description="Where this pair stands: good for `after`.")
    node: PossibleDuplicate = strawberry.field(description="The pair.")


@strawberry.type(description="One page of pairs, the likeliest first.")
class PossibleDuplicateConnection:
    edges: list[PossibleDuplicateEdge] = strawberry.field(description="The pairs.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")


@strawberry.type(description="What a member said of who is who. It counts for the network, the newer before the older.")
class Decision:
    id: strawberry.ID = strawberry.field(description="Opaque; good for `undoDecision`.")
    same: bool = strawberry.field(description="Whether all are one human being, or the one lot is not the other.")
    one: list[Identity] = strawberry.field(description="The one lot.")
    other: list[Identity] = strawberry.field(description="The other lot.")
    on: date = strawberry.field(description="When it was said.")
    mine: bool = strawberry.field(description="Whether the viewer said it, and so can take it back.")

    @classmethod
    def of(cls, found: said_statements_identity_decisions.IdentityDecision) -> Self:
        return cls(
            id=strawberry.ID(found.id),
            same=found.is_same_person,
            one=[Identity.of(one) for one in found.first],
            other=[Identity.of(one) for one in found.second],
            on=day(found.day),
            mine=found.is_own,
        )


async def decided(info: Info) -> list[Decision]:
    """All decisions in view, newest first."""
    return [
        Decision.of(one)
        for one in await said_statements_identity_decisions.list_identity_decisions(
            info.context.graph, info.context.viewer
        )
    ]


@strawberry.type
class DuplicatesQuery:
    @strawberry.field(description="Pairs of people who may be one human being, the likeliest first.")
    async def possible_duplicates(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many on a page, 50 at most.")],
        after: Annotated[str | None, strawberry.argument(description="The end cursor of the page before.")] = None,
    ) -> PossibleDuplicateConnection:
        if not 1 <= first <= MOST:
            raise Unfit(f"`first` is 1 to {MOST}.")
        start = None if after is None else id_in(after)
        found = await duplicates.possible(info.context.graph, info.context.viewer, first + 1, after=start)
        edges = [PossibleDuplicateEdge(cursor=cursor(one.id), node=PossibleDuplicate.of(one)) for one in found[:first]]
        return PossibleDuplicateConnection(
            edges=edges, page_info=PageInfo.of([edge.cursor for edge in edges], more=len(found) > first, after=after)
        )

    @strawberry.field(description="What members said of who is who, newest first.")
    async def decisions(self, info: Info) -> list[Decision]:
        return await decided(info)


@strawberry.type
class DuplicatesMutation:
    @strawberry.mutation(description="Say that these are one human being.")
    async def merge(self, info: Info, people: People) -> list[Decision]:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        await said_statements_identity_decisions.merge_people(graph, viewer, [str(id) for id in people], today=today())
        return await decided(info)

    @strawberry.mutation(description="Say that two people are not one human being. They are not offered again.")
    async def keep_apart(self, info: Info, one: One, other: Other) -> list[Decision]:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        await said_statements_identity_decisions.mark_distinct(graph, viewer, str(one), str(other), today=today())
        return await decided(info)

    @strawberry.mutation(description="Say that some identities of a person are somebody else's than the rest.")
    async def split(self, info: Info, person: Whose, identities: Parted) -> list[Decision]:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        parted = [str(id) for id in identities]
        await said_statements_identity_decisions.split_person(graph, viewer, str(person), parted, today=today())
        return await decided(info)

    @strawberry.mutation(description="Take back a decision of one's own: people are again what they were without it.")
    async def undo_decision(self, info: Info, id: Which) -> list[Decision]:
        await said_statements_identity_decisions.undo_identity_decision(
            info.context.graph.with_timeout(None), info.context.viewer, str(id)
        )
        return await decided(info)
