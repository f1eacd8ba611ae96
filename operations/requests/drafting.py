"""Drafts and edits introduction requests."""

from dataclasses import replace

from graph.answers import AlreadyKnown, AmbiguousTarget, Introductions, Refusal, Route, UnknownTarget
from graph.errors import InvalidIntroductionRequest
from graph.lookup.resolve import ExactReference, PersonReference, ResolvedTarget, resolve_reference
from graph.networks.members import UNNAMED_OWNER, find_member
from graph.requests.requests import IntroductionRequest, RequestTexts, replace_texts, store_draft
from graph.requests.states import RequestAction, RequestRole, RequestStatus
from graph.requests.transitions import check_action
from operations.ask import ask
from operations.requests.reading import find_request, list_requests
from operations.session import Session
from presentation.request_texts import RequestFacts, draft_texts, reason_for_introducer

MAX_FIRST_INTRODUCERS = 20
"""Number of routes among which the route of a request is looked for."""
ENDED_WITHOUT_INTRODUCTION = {RequestStatus.DECLINED, RequestStatus.REDIRECTED, RequestStatus.EXPIRED}
"""States after which the next route is offered. After a target declined, none is."""


async def create_request(
    session: Session,
    target: PersonReference,
    introducer: PersonReference,
    facts: RequestFacts,
    *,
    max_introducers: int = 2,
    key: str | None = None,
) -> IntroductionRequest:
    """Draft a request for the best route to the target that begins with this introducer. Nothing is sent.

    The same `key` gives the same draft. Raises InvalidIntroductionRequest if no such route is listed for the viewer or
    `facts` are incomplete, and what `ask` raises.
    """
    if not facts.purpose.strip():
        raise InvalidIntroductionRequest("State why you want to meet the target, in a sentence.")
    route = await _find_route(session, target, introducer, max_introducers)
    texts = draft_texts(route, await _own_name(session), facts)
    id = await store_draft(session.graph, session.state, session.viewer, route, texts, key=key)
    created = await find_request(session, id)
    assert created is not None
    return created


async def find_next_route(session: Session, request: IntroductionRequest, *, max_introducers: int = 2) -> Route | None:
    """The best route to offer after a request of the viewer's that led nowhere; None for any other request.

    It shares no introducer with the viewer's sent requests for the target, and its introducer takes requests now.
    """
    if request.role is not RequestRole.ASKER or request.status not in ENDED_WITHOUT_INTRODUCTION:
        return None
    sent = [
        each
        for each in await list_requests(session, role=RequestRole.ASKER)
        if each.target.id == request.target.id and each.status is not RequestStatus.DRAFT
    ]
    asked = {person.id for each in sent for person in each.introducers}
    viewer = session.viewer
    # a colleague at whom a route starts is excluded apart from those in the middle of one
    other = replace(
        session,
        viewer=replace(
            viewer,
            excluded_introducers=tuple(sorted({*viewer.excluded_introducers, *asked})),
            colleagues=tuple(person for person in viewer.colleagues if person not in asked),
        ),
    )
    answer = (await ask(other, ExactReference(request.target.id), team=True, max_introducers=max_introducers)).answer
    routes = answer.routes if isinstance(answer, Introductions | AlreadyKnown) else ()
    return next((route for route in routes if route.stamp is None or route.stamp.takes_requests), None)


async def create_next_request(session: Session, id: str, *, key: str | None = None) -> IntroductionRequest | None:
    """Draft a request along the next route, with the same benefit and note. Nothing is sent.

    Raises InvalidIntroductionRequest if there is no next route.
    """
    request = await find_request(session, id)
    if request is None:
        return None
    route = await find_next_route(session, request)
    if route is None:
        raise InvalidIntroductionRequest("No further route to the target can be offered for this request.")
    texts = replace(request.texts, reason=reason_for_introducer(route))
    return await find_request(
        session, await store_draft(session.graph, session.state, session.viewer, route, texts, key=key)
    )


async def edit_request(
    session: Session, id: str, *, reason: str | None = None, benefit: str | None = None, note: str | None = None
) -> IntroductionRequest | None:
    """Replace texts of a draft; None keeps one. Raises IntroductionRequestConflict if it was sent."""
    request = await find_request(session, id)
    if request is None:
        return None
    check_action(request, RequestAction.SEND)
    changes = {"reason": reason, "benefit": benefit, "note": note}
    texts: RequestTexts = replace(request.texts, **{name: text for name, text in changes.items() if text is not None})
    is_replaced = await replace_texts(session.graph, session.viewer, id, texts)
    request = await find_request(session, id)
    if request is not None and not is_replaced:  # sent meanwhile
        check_action(request, RequestAction.SEND)
    return request


async def _find_route(
    session: Session, target: PersonReference, introducer: PersonReference, max_introducers: int
) -> Route:
    """The viewer's best route to the target that begins with this introducer."""
    first = await resolve_reference(session.graph, session.viewer, introducer)
    if not isinstance(first, ResolvedTarget):
        raise InvalidIntroductionRequest(
            "The introducer names no single person in your sources. Use an address, a profile URL or an id."
        )
    reply = await ask(session, target, team=True, limit=MAX_FIRST_INTRODUCERS, max_introducers=max_introducers)
    answer = reply.answer
    if isinstance(answer, AmbiguousTarget | UnknownTarget):
        raise InvalidIntroductionRequest(
            "The target names no single person in your sources. Use an address, a profile URL or an id."
        )
    if not isinstance(answer, Refusal):
        for route in answer.routes:
            if route.people[0].id in first.ids:
                return route
    raise InvalidIntroductionRequest(
        "No route to the target begins with this introducer. Ask for introductions to see whom you can ask."
    )


async def _own_name(session: Session) -> str:
    """The viewer's name as other members see it, or as the viewer's own sources give it; empty if unknown."""
    member = await find_member(session.graph, session.viewer.network, session.viewer.member)
    name = member.display_name(session.viewer.member) if member else UNNAMED_OWNER
    return "" if name == UNNAMED_OWNER else name
