"""How much a member may ask in an hour, in points of api.limits: counted in this process or in one place for several,
told as GitHub tells it."""

from collections.abc import AsyncIterator, Iterator

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from api.graphql.costs import check, check_text


class Measured(SchemaExtension):
    """Refuses what asks too much, for one request or within an hour, before anything is done for it."""

    _cost = 0

    def on_parse(self) -> Iterator[None]:
        """Measure the text."""
        check_text(self.execution_context.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        """Measure the document."""
        document, meter = self.execution_context.graphql_document, self.execution_context.context.meter
        if document is not None:
            self._cost = check(document, self.execution_context.variables or {}, most=meter.limits.points_per_request)
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Charge for a document that is valid."""
        context = self.execution_context.context
        account = await context.meter.charge(context.viewer, max(1, self._cost))
        context.response.headers.update(account.headers)
        if not account.enough:
            context.response.status_code = 429
            raise GraphQLError(account.sentence, extensions={"code": "RATE_LIMITED"})
        yield
