"""Introduction requests as sentences."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graph.answers import RouteStamp
from graph.records import Channel
from graph.requests.states import INTRODUCER_ACTIONS, RequestAction, RequestRole, RequestStatus
from presentation.sentences import format_day, format_day_of_time

if TYPE_CHECKING:
    from graph.requests.notifications import Notification
    from graph.requests.requests import IntroductionRequest, Transition
    from graph.requests.suggestions import SuggestedOutcome

_STATUS = {
    RequestStatus.DRAFT: "draft, not sent",
    RequestStatus.SENT: "sent, not answered",
    RequestStatus.ACCEPTED: "accepted, the target is not asked yet",
    RequestStatus.MENTION_ONLY: "the asker may mention the introducer's name",
    RequestStatus.REDIRECTED: "redirected",
    RequestStatus.DECLINED: "declined",
    RequestStatus.TARGET_ASKED: "the target was asked",
    RequestStatus.TARGET_AGREED: "the target agreed",
    RequestStatus.TARGET_DECLINED: "the target declined",
    RequestStatus.INTRODUCED: "introduced, the outcome is not recorded",
    RequestStatus.CLOSED: "closed",
    RequestStatus.WITHDRAWN: "withdrawn",
    RequestStatus.EXPIRED: "expired",
}
_ACTION = {
    RequestAction.SEND: "sent it",
    RequestAction.ACCEPT: "accepted",
    RequestAction.ALLOW_MENTION: "allowed the asker to mention the introducer's name",
    RequestAction.REDIRECT: "named somebody who is closer",
    RequestAction.DECLINE: "declined",
    RequestAction.RECORD_TARGET_ASKED: "recorded that the target was asked",
    RequestAction.RECORD_TARGET_AGREED: "recorded that the target agreed",
    RequestAction.RECORD_TARGET_DECLINED: "recorded that the target declined",
    RequestAction.RECORD_INTRODUCTION: "recorded the introduction",
    RequestAction.RECORD_OUTCOME: "recorded the outcome",
    RequestAction.THANK: "thanked the introducer",
    RequestAction.WITHDRAW: "withdrew it",
    RequestAction.EXPIRE: "expired",
}


def request_title(request: "IntroductionRequest") -> str:
    """Return who asks whom for an introduction to whom, in one sentence for the viewer."""
    if request.role is RequestRole.ASKER:
        return f"You ask {request.introducer.name} for an introduction to {request.target.name}"
    return f"{request.asker_name} asks you for an introduction to {request.target.name}"


def status_text(request: "IntroductionRequest") -> str:
    """The state of a request, with its outcome or what it was redirected to, and when it expires."""
    text = _STATUS[request.status]
    if request.status is RequestStatus.REDIRECTED:
        text += f" to {request.redirected_to}"
    if request.status is RequestStatus.CLOSED and request.outcome:
        text += f", outcome: {_outcome(request)}"
    if request.is_thanked:
        text += ", thanked"
    if request.expires_at is not None and request.status is not RequestStatus.EXPIRED:
        text += f" (expires on {format_day_of_time(request.expires_at)})"
    return text


def hidden_introducer_note(request: "IntroductionRequest") -> str | None:
    """Return a note for a party about an introducer whom the asker does not see; None if the asker sees them."""
    if not request.is_introducer_hidden:
        return None
    if request.role is RequestRole.INTRODUCER:
        name = request.asker_name
        return f"{name} sees your name only if you accept or allow a mention. If you decline, {name} sees an expiry."
    return "You see the colleague's name when they accept or allow a mention. If they decline, the request expires."


def history_lines(request: "IntroductionRequest") -> Iterator[str]:
    """The transitions of a request, one line for each."""
    for each in request.transitions:
        yield f"{format_day_of_time(each.at)}: {_transition(each, request)}"


def stamp_note(stamp: RouteStamp | None) -> str | None:
    """Return a note about earlier requests to the first introducer of a route; None if there is nothing."""
    if stamp is None:
        return None
    notes = []
    if not stamp.takes_requests:
        until = "" if stamp.takes_requests_from is None else f" until {format_day_of_time(stamp.takes_requests_from)}"
        notes.append(f"takes no requests{until}")
    if stamp.declined_at is not None:
        notes.append(f"declined your request on {format_day_of_time(stamp.declined_at)}")
    elif stamp.asked_at is not None:
        notes.append(f"asked by you on {format_day_of_time(stamp.asked_at)}")
    if stamp.asked_by_colleague:
        notes.append("asked by a colleague at present")
    return "; ".join(notes) or None


def suggestion_sentence(suggestion: "SuggestedOutcome", request: "IntroductionRequest") -> str:
    """Return the contact that the viewer's sources show after the introduction."""
    contact = {Channel.MEETING: "a meeting with", Channel.CALL: "a call with"}.get(suggestion.channel, "a message from")
    return f"After the introduction, your sources show {contact} {request.target.name} on {format_day(suggestion.day)}."


def notification_text(notification: "Notification") -> str:
    """Return what happened, in one sentence for the viewer."""
    request, transition = notification.request, notification.transition
    about = f"the request for {request.target.name}"
    if notification.is_suggestion:
        name = request.target.name
        return f"Your sources show contact with {name} after the introduction. Record the outcome of {about}."
    if transition is None:
        return f"T{about[1:]} is {_STATUS[request.status]}. {_expiry_sentence(request)}".rstrip()
    if transition.role is None:
        return f"T{about[1:]} expired."
    return _transition_text(transition, request, about)


def _transition_text(transition: "Transition", request: "IntroductionRequest", about: str) -> str:
    if transition.action is RequestAction.SEND:
        return f"{request_title(request)}."
    if transition.action is RequestAction.RECORD_OUTCOME and request.outcome:
        return f"{request.asker_name} recorded the outcome of {about}: {_outcome(request)}."
    if transition.action is RequestAction.THANK:
        return f"{request.asker_name} thanks you: {about}."
    text = _transition(transition, request)
    return f"{text[0].upper()}{text[1:]}: {about}."


def _expiry_sentence(request: "IntroductionRequest") -> str:
    return "" if request.expires_at is None else f"It expires on {format_day_of_time(request.expires_at)}."


def _outcome(request: "IntroductionRequest") -> str:
    return request.outcome.value.replace("_", " ") if request.outcome else ""


def _transition(transition: "Transition", request: "IntroductionRequest") -> str:
    if transition.role is None:
        return "the request expired"
    is_by_asker = transition.role is RequestRole.ASKER
    name = "you" if transition.role is request.role else request.asker_name if is_by_asker else request.introducer.name
    text = _ACTION[transition.action]
    if is_by_asker and transition.action in INTRODUCER_ACTIONS:  # of an introducer who is no member
        return f"{name} recorded that {request.introducer.name} {text}"
    return f"{name} {text}"


def actions_text(request: "IntroductionRequest") -> Iterator[str]:
    """Return the viewer's possible actions, as sentences."""
    actions = request.available_actions
    recorded = [each for each in actions if request.role is RequestRole.ASKER and each in INTRODUCER_ACTIONS]
    if recorded:
        yield f"You can record the answer of {request.introducer.name}: {_names(recorded)}."
    if own := [each for each in actions if each not in recorded]:
        yield f"You can: {_names(own)}."


def _names(actions: Iterable[RequestAction]) -> str:
    return ", ".join(action.value.replace("_", " ") for action in actions)
