"""`idempotencyKey` on every change: sent again under the same key it is made once, and its answer told again."""

import json
from collections.abc import AsyncIterator
from typing import Any

import strawberry
from graphql import ExecutionResult as Executed
from graphql import GraphQLError, OperationType, get_operation_ast
from graphql.utilities import value_from_ast_untyped
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension, SchemaExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from api.graphql.bad_argument import Unfit
from api.graphql.documents import questions
from graph.networks.idempotency import ClaimStatus, IdempotentRequest

LONGEST = 255
_REFUSED = {
    ClaimStatus.IN_PROGRESS: ("IDEMPOTENCY_IN_PROGRESS", "This very change is being made: ask again in a while."),
    ClaimStatus.KEY_REUSED: (
        "IDEMPOTENCY_MISMATCH",
        "This `idempotencyKey` was sent with another request: take a new one.",
    ),
}
KEY = StrawberryArgument(
    python_name="idempotency_key",
    graphql_name="idempotencyKey",
    type_annotation=StrawberryAnnotation(strawberry.ID | None),
    default=None,
    description="A random text of your own: sent again with it within a day, the same request changes nothing more and "
    "is answered the same.",
)


class Keyed(FieldExtension):
    """Gives a change its key, of which the change itself knows nothing."""

    def apply(self, field: StrawberryField) -> None:
        """Add the argument, once however many schemas are made."""
        if KEY.python_name not in {argument.python_name for argument in field.arguments}:
            field.arguments = [*field.arguments, KEY]

    def map_arguments(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """What the change takes."""
        return {name: value for name, value in kwargs.items() if name != KEY.python_name}


class MadeOnce(SchemaExtension):
    """Tells again what was answered under a key; keeps what is answered now, unless anything went wrong."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Claim the change before it is made."""
        context, change = self.execution_context.context, self._change()
        if change is None:
            yield
            return
        claimed = await change.claim(context.graph)
        if isinstance(claimed, bytes):
            self.execution_context.result = Executed(data=json.loads(claimed), errors=None)
            yield
            return
        if claimed is ClaimStatus.IN_PROGRESS:
            context.response.status_code = 409
        if claimed is not ClaimStatus.ACQUIRED:
            code, sentence = _REFUSED[claimed]
            raise GraphQLError(sentence, extensions={"code": code})
        try:
            yield
        finally:
            result = self.execution_context.result
            if isinstance(result, Executed) and result.data is not None and not result.errors:
                await change.store_response(context.graph, json.dumps(result.data).encode())
            else:
                await change.release(context.graph)

    def _change(self) -> IdempotentRequest | None:
        """The one change that is asked for under a key; None without a key."""
        asked = self.execution_context
        document = asked.graphql_document
        operation = document and get_operation_ast(document, asked.operation_name)
        if not document or not operation or operation.operation is not OperationType.MUTATION:
            return None
        changes = list(questions(document, operation))
        given = [
            key
            for change in changes
            for argument in change.arguments or ()
            if argument.name.value == KEY.graphql_name
            and (key := value_from_ast_untyped(argument.value, asked.variables)) is not None
        ]
        if not given:
            return None
        key = given[0]
        if len(changes) > 1:
            raise Unfit("A request with an `idempotencyKey` makes one change.")
        if not isinstance(key, str) or not 0 < len(key) <= LONGEST:
            raise Unfit(f"An `idempotencyKey` is a text of 1 to {LONGEST} characters.")
        body = [asked.query, asked.variables, asked.operation_name]
        return IdempotentRequest(asked.context.viewer, key, json.dumps(body, sort_keys=True).encode())
