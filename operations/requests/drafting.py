"""Drafts and edits introduction requests."""

from dataclasses import replace

from graph.answers import AlreadyKnown, AmbiguousTarget, Introductions, Person, Refusal, Route, UnknownTarget
from graph.errors import InvalidIntroductionRequest
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import ExactReference, PersonReference, ResolvedTarget, hide_objector, resolve_reference
from graph.networks.members import UNNAMED_OWNER, find_member
from graph.privacy.audit_log import AuditAction
from graph.requests.requests import IntroductionRequest, RequestTexts, draft_id, replace_texts, store_draft
from graph.requests.states import RequestAction, RequestRole, RequestStatus
from graph.requests.transitions import check_action
from graph.sharing.introducer_visibility import find_withheld_route
from operations.ask import ask, record_question_about
from operations.requests.reading import find_request, list_requests
from operations.session import Session
from presentation.request_texts import (
    RequestFacts,
    draft_texts,
    draft_texts_for_hidden_introducer,
    reason_for_introducer,
)

MAX_FIRST_INTRODUCERS = 20
"""Number of routes among which the route of a request is looked for."""
ENDED_WITHOUT_INTRODUCTION = {RequestStatus.DECLINED, RequestStatus.REDIRECTED, RequestStatus.EXPIRED}
"""States after which the next route is offered. After a target declined, none is."""
_UNKNOWN_TARGET = "The target names no single person in your sources. Use an address, a profile URL or an id."


async def create_request(
    session: Session,
    target: PersonReference,
    introducer: PersonReference | None,
    facts: RequestFacts,
    *,
    max_introducers: int = 2,
    key: str | None = None,
) -> IntroductionRequest:
    """Draft a request for the best route to the target that begins with this introducer. Nothing is sent.

    Without an introducer it is for the best route that begins with a colleague whose name is withheld, and whom the
    viewer has not asked for this target. The same `key` gives the same draft. Raises InvalidIntroductionRequest if no
    such route exists for the viewer or `facts` are incomplete, and what `ask` raises.
    """
    if not facts.purpose.strip():
        raise InvalidIntroductionRequest("State why you want to meet the target, in a sentence.")
    graph, state, viewer = session.graph, session.state, session.viewer
    # a colleague who was asked is not asked again, so a repetition would find another route
    if key and (earlier := await find_request(session, draft_id(viewer, key))):
        return earlier
    name = await _own_name(session)
    if introducer is None:
        people, route_score = await _find_withheld_route(session, target, max_introducers)
        score: float | None = route_score
        texts = draft_texts_for_hidden_introducer(people[-1].name, name, facts)
    else:
        route = await _find_route(session, target, introducer, max_introducers)
        people, score, texts = route.people, route.score, draft_texts(route, name, facts)
    is_hidden = introducer is None
    id = await store_draft(graph, state, viewer, people, texts, score=score, is_introducer_hidden=is_hidden, key=key)
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

    The same `key` gives the same draft. Raises InvalidIntroductionRequest if there is no next route.
    """
    request = await find_request(session, id)
    if request is None:
        return None
    # once the draft is sent, its route is no longer the next one
    if key and (earlier := await find_request(session, draft_id(session.viewer, key))):
        return earlier
    route = await find_next_route(session, request)
    if route is None:
        raise InvalidIntroductionRequest("No further route to the target can be offered for this request.")
    texts = replace(request.texts, reason=reason_for_introducer(route))
    graph, state, viewer = session.graph, session.state, session.viewer
    id = await store_draft(graph, state, viewer, route.people, texts, score=route.score, key=key)
    return await find_request(session, id)


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
        raise InvalidIntroductionRequest(_UNKNOWN_TARGET)
    if not isinstance(answer, Refusal):
        for route in answer.routes:
            if route.people[0].id in first.ids:
                return route
    raise InvalidIntroductionRequest(
        "No route to the target begins with this introducer. Ask for introductions to see whom you can ask."
    )


async def _find_withheld_route(
    session: Session, target: PersonReference, max_introducers: int
) -> tuple[tuple[Person, ...], float]:
    """The people and the score of the best route to the target through a colleague whom the viewer does not see."""
    viewer, limit = session.viewer, session.search_seconds
    resolved = hide_objector(viewer, await resolve_reference(session.graph, viewer, target))
    if not isinstance(resolved, ResolvedTarget):
        raise InvalidIntroductionRequest(_UNKNOWN_TARGET)
    await record_question_about(session, AuditAction.INTRODUCTIONS, resolved.person.id)
    graph = session.graph if limit is None else session.graph.with_timeout(limit)
    route = await find_withheld_route(graph, viewer, resolved.ids, max_introducers=max_introducers)
    if route is None:
        raise InvalidIntroductionRequest(
            "No route to the target begins with a colleague whose name is withheld and whom you have not asked. Name "
            "the introducer of a route instead."
        )
    ids = (*route.people, route.target)
    profiles = await read_profiles(session.graph, viewer, ids)
    return tuple(profiles[id] for id in ids), route.score


async def _own_name(session: Session) -> str:
    """The viewer's name as other members see it, or as the viewer's own sources give it; empty if unknown."""
    member = await find_member(session.graph, session.viewer.network, session.viewer.member)
    name = member.display_name(session.viewer.member) if member else UNNAMED_OWNER
    return "" if name == UNNAMED_OWNER else name
