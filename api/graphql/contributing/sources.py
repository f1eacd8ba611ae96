"""The list of sources, and their removal."""

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.source import Source
from graph.ingest.remove import remove_source
from graph.networks.permissions import Operation


@strawberry.input(description="The source to remove.")
class RemoveSourceInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of one of the viewer's sources.")


@strawberry.type(description="The result of the removal of a source.")
class RemoveSourcePayload:
    removed_source_id: strawberry.ID | None = strawberry.field(
        description="The id of the removed source. Null if the viewer has no source with this id."
    )


@strawberry.type
class SourcesQuery:
    @query(description="List the sources visible to the viewer, with the viewer's own that are not ready.")
    async def sources(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Source]:
        return Connection[Source].from_list(page(first, after), await Source.list_all(info))


@strawberry.type
class SourcesMutation:
    @mutation(
        description="Remove one of the viewer's sources and everything derived from it.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=100,
    )
    async def remove_source(self, info: Info, input: RemoveSourceInput) -> RemoveSourcePayload:
        context = info.context
        own = {source.id for source in context.state.sources if source.member == context.viewer.member}
        if input.id not in own:
            return RemoveSourcePayload(removed_source_id=None)
        await remove_source(context.graph.with_timeout(None), context.viewer.network, context.viewer.member, input.id)
        return RemoveSourcePayload(removed_source_id=input.id)
