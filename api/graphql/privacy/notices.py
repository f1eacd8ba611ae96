"""`noticesDue`: who has still to be told that they are known here; `markNoticed`: they were."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.pagination import MOST, PageInfo, cursor, id_in
from api.graphql.types.person import Person
from graph.privacy import notices
from presentation.dates import today

AT_ONCE = 1_000
"""People in one change at most."""
People = Annotated[list[strawberry.ID], strawberry.argument(description=f"Their ids, {AT_ONCE:,} at most.")]


@strawberry.type(description="Somebody who has to be told that they are known in this network.")
class NoticeDue:
    person: Person = strawberry.field(description="Who.")
    since: date = strawberry.field(description="The day on which a source in view that names them was first loaded.")
    by: date = strawberry.field(description="The last day to tell them: a month later, or with the first message.")

    @classmethod
    def of(cls, found: notices.Notice) -> Self:
        return cls(person=Person.of(found.person), since=found.since, by=found.due_on)


@strawberry.type(description="One line of the list.")
class NoticeDueEdge:
    cursor: str = strawberry.field(description="Where it stands: good for `after`.")
    node: NoticeDue = strawberry.field(description="The line.")


@strawberry.type(description="One page of whom to tell, the most urgent first.")
class NoticeDueConnection:
    edges: list[NoticeDueEdge] = strawberry.field(description="The lines.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")


@strawberry.type
class NoticesQuery:
    @strawberry.field(
        description="Who has still to be told that they are known here, the most urgent first: to owners and admins of "
        "all in their view, to others of those whom they brought. Nobody where one member shares nothing."
    )
    async def notices_due(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many on a page, 50 at most.")],
        after: Annotated[str | None, strawberry.argument(description="The end cursor of the page before.")] = None,
    ) -> NoticeDueConnection:
        if not 1 <= first <= MOST:
            raise Unfit(f"`first` is 1 to {MOST}.")
        context = info.context
        start = None if after is None else id_in(after)
        found = await notices.list_due_notices(context.graph, context.state, context.viewer, first + 1, after=start)
        edges = [NoticeDueEdge(cursor=cursor(one.id), node=NoticeDue.of(one)) for one in found[:first]]
        ends = [edge.cursor for edge in edges]
        return NoticeDueConnection(edges=edges, page_info=PageInfo.of(ends, more=len(found) > first, after=after))


@strawberry.type
class NoticesMutation:
    @strawberry.mutation(
        description="Say that people were told that they are known here. Whom that is, as far as they are in "
        "`noticesDue`'s view; said again, the newer day stands."
    )
    async def mark_noticed(
        self,
        info: Info,
        people: People,
        on: Annotated[date | None, strawberry.argument(description="When, today where it is left out.")] = None,
    ) -> list[Person]:
        day = on or today()
        if day > today():
            raise Unfit("`on` is a day that has come.")
        return await _said(info, people, day)

    @strawberry.mutation(description="Take back what the viewer said of these people by `markNoticed`.")
    async def undo_noticed(self, info: Info, people: People) -> list[Person]:
        return await _said(info, people, None)


async def _said(info: Info, people: list[strawberry.ID], on: date | None) -> list[Person]:
    if len(people) > AT_ONCE:
        raise Unfit(f"`people` are {AT_ONCE:,} at most.")
    context = info.context
    told = await notices.set_notified(context.graph, context.state, context.viewer, list(map(str, people)), on=on)
    return [Person.of(one) for one in told]
