"""Uploads."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.requests import ClientDisconnect

from api.context import Context
from api.http.errors import told
from api.http.request_context import _context
from api.quotas import UPLOAD
from graph.networks.permissions import Operation, check_permission
from graph.networks.upload_jobs import list_upload_jobs
from operations.upload_queue import UploadInProgress, UploadTooLarge


async def _upload(id: str, request: Request, asker: Annotated[Context, Depends(_context)]) -> Response:
    """The bytes of an export that was announced, streamed to where they wait for their load."""
    check_permission(Operation.CONTRIBUTE, asker.holder.role, asker.holder.scopes)
    found = await list_upload_jobs(asker.graph, asker.viewer, id=id)
    if not found:
        return told(404, "NOT_FOUND", "No load of yours expects an upload here.", request.scope)
    account = await asker.meter.charge(asker.viewer, UPLOAD)
    if not account.enough:
        return told(429, "RATE_LIMITED", account.sentence, request.scope, account.headers)
    try:
        job = await asker.loads.receive(asker.graph, asker.viewer, found[0], request.stream())
    except UploadTooLarge as error:
        return told(413, "PAYLOAD_TOO_LARGE", str(error), request.scope)
    except UploadInProgress as error:
        return told(409, "CONFLICT", str(error), request.scope)
    except (ClientDisconnect, TimeoutError):
        return told(408, "TIMEOUT", "The upload was cut off: send it again.", request.scope)
    return JSONResponse({"id": job.id, "status": job.status.value}, 202, account.headers)
