"""Lists introduction requests, and the message that a party sends next."""

from graph.lookup.identities import first_addresses
from graph.requests.requests import IntroductionRequest, read_request, read_requests
from graph.requests.states import RequestRole, RequestStatus
from operations.session import Session
from presentation.request_mail import MailDraft, next_message


async def list_requests(
    session: Session, *, role: RequestRole | None = None, status: RequestStatus | None = None
) -> list[IntroductionRequest]:
    """The requests of which the viewer is a party, newest first: those in this role and state, or all."""
    return [
        request
        for request in await read_requests(session.graph, session.viewer)
        if role in (None, request.role) and status in (None, request.status)
    ]


async def find_request(session: Session, id: str) -> IntroductionRequest | None:
    """The request with this id."""
    return await read_request(session.graph, session.viewer, id)


async def message_to_send(session: Session, request: IntroductionRequest) -> MailDraft | None:
    """The message that the viewer sends next from a mail program of their own; None if there is none."""
    message = next_message(request)
    if message is None:
        return None
    addresses = await first_addresses(session.graph, session.viewer, [message.recipient])
    return message.to_address(addresses.get(message.recipient, ""))
