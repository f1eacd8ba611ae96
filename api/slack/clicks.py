"""Actions of buttons and menus."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from api.slack import questions
from api.slack.deliveries import Handler
from api.slack.questions import SlackViewer
from api.slack.rendering import actions
from api.slack.rendering.messages import HomeTab, SlackReply
from api.slack.requests import acting
from api.slack.requests.home import home_tab
from graph.requests.states import Outcome, RequestAction

_ANSWERS = {
    actions.ASK: questions.answer_choice,
    actions.CHOOSE: questions.answer_choice,
    actions.SHOW_ROUTE: questions.show_route,
    actions.NOT_ACQUAINTED: questions.state_not_acquainted,
    actions.UNDO_NOT_ACQUAINTED: questions.undo_not_acquainted,
}


@dataclass(frozen=True, slots=True)
class Click:
    """A click: its value, and what processes it."""

    value: str
    handle: Handler


def read_click(action: Mapping[str, Any], trigger: str) -> Click | None:
    """The click in a request of Slack. None if it is of another version. `trigger` can open a modal."""
    id = str(action["action_id"]).partition(actions.NUMBER_SEPARATOR)[0]
    value = str((action.get("selected_option") or action).get("value", ""))
    if id == actions.DOES_NOT_KNOW:
        return Click(value, partial(acting.decline_as_not_acquainted, id=value))
    if id == actions.OUTCOME:
        return _outcome_click(value)
    if id == actions.NEXT_REQUEST:
        return Click(f"{value} {trigger}", partial(acting.open_next_request, id=value, trigger=trigger))
    if id.startswith(actions.REQUEST_ACTION):
        return _request_click(id.removeprefix(actions.REQUEST_ACTION), value, trigger)
    route = actions.RouteValue(value) if id == actions.CHOOSE else actions.RouteValue.decode(value)
    return _route_click(id, value, route, trigger) if route else None


def _route_click(id: str, value: str, route: actions.RouteValue, trigger: str) -> Click | None:
    if id == actions.REQUEST_INTRODUCTION:
        return Click(f"{value} {trigger}", partial(acting.open_draft_form, value=route, trigger=trigger))
    return Click(value, partial(_ANSWERS[id], value=route)) if id in _ANSWERS else None


def _outcome_click(value: str) -> Click | None:
    request, _, outcome = value.partition(" ")
    if outcome not in tuple(Outcome):
        return None
    return Click(value, partial(acting.close_request, id=request, outcome=Outcome(outcome)))


def _request_click(name: str, request: str, trigger: str) -> Click | None:
    if name not in tuple(RequestAction):
        return None
    action = RequestAction(name)
    if action is RequestAction.REDIRECT:
        return Click(f"{request} {trigger}", partial(acting.open_redirect_form, id=request, trigger=trigger))
    return Click(request, partial(acting.act_on_request, id=request, action=action))


async def act_at_home(slack_viewer: SlackViewer, *, handle: Handler) -> HomeTab | None:
    """Process a click on the Home tab, and show the tab as it is afterwards."""
    reply: SlackReply | None = await handle(slack_viewer)
    return None if reply is None else await home_tab(slack_viewer)
