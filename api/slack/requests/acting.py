"""Actions of members on introduction requests in Slack, by the use cases of the other surfaces."""

from api.slack.questions import SlackViewer
from api.slack.rendering.actions import RouteValue
from api.slack.rendering.messages import Message, Modal, section
from api.slack.requests.forms import (
    DRAFT_FORM,
    FORM_TITLE,
    REDIRECT_FORM,
    SEND_FORM,
    draft_form,
    redirect_form,
    send_form,
    waiting,
)
from api.slack.requests.request_message import request_message
from graph.errors import InvalidIntroductionRequest
from graph.lookup.resolve import ExactReference
from graph.networks.permissions import Operation, check_permission
from graph.requests.requests import IntroductionRequest
from graph.requests.states import Outcome, RequestAction
from graph.requests.suggestions import suggest_outcomes
from operations.requests.acting import (
    Response,
    TargetResponse,
    record_introduction,
    record_outcome,
    record_target_response,
    respond_to_request,
    send_request,
    thank_introducer,
    withdraw_request,
)
from operations.requests.drafting import create_next_request, create_request, edit_request
from operations.requests.reading import message_to_send
from presentation.dates import today
from presentation.request_texts import RequestFacts

DRAFT_POINTS = 100
"""Points of a draft, as of the GraphQL mutation `createIntroductionRequest`."""
ACTION_POINTS = 20
"""Points of an action on a request, as of most GraphQL mutations on requests."""
NOT_A_PARTY_MESSAGE = "There is no such introduction request of yours."

_RESPONSES = {
    RequestAction.ACCEPT: Response.ACCEPT,
    RequestAction.ALLOW_MENTION: Response.ALLOW_MENTION,
    RequestAction.DECLINE: Response.DECLINE,
}
_TARGET_RESPONSES = {
    RequestAction.RECORD_TARGET_ASKED: TargetResponse.ASKED,
    RequestAction.RECORD_TARGET_AGREED: TargetResponse.AGREED,
    RequestAction.RECORD_TARGET_DECLINED: TargetResponse.DECLINED,
}


async def open_draft_form(slack_viewer: SlackViewer, *, value: RouteValue, trigger: str) -> None:
    """Open the form for a request to this introducer."""
    await slack_viewer.client.views_open(trigger_id=trigger, view=draft_form(value.encode()).view())


async def open_redirect_form(slack_viewer: SlackViewer, *, id: str, trigger: str) -> None:
    """Open the form in which an introducer names somebody who is closer."""
    await slack_viewer.client.views_open(trigger_id=trigger, view=redirect_form(id).view())


async def open_next_request(slack_viewer: SlackViewer, *, id: str, trigger: str) -> None:
    """Draft a request along the next route, and open the form with its three texts."""
    await _charge(slack_viewer, DRAFT_POINTS)
    # Slack opens a form within 3 seconds of the click only, and the search for a route can take longer
    opened = await slack_viewer.client.views_open(trigger_id=trigger, view=waiting().view())
    try:
        request = await create_next_request(slack_viewer.session, id, key=f"next {id} {trigger}")
        form = Modal(FORM_TITLE, (section(NOT_A_PARTY_MESSAGE),)) if request is None else send_form(request)
    except InvalidIntroductionRequest as error:
        form = Modal(FORM_TITLE, (section(str(error)),))
    await slack_viewer.client.views_update(view_id=opened["view"]["id"], view=form.view())


async def draft(slack_viewer: SlackViewer, *, metadata: str, values: dict[str, str], key: str) -> Message | Modal:
    """Draft a request from the first form, and show its three texts."""
    value = RouteValue.decode(metadata)
    if value is None:
        return Message(NOT_A_PARTY_MESSAGE)
    await _charge(slack_viewer, DRAFT_POINTS)
    facts = RequestFacts(values.get("purpose", ""), values.get("about", ""), values.get("benefit", ""))
    target = ExactReference(value.target)
    introducer = ExactReference(value.introducer) if value.introducer else None
    return send_form(await create_request(slack_viewer.session, target, introducer, facts, key=key))


async def send_draft(slack_viewer: SlackViewer, *, metadata: str, values: dict[str, str], key: str) -> Message:
    """Store the edited texts, and send the request."""
    await _charge(slack_viewer, ACTION_POINTS)
    texts = {name: values.get(name, "") for name in ("reason", "benefit", "note")}
    if await edit_request(slack_viewer.session, metadata, **texts) is None:
        return Message(NOT_A_PARTY_MESSAGE)
    return await _shown(slack_viewer, await send_request(slack_viewer.session, metadata, key=key))


async def redirect(slack_viewer: SlackViewer, *, metadata: str, values: dict[str, str], key: str) -> Message:
    """Answer that somebody else is closer."""
    await _charge(slack_viewer, ACTION_POINTS)
    name = values.get("name", "")
    responding = respond_to_request(
        slack_viewer.session, metadata, Response.REDIRECT, redirected_to=name, today=today(), key=key
    )
    return await _shown(slack_viewer, await responding)


async def act_on_request(slack_viewer: SlackViewer, *, id: str, action: RequestAction) -> Message:
    """Take an action of a button."""
    await _charge(slack_viewer, ACTION_POINTS)
    if action in _RESPONSES:
        acting = respond_to_request(slack_viewer.session, id, _RESPONSES[action], today=today())
    elif action in _TARGET_RESPONSES:
        acting = record_target_response(slack_viewer.session, id, _TARGET_RESPONSES[action])
    else:
        simple = {
            RequestAction.SEND: send_request,
            RequestAction.WITHDRAW: withdraw_request,
            RequestAction.RECORD_INTRODUCTION: record_introduction,
            RequestAction.THANK: thank_introducer,
        }
        acting = simple[action](slack_viewer.session, id)
    return await _shown(slack_viewer, await acting)


async def decline_as_not_acquainted(slack_viewer: SlackViewer, *, id: str) -> Message:
    """Decline, and state that the introducer does not know whom they would contact."""
    await _charge(slack_viewer, ACTION_POINTS)
    return await _shown(
        slack_viewer, await respond_to_request(slack_viewer.session, id, Response.DOES_NOT_KNOW, today=today())
    )


async def close_request(slack_viewer: SlackViewer, *, id: str, outcome: Outcome) -> Message:
    """Record what became of the introduction."""
    await _charge(slack_viewer, ACTION_POINTS)
    return await _shown(slack_viewer, await record_outcome(slack_viewer.session, id, outcome))


SUBMISSIONS = {DRAFT_FORM: draft, SEND_FORM: send_draft, REDIRECT_FORM: redirect}
"""What a submitted form does, by its callback id."""


async def _charge(slack_viewer: SlackViewer, points: int) -> None:
    check_permission(Operation.MANAGE_OWN_DATA, slack_viewer.state.roles[slack_viewer.member])
    await slack_viewer.charge(points)


async def _shown(slack_viewer: SlackViewer, request: IntroductionRequest | None) -> Message:
    if request is None:
        return Message(NOT_A_PARTY_MESSAGE)
    session = slack_viewer.session
    suggestions = await suggest_outcomes(session.graph, session.viewer, [request])
    message = await message_to_send(session, request)
    return request_message(request, message, suggestions.get(request.id), replaces=True)
