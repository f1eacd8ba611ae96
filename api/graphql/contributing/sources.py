"""The query `sources`."""

import strawberry

from api.context import Info
from api.graphql.field import query
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.source import Source


@strawberry.type
class SourcesQuery:
    @query(description="List the sources visible to the viewer, with the viewer's own that are not ready.")
    def sources(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Source]:
        context = info.context
        found = list(context.state.listed_sources(context.viewer.member))
        as_of = context.viewer.as_of
        return Connection[Source].of_all(
            page(first, after), found, lambda source: source.id, lambda source: Source.of(source, as_of)
        )
