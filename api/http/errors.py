"""Errors."""

import logging
from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.http.join import UNTOLD
from api.http.oidc import ProviderAway
from api.remedies import api_message
from graph.errors import DatabaseUnavailable, NoDataLoaded, PermissionDenied, QueryTimeout, TertiusError


async def _unsigned(request: Request, _: Exception) -> Response:
    sentence = "Send a member's token as `Authorization: Bearer …`: `tertius up` prints yours."
    return told(401, "UNAUTHENTICATED", sentence, request.scope, {"WWW-Authenticate": "Bearer"})


async def _forbidden(request: Request, error: Exception) -> Response:
    return told(403, FORBIDDEN, api_message(error), request.scope)


async def _uninvited(request: Request, error: Exception) -> Response:
    return told(403, "FORBIDDEN", str(error), request.scope)


async def _not_signed_in(request: Request, error: Exception) -> Response:
    return told(401, "UNAUTHENTICATED", str(error), request.scope)


async def _untold(request: Request, _: Exception) -> Response:
    return told(400, "BAD_USER_INPUT", UNTOLD, request.scope)


async def _away(request: Request, error: Exception) -> Response:
    assert isinstance(error, TertiusError)
    return told(503, code_of(error), api_message(error), request.scope, {"Retry-After": "2"})


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "NOT_FOUND" if error.status_code == 404 else "BAD_USER_INPUT"
    return told(error.status_code, code, error.detail, request.scope, error.headers)


def told(status: int, code: str, sentence: str, scope: Scope, headers: Mapping[str, str] | None = None) -> Response:
    """An error in the shape that GraphQL clients know, with the request's id."""
    error = {"message": sentence, "extensions": {"code": code, "requestId": scope["request_id"]}}
    return JSONResponse({"errors": [error]}, status, headers)


log = logging.getLogger("tertius.api")

INSIDE = "Something went wrong here. The request's id finds it in the service's log."

CODES: dict[type[TertiusError], str] = {
    DatabaseUnavailable: "SERVICE_UNAVAILABLE",
    ProviderAway: "SERVICE_UNAVAILABLE",
    PermissionDenied: "FORBIDDEN",
    NoDataLoaded: "NO_DATA_LOADED",
    QueryTimeout: "TIMEOUT",
}


def code_of(error: TertiusError) -> str:
    """What programs know an expected trouble by."""
    return CODES.get(type(error), "BAD_USER_INPUT")


def note(request_id: str, error: BaseException) -> None:
    """Log a fault of ours: its class and place alone, since a message may hold what was asked for."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place is not None else "nowhere"
    log.error("request %s: %s at %s", request_id, type(error).__name__, where)


FORBIDDEN = "FORBIDDEN"
