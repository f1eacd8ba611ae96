"""Lists introduction requests, and the message that a party sends next."""

from graph.lookup.identities import list_identities
from graph.records import HandleKind
from graph.requests.requests import IntroductionRequest, read_request, read_requests
from graph.requests.states import RequestRole, RequestStatus
from operations.session import Session
from presentation.request_mail import MailDraft, next_message, next_recipient


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
    person = next_recipient(request)
    if person is None:
        return None
    identities = (await list_identities(session.graph, session.viewer, [person]))[person]
    addresses = sorted(identity.text for identity in identities if identity.kind == HandleKind.EMAIL)
    return next_message(request, next(iter(addresses), ""))
