"""Target list."""

import asyncio
from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.requests import ClientDisconnect

from api.context import Context
from api.http.errors import told
from api.http.request_context import _context
from api.request_limits import Start
from graph.networks.permissions import Operation, check_permission
from operations import target_lists
from operations.upload_queue import STALL_SECONDS, UploadTooLarge
from presentation import target_list_csv, target_list_json
from sources.errors import InvalidTargetList
from sources.tables.target_list import TargetList


async def _targets(request: Request, asker: Annotated[Context, Depends(_context)]) -> Response:
    """A list of targets, answered row by row as it came: as JSON, or as CSV."""
    check_permission(Operation.ASK, asker.holder.role, asker.holder.scopes)
    deepest = request.query_params.get("maxIntroducers", "2")
    start = request.query_params.get("start", Start.ME.name)
    if deepest not in ("1", "2", "3") or start not in Start.__members__:
        sentence = "`maxIntroducers` is 1 to 3, `start` is ME or TEAM."
        return told(400, "BAD_USER_INPUT", sentence, request.scope)
    try:
        async with asyncio.timeout(STALL_SECONDS):
            body = await received(request.stream())
        found = await target_lists.parse_target_list(target_lists.given(body))
    except (UploadTooLarge, InvalidTargetList) as error:
        status, code = (413, "PAYLOAD_TOO_LARGE") if isinstance(error, UploadTooLarge) else (400, "BAD_USER_INPUT")
        return told(status, code, str(error), request.scope)
    except (ClientDisconnect, TimeoutError):
        return told(408, "TIMEOUT", "The list was cut off: send it again.", request.scope)
    account = await asker.meter.charge(asker.viewer, points(found))
    if not account.enough:
        return told(429, "RATE_LIMITED", account.sentence, request.scope, account.headers)
    team = start == Start.TEAM.name
    ranked = await target_lists.answered(
        asker.graph, asker.state, asker.viewer, found, team=team, max_introducers=int(deepest)
    )
    if wants_csv(request.headers.get("accept", "")):
        headers = {**account.headers, "Content-Disposition": 'attachment; filename="targets.csv"'}
        lines = (line.encode("utf-8", "replace") for line in target_list_csv.target_list_lines(found, ranked))
        return StreamingResponse(lines, media_type=f"{CSV}; charset=utf-8", headers=headers)
    return JSONResponse(target_list_json.target_list_data(found, ranked, asker.viewer), headers=account.headers)


MOST_BYTES = 10 * 2**20
"""Of a list: two thousand a row."""
CSV, JSON = "text/csv", "application/json"


async def received(pieces: AsyncIterable[bytes]) -> bytes:
    """The bytes of a list. Raises UploadTooLarge."""
    body = bytearray()
    async for piece in pieces:
        body += piece
        if len(body) > MOST_BYTES:
            most = MOST_BYTES // 2**20
            raise UploadTooLarge(f"A list may have at most {most} MB. Remove columns that are not needed.")
    return bytes(body)


def points(found: TargetList) -> int:
    """What a list costs: a row takes a thousandth of the time that a question of its own does, and tells less."""
    return max(20, len(found.rows) // 10)


def wants_csv(accept: str) -> bool:
    """Whether a client names CSV and no JSON before it."""
    named_so = [one.partition(";")[0].strip().lower() for one in accept.split(",")]
    return next((one for one in named_so if one in (CSV, JSON)), JSON) == CSV
