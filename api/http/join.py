"""`POST /join`: from an invitation, sent as a token is, to a membership and its first token."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from api.http.sign_in import bearer
from api.request_limits import LONG
from graph.membership.joining import join_network
from graph.names.keys import clean_text, identity_key
from graph.records import Handle, HandleKind

UNTOLD = 'Whoever joins says who they are, in JSON: {"name": "…", "email": "…"}, the address if they like.'


def _address(text: str) -> str:
    if identity_key(Handle(HandleKind.EMAIL, text)) is None:
        raise ValueError("no address")
    return text


def _name(text: str) -> str:
    if not (name := clean_text(text)):
        raise ValueError("no name")
    return name


class Newcomer(BaseModel):
    """Who joins, as they say: others see it in `members`, and nothing else is made of it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(max_length=LONG), AfterValidator(_name)]
    email: Annotated[str, StringConstraints(max_length=254), AfterValidator(_address)] | None = None


async def joined(request: Request, invitation: str, newcomer: Newcomer) -> Response:
    """Take the invitation. The token is shown here and never again."""
    network, token = await join_network(
        request.app.state.graph.with_timeout(None), invitation, name=newcomer.name, email=newcomer.email
    )
    return JSONResponse({"network": network, "token": token}, 201, {"Cache-Control": "no-store"})


async def _join(request: Request, newcomer: Newcomer, invitation: Annotated[str, Depends(bearer)]) -> Response:
    return await joined(request, invitation, newcomer)
