"""Sources in view: what an answer rests on, and until when it saw."""

import strawberry

from api.context import Info
from api.graphql.types.source import Source, _all


@strawberry.type
class SourcesQuery:
    @strawberry.field(description="The sources in the viewer's view, their own that are not complete among them.")
    def sources(self, info: Info) -> list[Source]:
        context = info.context
        return _all(context.state.listed_sources(context.viewer.member), context)
