"""The query `sources`."""

import strawberry

from api.context import Info
from api.graphql.field import query
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.source import Source


@strawberry.type
class SourcesQuery:
    @query(description="List the sources visible to the viewer, with the viewer's own that are not ready.")
    async def sources(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Source]:
        return Connection[Source].of_all(page(first, after), await Source.all(info))
