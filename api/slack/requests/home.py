"""The Home tab: requests of the member, and ties that fade."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock

from api.slack.questions import SlackViewer
from api.slack.rendering.messages import HomeTab, plain, section
from api.slack.requests.request_message import request_blocks
from graph.insights.fading import FadingTie, list_fading_ties
from graph.requests.requests import IntroductionRequest
from graph.requests.states import RequestRole
from graph.requests.suggestions import SuggestedOutcome, suggest_outcomes
from operations.requests.reading import list_requests, messages_to_send
from presentation.request_mail import MailDraft
from presentation.sentences import fading_message

HOME_POINTS = 110
"""Points of the tab, as of the GraphQL queries `introductionRequests` and `fadingTies`."""
FADING_DAYS = 60
_MAX_REQUESTS, _MAX_FADING = 5, 10
Shown = tuple[IntroductionRequest, MailDraft | None, SuggestedOutcome | None]


async def home_tab(slack_viewer: SlackViewer) -> HomeTab:
    """The tab of a member: five requests of each role with their buttons, and ten fading ties."""
    await slack_viewer.charge(HOME_POINTS)
    session = slack_viewer.session
    requests = await list_requests(session)
    suggestions = await suggest_outcomes(session.graph, session.viewer, requests)
    shown: dict[RequestRole, list[Shown]] = {}
    for role in RequestRole:
        of_role = [request for request in requests if request.role is role][:_MAX_REQUESTS]
        messages = await messages_to_send(session, of_role)
        shown[role] = [(each, messages.get(each.id), suggestions.get(each.id)) for each in of_role]
    fading = await list_fading_ties(session.graph, session.state, session.viewer, within=FADING_DAYS)
    return HomeTab(tuple(_blocks(shown, fading[:_MAX_FADING], session.viewer.as_of)))


def _blocks(shown: dict[RequestRole, list[Shown]], fading: Sequence[FadingTie], as_of: int) -> Iterator[Block]:
    yield section("Type /intro and a name in any channel to find people who can introduce you. Only you see this tab.")
    yield HeaderBlock(text=plain("Introductions that others ask of you", 150))
    yield from _requests(shown[RequestRole.INTRODUCER])
    yield HeaderBlock(text=plain("Introductions that you ask for", 150))
    yield from _requests(shown[RequestRole.ASKER])
    yield HeaderBlock(text=plain("Fading ties", 150))
    for tie in fading:
        yield section(fading_message(tie, as_of))
    if not fading:
        yield section(f"No tie weakens within {FADING_DAYS} days.")


def _requests(shown: Sequence[Shown]) -> Iterator[Block]:
    for request, mail, suggestion in shown:
        yield from request_blocks(request, mail, suggestion)
        yield DividerBlock()
    if not shown:
        yield section("None.")
