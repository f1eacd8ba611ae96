"""`GET /insights/connections` and `GET /insights/prune`: complete lists about the viewer's own connections, as JSON.

GraphQL computes such a list anew for each page. These answers have all of it, with the objects of GraphQL.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from api.context import Context
from api.error_codes import ErrorCode
from api.http.errors import error_response
from api.http.request_context import request_context
from api.time_limit import time_limit
from graph.insights.health import ConnectionClass
from graph.insights.review.prune import PruneRule
from graph.names.visible_text import visible_values
from graph.networks.permissions import Operation, check_permission
from operations.insights.health import list_classified_connections
from operations.insights.review import list_prune_suggestions
from presentation.answer_json import Data
from presentation.insights.health_json import listed_people_data
from presentation.insights.review import prune_data

COMPUTATION_POINTS = 100
"""Points of a list before its rows, as of a page by GraphQL."""
POINTS_OF_INVALID = 1
"""Points of a request with an invalid parameter."""
ROWS_PER_POINT = 100
"""Rows of a list for a point. One computation gives all of them, so that they cost less than by GraphQL."""

_Context = Annotated[Context, Depends(request_context)]


async def list_own_connections(request: Request, context: _Context) -> Response:
    """The viewer's connections by name; with `class` those of one class, with `tag` those with a tag."""
    names, tag = ConnectionClass.__members__, request.query_params.get("tag")

    async def read(only: str | None) -> list[Data]:
        rows = await list_classified_connections(context.session, names[only] if only else None, tag=tag)
        return await asyncio.to_thread(listed_people_data, rows)

    return await _answer(request, context, "class", names, read)


async def list_connections_to_archive(request: Request, context: _Context) -> Response:
    """The connections that the viewer could archive; with `rule` those of one rule, with `tag` those with a tag."""
    names, tag = PruneRule.__members__, request.query_params.get("tag")

    async def read(only: str | None) -> list[Data]:
        rows = await list_prune_suggestions(context.session, names[only] if only else None, tag=tag)
        return await asyncio.to_thread(lambda: [prune_data(each) for each in rows])

    return await _answer(request, context, "rule", names, read)


async def _answer(
    request: Request,
    context: Context,
    parameter: str,
    values: Collection[str],
    read: Callable[[str | None], Awaitable[list[Data]]],
) -> Response:
    """Charge for the computation, compute the rows, and charge for these."""
    check_permission(Operation.ASK, context.holder.role, context.holder.scopes)
    only = request.query_params.get(parameter)
    is_valid = only is None or only in values
    account = await context.meter.charge(context.viewer, COMPUTATION_POINTS if is_valid else POINTS_OF_INVALID)
    if account.is_enough and not is_valid:
        message = f"`{parameter}` is one of {', '.join(values)}."
        return error_response(400, ErrorCode.BAD_USER_INPUT, message, request.scope, account.headers)
    rows: list[Data] = []
    if account.is_enough:
        async with time_limit(context.meter.limits.target_list_seconds, "Ask for one class, rule or tag."):
            rows = await read(only)
        if more := len(rows) // ROWS_PER_POINT:
            account = await context.meter.charge(context.viewer, more)
    if not account.is_enough:
        return error_response(429, ErrorCode.RATE_LIMITED, account.message, request.scope, account.headers)
    headers = {**account.headers, "Cache-Control": "no-store"}
    # not a stream, which would keep the rows for as long as a client takes to read it
    return Response(await asyncio.to_thread(_encoded, rows), media_type="application/json", headers=headers)


def _encoded(rows: Sequence[Data]) -> bytes:
    """The rows as a JSON array, without invisible characters."""
    return f"[{','.join(json.dumps(visible_values(row), ensure_ascii=False) for row in rows)}]".encode()
