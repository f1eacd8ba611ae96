"""Expected errors outside of GraphQL have the status of their code."""

import json

import pytest
from fastapi import Request

from api.http.errors import on_tertius_error
from graph.errors import (
    DatabaseMisconfigured,
    DatabaseUnavailable,
    InvalidStatement,
    NetworkBusy,
    NoDataLoaded,
    PermissionDenied,
    QueryTimeout,
    TertiusError,
)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (DatabaseUnavailable, 503, "SERVICE_UNAVAILABLE"),
        (DatabaseMisconfigured, 503, "SERVICE_UNAVAILABLE"),
        (NetworkBusy, 409, "CONFLICT"),
        (NoDataLoaded, 409, "NO_DATA_LOADED"),
        (PermissionDenied, 403, "FORBIDDEN"),
        (QueryTimeout, 504, "TIMEOUT"),
        (InvalidStatement, 400, "BAD_USER_INPUT"),
    ],
)
async def test_an_error_has_the_status_of_its_code(kind: type[TertiusError], status: int, code: str) -> None:
    request = Request({"type": "http", "request_id": "an-id"})

    response = await on_tertius_error(request, kind("A message."))

    (error,) = json.loads(bytes(response.body))["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (status, code)
    assert ("retry-after" in response.headers) is (status == 503)
