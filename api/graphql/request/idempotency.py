"""Idempotency keys: a mutation that is sent again with its key runs once and returns the same response."""

import json
from collections.abc import AsyncIterator

from graphql import ExecutionResult as Executed
from graphql import GraphQLError, OperationType, get_operation_ast
from graphql.utilities import value_from_ast_untyped
from strawberry.extensions import SchemaExtension

from api.graphql.bad_argument import Unfit
from api.graphql.request.documents import questions
from graph.networks.idempotency import ClaimStatus, IdempotentRequest

MAX_KEY_LENGTH = 255
_REFUSED = {
    ClaimStatus.IN_PROGRESS: ("IDEMPOTENCY_IN_PROGRESS", "A request with this key is being processed. Retry later."),
    ClaimStatus.KEY_REUSED: (
        "IDEMPOTENCY_KEY_REUSED",
        "This `idempotencyKey` was used for another request. Use a new one.",
    ),
}
KEY = "idempotencyKey"


class MadeOnce(SchemaExtension):
    """Returns the stored response of a key, or stores the response of this request if it has no errors."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Claim the key before the mutation runs."""
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
        """The mutation with its key. None if the request has no key."""
        asked = self.execution_context
        document = asked.graphql_document
        operation = document and get_operation_ast(document, asked.operation_name)
        if not document or not operation or operation.operation is not OperationType.MUTATION:
            return None
        changes = list(questions(document, operation))
        inputs = [
            value_from_ast_untyped(argument.value, asked.variables)
            for change in changes
            for argument in change.arguments or ()
            if argument.name.value == "input"
        ]
        given = [key for one in inputs if isinstance(one, dict) and (key := one.get(KEY)) is not None]
        if not given:
            return None
        key = given[0]
        if len(changes) > 1:
            raise Unfit("A request with an `idempotencyKey` has one mutation.")
        if not isinstance(key, str) or not 0 < len(key) <= MAX_KEY_LENGTH:
            raise Unfit(f"`idempotencyKey` is a string of 1 to {MAX_KEY_LENGTH} characters.")
        body = [asked.query, asked.variables, asked.operation_name]
        return IdempotentRequest(asked.context.viewer, key, json.dumps(body, sort_keys=True).encode())
