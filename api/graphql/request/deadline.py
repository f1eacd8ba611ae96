"""The time limit of a query."""

import asyncio
from collections.abc import AsyncIterator

from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from graph.errors import QueryTimeout


class Deadline(SchemaExtension):
    """Stops a query that takes longer than the limit. Mutations have none: a change that began is completed."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Execute within the limit. Raises QueryTimeout."""
        is_query = self.execution_context.operation_type is OperationType.QUERY
        seconds = self.execution_context.context.meter.limits.request_seconds
        try:
            async with asyncio.timeout(seconds if is_query else None):
                yield
        except TimeoutError as error:
            raise QueryTimeout(f"The request took longer than {seconds:g} s. Ask for less in one request.") from error
