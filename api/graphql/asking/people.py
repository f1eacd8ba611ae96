"""The query `people`."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, query
from api.graphql.pagination import After, First, PageInfo, encode_cursor, page
from api.graphql.types.person import Person
from graph.insights.tags import find_tag
from graph.lookup.search import PersonMatch, Relation, search_people
from presentation.dates import to_date

strawberry.enum(
    Relation,
    description="What a person is to the viewer. SELF: the viewer. TIE: the person knows the viewer. ONE_SIDED: only "
    "one of the two contacted the other. LISTED: the viewer's sources list the person and show no contact. NO_TIE: "
    "none of these.",
)


@strawberry.type(description="A match of a search and its position in the list.")
class PersonEdge:
    cursor: str = strawberry.field(description="The position of the match, to send as `after`.")
    node: Person = strawberry.field(description="The person.")
    last_contact: date | None = strawberry.field(
        description="The date of the last interaction with the viewer. Null if there is none."
    )

    relation: Relation = strawberry.field(description="What the person is to the viewer.")

    @classmethod
    def from_match(cls, listed: PersonMatch) -> Self:
        return cls(
            cursor=encode_cursor(listed.person.id),
            node=Person.from_person(listed.person),
            last_contact=to_date(listed.last),
            relation=listed.relation,
        )


@strawberry.type(description="A page of a search. The best match comes first, then the most recent contact.")
class PersonConnection:
    edges: list[PersonEdge] = strawberry.field(description="The matches with their cursors.")
    nodes: list[Person] = strawberry.field(description="The people.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")


@strawberry.type
class PeopleQuery:
    @query(
        description="Search people by words of a name, of which the last may be incomplete, or by a complete address, "
        "profile URL or id.",
        cost=10,
    )
    async def people(
        self,
        info: Info,
        search_for: Annotated[str, strawberry.argument(name="search", description="The text to search for.")],
        first: First,
        after: After = None,
        tag: TagFilter = None,
    ) -> PersonConnection:
        requested = page(first, after)
        graph, viewer = info.context.graph, info.context.viewer
        among = None if tag is None else (await find_tag(graph, viewer, tag)).people
        rows = await search_people(graph, viewer, search_for, requested.limit, after=requested.start, among=among)
        edges = [PersonEdge.from_match(each) for each in rows[: requested.size]]
        return PersonConnection(
            edges=edges,
            nodes=[edge.node for edge in edges],
            page_info=requested.info([each.person.id for each in rows]),
        )
