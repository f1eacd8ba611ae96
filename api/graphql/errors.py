"""What clients hear when something goes wrong: a sentence, a code and the request's id, and nothing of our insides."""

from collections.abc import Sequence

from graphql import GraphQLError

from api.context import Context
from api.graphql.bad_argument import Unfit
from api.http.errors import INSIDE, code_of, note
from api.remedies import api_message
from graph.errors import DatabaseUnavailable, TertiusError


def told(errors: Sequence[GraphQLError], context: Context) -> list[GraphQLError]:
    """What the client hears of these; a database that is away makes the whole request a 503."""
    if any(isinstance(_cause(error), DatabaseUnavailable) for error in errors) and context.response is not None:
        context.response.status_code = 503
    return [_told(error, context.request_id) for error in errors]


def _cause(error: GraphQLError) -> BaseException | None:
    """What a resolver raised, None where the document itself is at fault."""
    found: BaseException | None = error
    while isinstance(found, GraphQLError) and not isinstance(found, Unfit):
        if found.original_error is None:
            return found if found.path else None
        found = found.original_error
    return None if isinstance(found, Unfit) else found


def _told(error: GraphQLError, request_id: str) -> GraphQLError:
    why = _cause(error)
    code = (error.extensions or {}).get("code", "GRAPHQL_VALIDATION_FAILED")
    message = error.message
    if isinstance(why, TertiusError):
        code, message = code_of(why), api_message(why)
    elif why is not None:
        note(request_id, why)
        code, message = "INTERNAL_SERVER_ERROR", INSIDE
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code, "requestId": request_id},
    )
