"""`POST /join`: redeems an invitation, which is sent as a token is, for a membership and its first token.

`GET /join` is a screen of the page, which the link of an invitation opens.
"""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from api.request_limits import MAX_NAME_LENGTH
from api.sign_in.attempt_limits import count_attempt
from api.sign_in.authentication import bearer_token
from api.time_limit import mutation_seconds
from graph.membership.joining import join_network
from graph.names.keys import clean_text, identity_key
from graph.records import Handle, HandleKind

INVALID_BODY = 'Send your name, and your e-mail address if you like, as JSON: {"name": "…", "email": "…"}.'


def _email_address(text: str) -> str:
    if identity_key(Handle(HandleKind.EMAIL, text)) is None:
        raise ValueError("no address")
    return text


def _visible_name(text: str) -> str:
    if not (name := clean_text(text)):
        raise ValueError("no name")
    return name


class NewMember(BaseModel):
    """The name and the address that a new member gives. Other members see them in `members`.

    `key` is a random secret of the client. With it the client can repeat a request of which it received no answer.
    """

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(max_length=MAX_NAME_LENGTH), AfterValidator(_visible_name)]
    email: Annotated[str, StringConstraints(max_length=254), AfterValidator(_email_address)] | None = None
    key: Annotated[str, StringConstraints(min_length=32, max_length=128)] | None = None


async def join_by_invitation(
    request: Request, new_member: NewMember, invitation: Annotated[str, Depends(bearer_token)]
) -> Response:
    """Redeem the invitation. The response shows the token once."""
    await count_attempt(request)
    network, token = await join_network(
        request.app.state.graph.with_timeout(None),
        invitation,
        name=new_member.name,
        email=new_member.email,
        key=new_member.key,
        seconds=mutation_seconds(request),
    )
    return JSONResponse({"network": network, "token": token}, 201, {"Cache-Control": "no-store"})
