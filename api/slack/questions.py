"""Questions and statements of a member in Slack, by the same use cases and points as the other surfaces."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient

from api.quotas import Meter
from api.slack.members.find import read_profile
from api.slack.rendering.actions import UNDO_NOT_ACQUAINTED, RouteValue
from api.slack.rendering.answers import AnswerMessage, route_message
from api.slack.rendering.messages import Message, button, buttons, section
from api.slack.rendering.text import mentioned_user, plain_text
from graph.answers import AlreadyKnown, Introductions
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import ExactReference, PersonReference, RowReference
from graph.networks.permissions import PERMISSIONS, Operation, check_permission
from graph.networks.state import NetworkState, build_viewer, read_state
from graph.records import Handle, HandleKind
from graph.slack.users import SlackUser
from graph.statements.tie_statements import add_statement, list_statements, withdraw_statement
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from operations.ask import Reply, ask
from operations.session import Session
from presentation.dates import today

QUESTION_POINTS = 50
"""Points of a question, as of the GraphQL query `introductions`."""
STATEMENT_POINTS = 20
"""Points of a statement, as of the GraphQL mutation `createStatement`."""
MAX_QUESTION_LENGTH = 500
"""Maximum number of characters in a question, Slack's markup included."""
TOO_LONG_MESSAGE = f"A question has {MAX_QUESTION_LENGTH} characters at most. Name one person."
OUTDATED_MESSAGE = "This answer is outdated. Ask again with /intro."
NO_LONGER_A_ROUTE_MESSAGE = "This route does not exist any more. Ask again with /intro."


class NotEnoughPoints(TertiusError):
    """The member has spent the points of this hour."""


@dataclass(slots=True)
class SlackViewer:
    """The viewer of a request from Slack, and what the answer needs."""

    graph: Graph
    meter: Meter
    state: NetworkState
    member: str
    user: SlackUser
    client: AsyncWebClient

    @property
    def session(self) -> Session:
        """The member's view of the network."""
        return self.meter.limits.session(self.graph, self.state, build_viewer(self.state, self.member))

    async def charge(self, points: int) -> None:
        """Take points from the member. Raises NotEnoughPoints."""
        balance = await self.meter.charge(self.session.viewer, points)
        if not balance.is_enough:
            raise NotEnoughPoints(balance.message)


async def answer_text(slack_viewer: SlackViewer, text: str) -> Message:
    """Answer the text of `/intro` or of a direct message."""
    if len(text) > MAX_QUESTION_LENGTH:
        return Message(TOO_LONG_MESSAGE)
    return await _answer(slack_viewer, await _reference(slack_viewer, text))


async def answer_choice(slack_viewer: SlackViewer, value: RouteValue) -> Message:
    """Answer about the person of a button or menu, in place of the message that has it."""
    return await _answer(slack_viewer, ExactReference(value.target), team=value.team, replaces=True)


async def show_route(slack_viewer: SlackViewer, value: RouteValue) -> Message:
    """Show the steps of the route through this introducer."""
    reply = await _ask(slack_viewer, ExactReference(value.target), team=value.team)
    routes = reply.answer.routes if isinstance(reply.answer, Introductions | AlreadyKnown) else ()
    chosen = [route for route in routes if route.people[0].id == value.introducer]
    return route_message(chosen[0], reply.viewer) if chosen else Message(NO_LONGER_A_ROUTE_MESSAGE)


async def state_not_acquainted(slack_viewer: SlackViewer, value: RouteValue) -> Message:
    """State that the viewer is out of touch with this introducer, and answer again without the tie.

    The statement counts for the viewer only, as every statement does.
    """
    viewer = await _changing_viewer(slack_viewer)
    profiles = await read_profiles(slack_viewer.graph, viewer, (value.introducer,))
    if viewer.person_id is None or value.introducer not in profiles:
        return Message(OUTDATED_MESSAGE)
    await add_statement(
        slack_viewer.graph.with_timeout(None),
        viewer,
        by=value.introducer,
        towards=viewer.person_id,
        kind=StatementKind.OUT_OF_TOUCH,
        on=today(),
        today=today(),
    )
    name = profiles[value.introducer].name
    note = f"Recorded: you do not know {name}, or are out of touch. Your routes do not use this tie. Only you see this."
    return await _answer_again(slack_viewer, value, note, undo=True)


async def undo_not_acquainted(slack_viewer: SlackViewer, value: RouteValue) -> Message:
    """Withdraw the statement of `state_not_acquainted`, and answer again."""
    viewer = await _changing_viewer(slack_viewer)
    for statement in await list_statements(slack_viewer.graph, viewer):
        if statement.matches(value.introducer, viewer.person_id or "", StatementKind.OUT_OF_TOUCH):
            await withdraw_statement(slack_viewer.graph.with_timeout(None), viewer, statement)
    return await _answer_again(slack_viewer, value, "Your statement is withdrawn.", undo=False)


async def _changing_viewer(slack_viewer: SlackViewer) -> Viewer:
    check_permission(Operation.CONTRIBUTE, slack_viewer.state.roles[slack_viewer.member])
    await slack_viewer.charge(STATEMENT_POINTS)
    return slack_viewer.session.viewer


async def _answer_again(slack_viewer: SlackViewer, value: RouteValue, note: str, *, undo: bool) -> Message:
    slack_viewer.state = await read_state(slack_viewer.graph, slack_viewer.user.network)
    answer = await _answer(slack_viewer, ExactReference(value.target), team=value.team, replaces=True)
    head: list[Block] = [section(note)]
    if undo:
        head.append(buttons(button("Undo", UNDO_NOT_ACQUAINTED, value.encode())))
    return Message(f"{note}\n{answer.text}", (*head, *answer.blocks), replaces=True)


async def _answer(
    slack_viewer: SlackViewer, target: PersonReference, *, team: bool = False, replaces: bool = False
) -> Message:
    reply = await _ask(slack_viewer, target, team=team)
    return AnswerMessage(
        reply,
        team=team,
        can_search_team=bool(slack_viewer.session.viewer.colleagues),
        can_state=slack_viewer.state.roles[slack_viewer.member] in PERMISSIONS[Operation.CONTRIBUTE].roles,
    ).message(replaces=replaces)


async def _ask(slack_viewer: SlackViewer, target: PersonReference, *, team: bool) -> Reply:
    check_permission(Operation.ASK, slack_viewer.state.roles[slack_viewer.member])
    await slack_viewer.charge(QUESTION_POINTS)
    return await ask(slack_viewer.session, target, team=team)


async def _reference(slack_viewer: SlackViewer, text: str) -> PersonReference:
    """The person that a text names. A mention means the Slack user, found by Slack's id or address, never by name."""
    if not (mentioned := mentioned_user(text)):
        return plain_text(text)
    handles = [Handle(HandleKind.SLACK, f"{slack_viewer.user.team}/{mentioned}")]
    profile = await read_profile(
        slack_viewer.client, SlackUser(slack_viewer.user.network, slack_viewer.user.team, mentioned)
    )
    if profile.address:
        handles.append(Handle(HandleKind.EMAIL, profile.address))
    return RowReference(tuple(handles))
