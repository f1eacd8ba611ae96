"""Responses for errors outside of GraphQL fields, in the shape of GraphQL errors."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.error_codes import ErrorCode, code_of
from api.html_page import html_page
from api.http.join import INVALID_BODY
from api.remedies import api_message
from graph.errors import TertiusError

INTERNAL_ERROR_MESSAGE = "An internal error occurred. The log of the service has details under the id of this request."
UNAUTHENTICATED_MESSAGE = "Send a member's token as `Authorization: Bearer …`. `tertius up` prints yours."

_STATUS = {
    ErrorCode.SERVICE_UNAVAILABLE: 503,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NO_DATA_LOADED: 409,
    ErrorCode.TIMEOUT: 504,
    ErrorCode.CONFLICT: 409,
    ErrorCode.BAD_USER_INPUT: 400,
}
"""The status of each code that `code_of` returns."""
_CODES_BY_STATUS = {404: ErrorCode.NOT_FOUND, 429: ErrorCode.RATE_LIMITED}


def error_response(
    status: int, code: ErrorCode, message: str, scope: Scope, headers: Mapping[str, str] | None = None
) -> Response:
    """An error in the shape that GraphQL clients know, with the request's id."""
    error = {"message": message, "extensions": {"code": code, "requestId": scope["request_id"]}}
    return JSONResponse({"errors": [error]}, status, headers)


async def on_unauthenticated(request: Request, _: Exception) -> Response:
    """The response to a request without a valid token."""
    return error_response(
        401, ErrorCode.UNAUTHENTICATED, UNAUTHENTICATED_MESSAGE, request.scope, {"WWW-Authenticate": "Bearer"}
    )


async def on_sign_in_failed(request: Request, error: Exception) -> Response:
    """The response to a sign-in that failed."""
    return error_response(401, ErrorCode.UNAUTHENTICATED, str(error), request.scope)


async def on_forbidden(request: Request, error: Exception) -> Response:
    """The response to a request without permission, or with an invalid invitation."""
    return error_response(403, ErrorCode.FORBIDDEN, api_message(error), request.scope)


async def on_invalid_body(request: Request, _: Exception) -> Response:
    """The response to a body of POST /join that is not valid."""
    return error_response(400, ErrorCode.BAD_USER_INPUT, INVALID_BODY, request.scope)


async def on_tertius_error(request: Request, error: Exception) -> Response:
    """The response to an expected error, with the status of its code."""
    assert isinstance(error, TertiusError)
    code = code_of(error)
    headers = {"Retry-After": "2"} if code is ErrorCode.SERVICE_UNAVAILABLE else None
    return error_response(_STATUS[code], code, api_message(error), request.scope, headers)


async def on_http_error(request: Request, error: Exception) -> Response:
    """The response to an unknown path, a wrong method, or a body that cannot be read. A browser gets a page."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        text = '<p>There is no page at this address.</p><p><a href="/">Go to the first page</a></p>'
        return html_page("Page not found", text, 404)
    code = _CODES_BY_STATUS.get(error.status_code, ErrorCode.BAD_USER_INPUT)
    return error_response(error.status_code, code, error.detail, request.scope, error.headers)
