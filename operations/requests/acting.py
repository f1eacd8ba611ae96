"""Sends, answers and closes introduction requests."""

from contextlib import suppress
from datetime import date
from enum import StrEnum

from graph.errors import InvalidStatement
from graph.networks.permissions import PERMISSIONS, Operation
from graph.networks.state import build_viewer
from graph.requests.requests import IntroductionRequest
from graph.requests.states import Outcome, RequestAction
from graph.requests.transitions import act, check_action, is_repeated
from graph.statements.tie_statements import add_statement
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from operations.requests.reading import find_request
from operations.session import Session


class Response(StrEnum):
    """An introducer's answer. DOES_NOT_KNOW declines, and states that they do not know whom they would contact."""

    ACCEPT = "accept"
    ALLOW_MENTION = "allow_mention"
    REDIRECT = "redirect"
    DECLINE = "decline"
    DOES_NOT_KNOW = "does_not_know"


class TargetResponse(StrEnum):
    """A party's record about the target: that they were asked, agreed or declined."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


_ACTION_OF_RESPONSE = {
    Response.ACCEPT: RequestAction.ACCEPT,
    Response.ALLOW_MENTION: RequestAction.ALLOW_MENTION,
    Response.REDIRECT: RequestAction.REDIRECT,
    Response.DECLINE: RequestAction.DECLINE,
    Response.DOES_NOT_KNOW: RequestAction.DECLINE,
}
_ACTION_OF_TARGET_RESPONSE = {
    TargetResponse.ASKED: RequestAction.RECORD_TARGET_ASKED,
    TargetResponse.AGREED: RequestAction.RECORD_TARGET_AGREED,
    TargetResponse.DECLINED: RequestAction.RECORD_TARGET_DECLINED,
}


async def send_request(session: Session, id: str, *, key: str | None = None) -> IntroductionRequest | None:
    """Send a draft. An introducer who is a member sees it from now on; to another, the viewer writes themselves."""
    return await _act(session, id, RequestAction.SEND, key=key)


async def withdraw_request(session: Session, id: str, *, key: str | None = None) -> IntroductionRequest | None:
    """Withdraw a request, or discard a draft."""
    return await _act(session, id, RequestAction.WITHDRAW, key=key)


async def respond_to_request(
    session: Session,
    id: str,
    response: Response,
    *,
    redirected_to: str | None = None,
    today: date,
    key: str | None = None,
) -> IntroductionRequest | None:
    """Answer a request as its introducer, or record the answer of an introducer who is no member.

    DOES_NOT_KNOW also states for both parties that the introducer is out of touch with the person whom they would
    contact, so that later answers rank the route lower or leave it out. A party whose role is asker gets no statement,
    and neither does an asker who does not see the introducer.
    """
    action = _ACTION_OF_RESPONSE[response]
    if response is Response.DOES_NOT_KNOW:
        request = await find_request(session, id)
        if request is None:
            return None
        if not is_repeated(request, action, key=key):
            check_action(request, action)
        # the statement comes first, so that a repetition after an interruption completes both; it is also added to a
        # request that was declined without it
        await _state_out_of_touch(session, request, today)
    return await _act(session, id, action, redirected_to=redirected_to, key=key)


async def record_target_response(
    session: Session, id: str, response: TargetResponse, *, key: str | None = None
) -> IntroductionRequest | None:
    """Record that the target was asked, agreed or declined. Either party may record it."""
    return await _act(session, id, _ACTION_OF_TARGET_RESPONSE[response], key=key)


async def record_introduction(session: Session, id: str, *, key: str | None = None) -> IntroductionRequest | None:
    """Record that the introducer introduced the two. Either party may record it."""
    return await _act(session, id, RequestAction.RECORD_INTRODUCTION, key=key)


async def record_outcome(
    session: Session, id: str, outcome: Outcome, *, key: str | None = None
) -> IntroductionRequest | None:
    """Record or correct what became of the introduction. The introducer is informed."""
    return await _act(session, id, RequestAction.RECORD_OUTCOME, outcome=outcome, key=key)


async def thank_introducer(session: Session, id: str, *, key: str | None = None) -> IntroductionRequest | None:
    """Thank the introducer, who is informed. A repetition changes nothing."""
    return await _act(session, id, RequestAction.THANK, key=key)


async def _act(
    session: Session,
    id: str,
    action: RequestAction,
    *,
    outcome: Outcome | None = None,
    redirected_to: str | None = None,
    key: str | None = None,
) -> IntroductionRequest | None:
    return await act(
        session.graph,
        session.viewer,
        id,
        action,
        rules=session.request_rules,
        outcome=outcome,
        redirected_to=redirected_to,
        key=key,
    )


async def _state_out_of_touch(session: Session, request: IntroductionRequest, today: date) -> None:
    contributing = PERMISSIONS[Operation.CONTRIBUTE].roles
    parties = {session.viewer.member} if request.is_introducer_hidden else {session.viewer.member, request.asker_id}
    for member in sorted(parties):
        if session.state.roles.get(member) in contributing:
            await _add_statement(session, build_viewer(session.state, member), request, today)


async def _add_statement(session: Session, viewer: Viewer, request: IntroductionRequest, today: date) -> None:
    # a member whose sources do not name both people has no route over this tie
    with suppress(InvalidStatement):
        await add_statement(
            session.graph.with_timeout(None),
            viewer,
            by=request.introducer.id,
            towards=request.contact.id,
            kind=StatementKind.OUT_OF_TOUCH,
            on=today,
            today=today,
        )
