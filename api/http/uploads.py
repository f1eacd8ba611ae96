"""`PUT /uploads/{id}`: receives the file of a load job."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.requests import ClientDisconnect

from api.context import Context
from api.error_codes import ErrorCode
from api.http.errors import error_response
from api.http.request_context import request_context
from api.quotas import UPLOAD_POINTS
from graph.networks.load_jobs import list_load_jobs
from graph.networks.permissions import Operation, check_permission
from operations.upload_queue import InvalidFileName, UploadInProgress, UploadNotStored, UploadTooLarge

_REJECTIONS = {
    UploadTooLarge: (413, ErrorCode.PAYLOAD_TOO_LARGE),
    UploadInProgress: (409, ErrorCode.CONFLICT),
    InvalidFileName: (400, ErrorCode.BAD_USER_INPUT),
    UploadNotStored: (503, ErrorCode.SERVICE_UNAVAILABLE),
}


async def receive_upload(id: str, request: Request, context: Annotated[Context, Depends(request_context)]) -> Response:
    """Store the file of one of the viewer's jobs. A worker loads it later."""
    check_permission(Operation.CONTRIBUTE, context.holder.role, context.holder.scopes)
    jobs = await list_load_jobs(context.graph, context.viewer, id=id)
    if not jobs:
        account = await context.meter.charge(context.viewer, 1)
        message = "You have no load job that expects an upload here."
        if not account.is_enough:
            return error_response(429, ErrorCode.RATE_LIMITED, account.message, request.scope, account.headers)
        return error_response(404, ErrorCode.NOT_FOUND, message, request.scope, account.headers)
    account = await context.meter.charge(context.viewer, UPLOAD_POINTS)
    if not account.is_enough:
        return error_response(429, ErrorCode.RATE_LIMITED, account.message, request.scope, account.headers)
    try:
        job = await context.loads.receive(context.graph, context.viewer, jobs[0], request.stream())
    except tuple(_REJECTIONS) as error:
        return error_response(*_REJECTIONS[type(error)], str(error), request.scope)
    except (ClientDisconnect, TimeoutError):
        return error_response(408, ErrorCode.TIMEOUT, "The upload was cut off. Send it again.", request.scope)
    return JSONResponse({"id": job.id, "status": job.status.value}, 202, account.headers)
