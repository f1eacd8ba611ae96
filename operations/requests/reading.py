"""Lists introduction requests, and the message that a party sends next."""

from collections.abc import Iterable

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
    return (await messages_to_send(session, [request])).get(request.id)


async def messages_to_send(session: Session, requests: Iterable[IntroductionRequest]) -> dict[str, MailDraft]:
    """The messages that `message_to_send` returns, by the id of the request."""
    messages = {each.id: message for each in requests if (message := next_message(each)) is not None}
    if not messages:
        return {}
    recipients = {message.recipient for message in messages.values()}
    addresses = await first_addresses(session.graph, session.viewer, recipients)
    return {id: message.to_address(addresses.get(message.recipient, "")) for id, message in messages.items()}
