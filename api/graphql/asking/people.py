"""People as the viewer may see them, how one refers to them, and the search as one types."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.pagination import MOST, PageInfo, cursor, id_in
from api.graphql.types.person import Person
from graph.lookup.search import Listed
from graph.lookup.search import people as search
from presentation.dates import day


@strawberry.type(description="One hit of a search.")
class PersonEdge:
    cursor: str = strawberry.field(description="Where this hit stands: good for `after` of the same search.")
    node: Person = strawberry.field(description="The person.")
    last_contact: date | None = strawberry.field(
        description="The last day anything passed between them and the viewer."
    )

    @classmethod
    def of(cls, found: Listed) -> Self:
        return cls(cursor=cursor(found.person.id), node=Person.of(found.person), last_contact=day(found.last))


@strawberry.type(description="One page of a search, the best match first, then whom the viewer was last in touch with.")
class PersonConnection:
    edges: list[PersonEdge] = strawberry.field(description="The hits.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")


@strawberry.type
class PeopleQuery:
    @strawberry.field(description="People by the beginning of a name, by an address, a profile or an id, as one types.")
    async def people(
        self,
        info: Info,
        search_for: Annotated[str, strawberry.argument(name="search", description="What was typed so far.")],
        first: Annotated[int, strawberry.argument(description="How many on a page, 50 at most.")],
        after: Annotated[str | None, strawberry.argument(description="The end cursor of the page before.")] = None,
    ) -> PersonConnection:
        if not 1 <= first <= MOST:
            raise Unfit(f"`first` is 1 to {MOST}.")
        start = None if after is None else id_in(after)
        found = await search(info.context.graph, info.context.viewer, search_for, first + 1, after=start)
        edges = [PersonEdge.of(one) for one in found[:first]]
        return PersonConnection(
            edges=edges,
            page_info=PageInfo.of([edge.cursor for edge in edges], more=len(found) > first, after=after),
        )
