"""Idempotency keys: a mutation that is sent again with its key runs once and returns the same response."""

import json
from collections.abc import AsyncIterator

from graphql import ExecutionResult as Executed
from graphql import GraphQLError, OperationType, get_operation_ast
from graphql.utilities import value_from_ast_untyped
from strawberry.extensions import SchemaExtension

from api.error_codes import ErrorCode
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.request.documents import root_fields
from graph.networks.idempotency import ClaimStatus, IdempotentRequest

MAX_KEY_LENGTH = 255
_REJECTIONS = {
    ClaimStatus.IN_PROGRESS: (
        ErrorCode.IDEMPOTENCY_IN_PROGRESS,
        "A request with this key is being processed. Retry later.",
    ),
    ClaimStatus.KEY_REUSED: (
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        "This `idempotencyKey` was used for another request. Use a new one.",
    ),
}
KEY = "idempotencyKey"


class Idempotency(SchemaExtension):
    """Returns the stored response of a key, or stores the response of this request if it has no errors."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Claim the key before the mutation runs."""
        context, mutation = self.execution_context.context, self._mutation()
        if mutation is None:
            yield
            return
        claim = await mutation.claim(context.graph)
        if isinstance(claim, bytes):
            self.execution_context.result = Executed(data=json.loads(claim), errors=None)
            yield
            return
        if claim is ClaimStatus.IN_PROGRESS:
            context.response.status_code = 409
        if claim is not ClaimStatus.ACQUIRED:
            code, message = _REJECTIONS[claim]
            raise GraphQLError(message, extensions={"code": code})
        try:
            yield
        finally:
            result = self.execution_context.result
            if isinstance(result, Executed) and result.data is not None and not result.errors:
                await mutation.store_response(context.graph, json.dumps(result.data).encode())
            else:
                await mutation.release(context.graph)

    def _mutation(self) -> IdempotentRequest | None:
        """The mutation with its key. None if the request has no key."""
        execution = self.execution_context
        document = execution.graphql_document
        operation = document and get_operation_ast(document, execution.operation_name)
        if not document or not operation or operation.operation is not OperationType.MUTATION:
            return None
        mutations = list(root_fields(document, operation))
        inputs = [
            value_from_ast_untyped(argument.value, execution.variables)
            for each in mutations
            for argument in each.arguments or ()
            if argument.name.value == "input"
        ]
        keys = [key for each in inputs if isinstance(each, dict) and (key := each.get(KEY)) is not None]
        if not keys:
            return None
        key = keys[0]
        if len(mutations) > 1:
            raise InvalidArgument("A request with an `idempotencyKey` has one mutation.")
        if not isinstance(key, str) or not 0 < len(key) <= MAX_KEY_LENGTH:
            raise InvalidArgument(f"`idempotencyKey` is a string of 1 to {MAX_KEY_LENGTH} characters.")
        # with the scopes: a token must not receive a secret that it could not have created
        scopes = sorted(execution.context.holder.scopes)
        body = [execution.query, execution.variables, execution.operation_name, scopes]
        return IdempotentRequest(execution.context.viewer, key, json.dumps(body, sort_keys=True).encode())
