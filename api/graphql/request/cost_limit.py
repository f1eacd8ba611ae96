"""The cost of a request, and the points that a member has left in the hour."""

from collections.abc import AsyncIterator, Iterator

from graphql import GraphQLError, GraphQLSchema
from strawberry.extensions import SchemaExtension

from api.context import Context
from api.error_codes import ErrorCode
from api.graphql.field import Rules
from api.graphql.request.costs import KnownCosts, check_text
from api.quotas import PointBalance


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
            schema: GraphQLSchema = self.execution_context.schema.definition  # type: ignore[attr-defined]
            variables = self.execution_context.variables or {}
            most = meter.limits.points_per_request
            costs: KnownCosts = self.execution_context.schema.costs  # type: ignore[attr-defined]
            text = self.execution_context.query or ""
            self._cost = costs.check(text, document, variables, schema=schema, rules=rules, most=most)
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Charge for a valid document. api.graphql.schema charges for all others."""
        context = self.execution_context.context
        account = await context.meter.charge(context.viewer, max(1, self._cost))
        context.is_charged = True
        if not account.is_enough:
            raise reject(context, account)
        context.response.headers.update(account.headers)
        yield


def reject(context: Context, account: PointBalance) -> GraphQLError:
    """The error for a member without enough points. It sets the status and the headers of the response."""
    assert context.response is not None
    context.response.headers.update(account.headers)
    context.response.status_code = 429
    return GraphQLError(account.message, extensions={"code": ErrorCode.RATE_LIMITED})
