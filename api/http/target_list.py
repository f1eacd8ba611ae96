"""`POST /targets`: answers a list of targets as JSON or as CSV."""

import asyncio
from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response, StreamingResponse
from starlette.requests import ClientDisconnect

from api.context import Context
from api.error_codes import ErrorCode
from api.http.errors import error_response
from api.http.request_context import request_context
from api.quotas import PointBalance
from api.request_limits import Start
from api.time_limit import time_limit
from graph.networks.permissions import Operation, check_permission
from operations import target_lists
from operations.uploads.files import STALL_SECONDS, UploadTooLarge
from presentation import target_list_csv, target_list_json
from sources.errors import InvalidTargetList
from sources.tables.target_list import TargetList


async def serve_target_list(request: Request, context: Annotated[Context, Depends(request_context)]) -> Response:
    """Answer each row of the list, in its order."""
    check_permission(Operation.ASK, context.holder.role, context.holder.scopes)
    max_introducers = request.query_params.get("maxIntroducers", "2")
    start = request.query_params.get("start", Start.ME.name)
    if max_introducers not in ("1", "2", "3") or start not in Start.__members__:
        message = "`maxIntroducers` is 1 to 3, and `start` is ME or TEAM."
        return error_response(400, ErrorCode.BAD_USER_INPUT, message, request.scope)
    account = await context.meter.charge(context.viewer, MIN_LIST_POINTS)
    if not account.is_enough:
        return error_response(429, ErrorCode.RATE_LIMITED, account.message, request.scope, account.headers)
    return await _answer_list(request, context, account, team=start == Start.TEAM.name, most=int(max_introducers))


async def _answer_list(request: Request, context: Context, account: PointBalance, *, team: bool, most: int) -> Response:
    """Read and answer the list of a request that was charged its first points."""
    try:
        async with asyncio.timeout(STALL_SECONDS):
            body = await read_list(request.stream())
        targets = await target_lists.parse_target_list(target_lists.body_as_file(body))
    except (UploadTooLarge, InvalidTargetList) as error:
        status, code = (
            (413, ErrorCode.PAYLOAD_TOO_LARGE) if isinstance(error, UploadTooLarge) else (400, ErrorCode.BAD_USER_INPUT)
        )
        return error_response(status, code, str(error), request.scope)
    except (ClientDisconnect, TimeoutError):
        return error_response(408, ErrorCode.TIMEOUT, "The list was cut off. Send it again.", request.scope)
    if more := target_list_points(targets) - MIN_LIST_POINTS:
        account = await context.meter.charge(context.viewer, more)
    if not account.is_enough:
        return error_response(429, ErrorCode.RATE_LIMITED, account.message, request.scope, account.headers)
    seconds = context.meter.limits.target_list_seconds
    async with time_limit(seconds, "Send a smaller list."):
        ranked = await target_lists.answer_rows(
            context.session, targets, team=team, max_introducers=most, seconds=seconds
        )
    if wants_csv(request.headers.get("accept", "")):
        headers = {**account.headers, "Content-Disposition": 'attachment; filename="targets.csv"'}
        lines = (line.encode("utf-8", "replace") for line in target_list_csv.target_list_lines(targets, ranked))
        return StreamingResponse(lines, media_type=f"{CSV}; charset=utf-8", headers=headers)
    pieces = target_list_json.target_list_pieces(targets, ranked, context.viewer)
    return StreamingResponse(pieces, media_type=JSON, headers=account.headers)


MAX_LIST_BYTES = 10 * 2**20
"""Maximum size of a list: 2,000 bytes for each of 5,000 rows."""
MIN_LIST_POINTS = 20
"""Points that a request costs before its list is read. They include the first 200 rows."""
CSV, JSON = "text/csv", "application/json"


async def read_list(pieces: AsyncIterable[bytes]) -> bytes:
    """Read a list. Raises UploadTooLarge."""
    body = bytearray()
    async for piece in pieces:
        body += piece
        if len(body) > MAX_LIST_BYTES:
            most = MAX_LIST_BYTES // 2**20
            raise UploadTooLarge(f"A list may have at most {most} MB. Remove columns that are not needed.")
    return bytes(body)


def target_list_points(target_list: TargetList) -> int:
    """The cost of a list. A row costs less than a query: it takes a thousandth of the time and shows less."""
    return max(MIN_LIST_POINTS, len(target_list.rows) // 10)


def wants_csv(accept: str) -> bool:
    """Whether the header Accept names CSV, and not JSON before it."""
    types = [each.partition(";")[0].strip().lower() for each in accept.split(",")]
    return next((each for each in types if each in (CSV, JSON)), JSON) == CSV
