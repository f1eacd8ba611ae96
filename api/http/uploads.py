"""`/uploads/{id}`: PUT receives the file of a load job. HEAD and PATCH continue an upload that broke off."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.requests import ClientDisconnect

from api.context import Context
from api.error_codes import ErrorCode
from api.http.errors import error_response
from api.http.request_context import request_context
from api.quotas import CONTINUED_UPLOAD_POINTS, UPLOAD_POINTS
from graph.errors import TertiusError
from graph.networks.load_jobs import list_load_jobs
from graph.networks.permissions import Operation, check_permission
from operations.uploads.files import InvalidFileName, UploadNotStored, UploadOffsetConflict, UploadTooLarge
from operations.uploads.upload_queue import UploadInProgress

_REJECTIONS: dict[type[TertiusError], tuple[int, ErrorCode]] = {
    UploadTooLarge: (413, ErrorCode.PAYLOAD_TOO_LARGE),
    UploadInProgress: (409, ErrorCode.CONFLICT),
    UploadOffsetConflict: (409, ErrorCode.CONFLICT),
    InvalidFileName: (400, ErrorCode.BAD_USER_INPUT),
    UploadNotStored: (503, ErrorCode.SERVICE_UNAVAILABLE),
}


UPLOAD_OFFSET = "upload-offset"
"""The header with the number of bytes of an upload that the service has stored."""
_NO_JOB = "You have no load job that expects an upload here."


async def show_upload_offset(
    id: str, request: Request, context: Annotated[Context, Depends(request_context)]
) -> Response:
    """Say how many bytes of an upload are stored."""
    check_permission(Operation.CONTRIBUTE, context.holder.role, context.holder.scopes)
    account = await context.meter.charge(context.viewer, 1)
    if not account.is_enough:
        return error_response(429, ErrorCode.RATE_LIMITED, account.message, request.scope, account.headers)
    jobs = await list_load_jobs(context.graph, context.viewer, id=id)
    if not jobs:
        return error_response(404, ErrorCode.NOT_FOUND, _NO_JOB, request.scope, account.headers)
    offset = await context.loads.received_bytes(context.viewer, jobs[0])
    return Response(
        status_code=204, headers={**account.headers, UPLOAD_OFFSET: str(offset), "Cache-Control": "no-store"}
    )


async def receive_upload(id: str, request: Request, context: Annotated[Context, Depends(request_context)]) -> Response:
    """Store the file of one of the viewer's jobs, or the rest of it. A worker loads it later."""
    check_permission(Operation.CONTRIBUTE, context.holder.role, context.holder.scopes)
    offset = _offset(request)
    if offset is None:
        message = "PATCH continues an upload: send the header `Upload-Offset` with the number of bytes from HEAD."
        return error_response(400, ErrorCode.BAD_USER_INPUT, message, request.scope)
    jobs = await list_load_jobs(context.graph, context.viewer, id=id)
    points = 1 if not jobs else CONTINUED_UPLOAD_POINTS if offset else UPLOAD_POINTS
    account = await context.meter.charge(context.viewer, points)
    if not account.is_enough:
        return error_response(429, ErrorCode.RATE_LIMITED, account.message, request.scope, account.headers)
    if not jobs:
        return error_response(404, ErrorCode.NOT_FOUND, _NO_JOB, request.scope, account.headers)
    try:
        job = await context.loads.receive(context.graph, context.viewer, jobs[0], request.stream(), offset=offset)
    except tuple(_REJECTIONS) as error:
        next_byte = {UPLOAD_OFFSET: str(error.offset)} if isinstance(error, UploadOffsetConflict) else {}
        return error_response(*_REJECTIONS[type(error)], str(error), request.scope, next_byte)
    except (ClientDisconnect, TimeoutError):
        message = "The upload was cut off. Send it again, or the rest of it with PATCH."
        return error_response(408, ErrorCode.TIMEOUT, message, request.scope)
    return JSONResponse({"id": job.id, "status": job.status.value}, 202, account.headers)


def _offset(request: Request) -> int | None:
    """The byte at which the body of a request begins. None if the header is missing or invalid."""
    if request.method == "PUT":
        return 0
    text = request.headers.get(UPLOAD_OFFSET, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MAX_OFFSET_DIGITS else None


_MAX_OFFSET_DIGITS = 12
