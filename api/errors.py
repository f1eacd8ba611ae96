"""What clients hear when something goes wrong: a sentence, a code and the request's id, and nothing of our insides."""

import logging
from collections.abc import Sequence

from graphql import GraphQLError

from api.context import Context
from api.oidc import ProviderAway
from graph.errors import DatabaseAway, NotAllowed, NotLoaded, TertiusError, TooSlow

log = logging.getLogger("tertius.api")

INSIDE = "Something went wrong here. The request's id finds it in the service's log."

CODES: dict[type[TertiusError], str] = {
    DatabaseAway: "AWAY",
    ProviderAway: "AWAY",
    NotAllowed: "FORBIDDEN",
    NotLoaded: "NOT_LOADED",
    TooSlow: "TOO_SLOW",
}


class Unfit(GraphQLError):
    """An argument that is of the right type and still cannot be used."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "UNFIT_ARGUMENT"})


def told(errors: Sequence[GraphQLError], context: Context) -> list[GraphQLError]:
    """What the client hears of these; a database that is away makes the whole request a 503."""
    if any(isinstance(_cause(error), DatabaseAway) for error in errors) and context.response is not None:
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


def code_of(error: TertiusError) -> str:
    """What programs know an expected trouble by."""
    return CODES.get(type(error), "REFUSED")


def _told(error: GraphQLError, request_id: str) -> GraphQLError:
    why = _cause(error)
    code = (error.extensions or {}).get("code", "UNFIT_DOCUMENT")
    message = error.message
    if isinstance(why, TertiusError):
        code, message = code_of(why), str(why)
    elif why is not None:
        note(request_id, why)
        code, message = "INSIDE", INSIDE
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code, "requestId": request_id},
    )


def note(request_id: str, error: BaseException) -> None:
    """Log a fault of ours: its class and place alone, since a message may hold what was asked for."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place is not None else "nowhere"
    log.error("request %s: %s at %s", request_id, type(error).__name__, where)
