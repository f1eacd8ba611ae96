"""Permissions of a document, checked for each of its fields before any is resolved."""

from collections.abc import Iterator

from graphql import DocumentNode, GraphQLError, OperationType, get_operation_ast
from strawberry.extensions import SchemaExtension

from api.error_codes import ErrorCode
from api.graphql.field import Rules
from api.graphql.request.documents import root_fields
from graph.errors import PermissionDenied
from graph.networks.permissions import Operation, check_permission


class PermissionCheck(SchemaExtension):
    """Rejects the whole request with 403 if the token's scopes or the member's role do not permit a field of it."""

    def on_execute(self) -> Iterator[None]:
        """Check the operation that is about to run."""
        execution, context = self.execution_context, self.execution_context.context
        if execution.graphql_document is not None:
            # Strawberry would run the first operation
            if get_operation_ast(execution.graphql_document, execution._provided_operation_name) is None:  # noqa: SLF001
                raise GraphQLError(
                    "Set `operationName` to one of the operations of the document.",
                    extensions={"code": ErrorCode.BAD_USER_INPUT},
                )
            rules: Rules = execution.schema.rules  # type: ignore[attr-defined]
            try:
                for operation in required_permissions(execution.graphql_document, execution.operation_name, rules):
                    check_permission(operation, context.holder.role, context.holder.scopes)
            except PermissionDenied as error:
                context.response.status_code = 403
                raise GraphQLError(str(error), extensions={"code": ErrorCode.FORBIDDEN}) from error
        yield


def required_permissions(document: DocumentNode, name: str | None, rules: Rules) -> set[Operation]:
    """The permissions that the operation of this name requires. A mutation without a rule requires an owner."""
    operation = get_operation_ast(document, name)
    is_query = operation is None or operation.operation is OperationType.QUERY
    declared, default = (rules.queries, Operation.ASK) if is_query else (rules.mutations, Operation.MANAGE_OWNERS)
    return {
        declared[field.name.value].permission if field.name.value in declared else default
        for field in root_fields(document, operation)
    }
