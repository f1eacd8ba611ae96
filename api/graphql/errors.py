"""Errors of GraphQL as clients see them: a message, a code, the request's id, and no internal details."""

from collections.abc import Sequence

from graphql import GraphQLError

from api.context import Context
from api.defect_log import log_defect
from api.error_codes import ErrorCode, code_of
from api.graphql.invalid_argument import InvalidArgument
from api.http.errors import INTERNAL_ERROR_MESSAGE
from api.remedies import api_message
from graph.errors import DatabaseUnavailable, TertiusError


def masked(errors: Sequence[GraphQLError], context: Context) -> list[GraphQLError]:
    """The errors for the client. If the database is unavailable, the response has the status 503."""
    if any(isinstance(_cause(error), DatabaseUnavailable) for error in errors) and context.response is not None:
        context.response.status_code = 503
    return [_masked(error, context.request_id) for error in errors]


def _cause(error: GraphQLError) -> BaseException | None:
    """The exception that a resolver raised. None if the document or an argument is invalid."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError) and not isinstance(cause, InvalidArgument):
        if cause.original_error is None:
            return cause if cause.path else None
        cause = cause.original_error
    return None if isinstance(cause, InvalidArgument) else cause


def _masked(error: GraphQLError, request_id: str) -> GraphQLError:
    cause = _cause(error)
    code = (error.extensions or {}).get("code", ErrorCode.GRAPHQL_VALIDATION_FAILED)
    message = error.message
    if isinstance(cause, TertiusError):
        code, message = code_of(cause), api_message(cause)
    elif cause is not None:
        log_defect(f"request {request_id}", cause)
        code, message = ErrorCode.INTERNAL_SERVER_ERROR, INTERNAL_ERROR_MESSAGE
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code, "requestId": request_id},
    )
