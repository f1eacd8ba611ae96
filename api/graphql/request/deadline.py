"""The time limits of a query and of a mutation."""

from collections.abc import AsyncIterator

from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from api.time_limit import SEND_AGAIN, time_limit


class Deadline(SchemaExtension):
    """Stops a request that takes longer than its limit.

    A mutation stops between two transactions (graph.database.client), as if its process had been killed there. So it
    has no effect, or the next change of the network completes it, or the same mutation does when it is sent again.
    """

    async def on_execute(self) -> AsyncIterator[None]:
        """Execute within the limit. Raises QueryTimeout."""
        is_query = self.execution_context.operation_type is OperationType.QUERY
        limits = self.execution_context.context.meter.limits
        seconds = limits.request_seconds if is_query else limits.mutation_seconds
        remedy = "Ask for less in one request." if is_query else SEND_AGAIN
        async with time_limit(seconds, remedy):
            yield
