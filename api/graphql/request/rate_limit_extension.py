"""The cost of a request, and the points that a member has left in the hour."""

from collections.abc import AsyncIterator, Iterator

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from api.error_codes import ErrorCode
from api.graphql.field import Rules
from api.graphql.request.costs import check, check_text


class CostLimit(SchemaExtension):
    """Rejects a request that costs too much, alone or within the hour, before it is executed."""

    _cost = 0

    def on_parse(self) -> Iterator[None]:
        """Check the text."""
        check_text(self.execution_context.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        """Compute the cost."""
        document, meter = self.execution_context.graphql_document, self.execution_context.context.meter
        if document is not None:
            rules: Rules = self.execution_context.schema.rules  # type: ignore[attr-defined]
            variables = self.execution_context.variables or {}
            self._cost = check(document, variables, rules=rules, most=meter.limits.points_per_request)
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Charge for a valid document."""
        context = self.execution_context.context
        account = await context.meter.charge(context.viewer, max(1, self._cost))
        context.response.headers.update(account.headers)
        if not account.is_enough:
            context.response.status_code = 429
            raise GraphQLError(account.message, extensions={"code": ErrorCode.RATE_LIMITED})
        yield
