"""Moves introduction requests from state to state. Each move is one query that compares the state and sets it."""

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.errors import IntroductionRequestConflict, InvalidIntroductionRequest
from graph.names.visible_text import visible_text
from graph.requests.protection import check_refusal
from graph.requests.requests import IntroductionRequest, read_request
from graph.requests.states import (
    ALLOWED,
    DEFAULT_RULES,
    MONTH_MS,
    Outcome,
    RequestAction,
    RequestRules,
    RequestStatus,
    lifetime_days,
)
from graph.viewer import Viewer

_SEND_REQUEST = cypher.load("requests/send_request")
_MOVE_REQUEST = cypher.load("requests/move_request")
_DECLINE_UNSEEN = cypher.load("requests/decline_unseen")

MAX_REDIRECT_LENGTH = 200
"""Maximum number of characters in the name to which an introducer redirects."""
_PAST_TENSE = {
    RequestStatus.DRAFT: "not sent yet",
    RequestStatus.SENT: "sent and not answered yet",
    RequestStatus.ACCEPTED: "accepted",
    RequestStatus.MENTION_ONLY: "answered: the asker may mention the introducer's name",
    RequestStatus.REDIRECTED: "redirected to somebody else",
    RequestStatus.DECLINED: "declined",
    RequestStatus.TARGET_ASKED: "waiting for the target",
    RequestStatus.TARGET_AGREED: "agreed to by the target",
    RequestStatus.TARGET_DECLINED: "declined by the target",
    RequestStatus.INTRODUCED: "completed by an introduction",
    RequestStatus.CLOSED: "closed",
    RequestStatus.WITHDRAWN: "withdrawn",
    RequestStatus.EXPIRED: "expired",
}


async def act(
    graph: Graph,
    viewer: Viewer,
    id: str,
    action: RequestAction,
    *,
    rules: RequestRules = DEFAULT_RULES,
    outcome: Outcome | None = None,
    redirected_to: str | None = None,
    key: str | None = None,
) -> IntroductionRequest | None:
    """Take an action on a request. Returns the request afterwards; None if the viewer is no party of such a request.

    An action that the viewer's role has already taken, or one with the same `key`, changes nothing and returns the
    present request. Raises IntroductionRequestConflict if the state does not allow the action, and
    InvalidIntroductionRequest if the other party must take it or a value is missing. Sending raises
    IntroducerUnavailable if the introducer takes no such request now. A request to an introducer whom the asker does
    not see is sent in any case, and then not delivered.
    """
    request = await read_request(graph, viewer, id)
    if request is None:
        return None
    name = redirected_to if action is RequestAction.REDIRECT else None
    redirected_to = " ".join(visible_text(name).split()) if name else None
    if is_repeated(request, action, outcome=outcome, redirected_to=redirected_to, key=key):
        return request
    check_action(request, action)
    _check_values(action, outcome, redirected_to)
    status = ALLOWED[request.status, action]
    days = lifetime_days(status, rules.expiry_days)
    lifetime_ms = None if days is None else days * MILLISECONDS_PER_DAY
    scope = {"network": viewer.network, "member": viewer.member, "id": id, "key": key or ""}
    if action is RequestAction.SEND:
        rows = await graph.run(
            _SEND_REQUEST,
            **scope,
            lifetime_ms=lifetime_ms,
            cap=rules.monthly_cap,
            cap_per_asker=rules.monthly_cap_per_asker,
            month_ms=MONTH_MS,
        )
        for row in rows:
            check_refusal(row)
    elif action is RequestAction.DECLINE and request.is_introducer_hidden:
        rows = await graph.run(_DECLINE_UNSEEN, **scope)
    else:
        rows = await graph.run(
            _MOVE_REQUEST,
            **scope,
            was=request.status.value,
            status=status.value,
            action=action.value,
            actor=request.role.value,
            lifetime_ms=lifetime_ms,
            outcome=outcome and outcome.value,
            redirected_to=redirected_to,
        )
    present = await read_request(graph, viewer, id)
    if rows or present is None:
        return present
    # another caller was faster: with the same action, or with another one
    if not is_repeated(present, action, outcome=outcome, redirected_to=redirected_to, key=key):
        check_action(present, action)
        if present.status is not request.status:
            raise IntroductionRequestConflict(
                f"This request changed meanwhile: it is {_PAST_TENSE[present.status]}. Look at it and try again."
            )
        raise IntroductionRequestConflict("The introducer of this request is no member any more: withdraw it.")
    return present


def is_repeated(
    request: IntroductionRequest,
    action: RequestAction,
    *,
    outcome: Outcome | None = None,
    redirected_to: str | None = None,
    key: str | None = None,
) -> bool:
    """Whether the viewer's role took this action last, with the same values, or ever under this key."""
    if key and any(each.key == key and each.role is request.role for each in request.transitions):
        return True
    if action is RequestAction.THANK:
        return request.is_thanked and request.may(action)
    last = next((each for each in reversed(request.transitions) if each.action is not RequestAction.THANK), None)
    if last is None or (last.action, last.role) != (action, request.role) or request.status is not last.status:
        return False
    return (outcome or request.outcome, redirected_to or request.redirected_to) == (
        request.outcome,
        request.redirected_to,
    )


def check_action(request: IntroductionRequest, action: RequestAction) -> None:
    """Raise an error unless the viewer's role and the state of the request allow the action."""
    if not request.may(action):
        other = "asker" if request.role.value == "introducer" else "introducer"
        raise InvalidIntroductionRequest(f"Only the {other} of this request may do that.")
    if (request.status, action) not in ALLOWED:
        raise IntroductionRequestConflict(f"This request is {_PAST_TENSE[request.status]}: it does not allow that.")


def _check_values(action: RequestAction, outcome: Outcome | None, redirected_to: str | None) -> None:
    if action is RequestAction.RECORD_OUTCOME and outcome is None:
        raise InvalidIntroductionRequest("Name the outcome of the introduction.")
    if action is RequestAction.REDIRECT and not redirected_to:
        raise InvalidIntroductionRequest("Name the person who is closer to the target.")
    if len(redirected_to or "") > MAX_REDIRECT_LENGTH:
        raise InvalidIntroductionRequest(f"The name has {MAX_REDIRECT_LENGTH} characters at most.")
