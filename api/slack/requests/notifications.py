"""Direct messages about introduction requests. They are consumers of the outbox, which delivers at least once."""

import logging
from typing import Any, get_args

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from api.slack.config import SlackConfig
from api.slack.members.find import find_user_of_member
from api.slack.requests.request_message import request_message
from api.slack.web_api import web_client
from api.slack.workspaces.tokens import WorkspaceTokens
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.events import (
    IntroductionRequestDelivered,
    IntroductionRequestDue,
    IntroductionRequestExpired,
    IntroductionRequestSuggested,
    IntroductionRequestUpdated,
)
from graph.networks.idempotency import ClaimStatus, DeliveryClaim
from graph.networks.state import build_viewer, read_state
from graph.requests.suggestions import suggest_outcomes
from graph.slack.workspaces import find_workspace, list_workspaces
from operations.outbox import Consumers
from operations.requests.reading import find_request, message_to_send
from operations.session import Session

log = logging.getLogger("tertius.api")
_USER_IS_GONE = ("user_not_found", "channel_not_found", "user_disabled", "account_inactive", "is_archived")


_CLAIM_MS = 60_000
"""Milliseconds after which a message whose sender ended is sent again; more than the outbox gives a delivery."""


class NotificationInProgress(TertiusError):
    """Another delivery of the same event has not completed. The outbox tries again."""


RequestEvent = (
    IntroductionRequestDelivered
    | IntroductionRequestUpdated
    | IntroductionRequestExpired
    | IntroductionRequestDue
    | IntroductionRequestSuggested
)
NOTIFIED: tuple[type[RequestEvent], ...] = get_args(RequestEvent)


class RequestNotifications:
    """Tells the other party of a request, if they are a user of a connected workspace."""

    def __init__(self, config: SlackConfig, graph: Graph) -> None:
        self._config = config
        self._graph = graph
        self._tokens = WorkspaceTokens(config, graph)

    @property
    def consumers(self) -> Consumers:
        """The consumers by class of event."""
        return dict.fromkeys(NOTIFIED, (self.notify,))

    async def notify(self, event: RequestEvent) -> None:
        """Send one direct message to the member whom the event informs. Raises if it should be tried again."""
        if event.member is None:
            return
        state = await read_state(self._graph, event.network)
        if event.member not in state.roles:
            return
        session = Session(self._graph, state, build_viewer(state, event.member))
        request = await find_request(session, event.about)
        if request is None or request.is_declined_unseen:
            return
        for connected in await list_workspaces(self._graph, event.network):
            workspace = await find_workspace(self._graph, connected.team)
            if workspace is None:
                continue
            client = web_client(self._config, await self._tokens.find(workspace))
            user = await find_user_of_member(self._graph, state, workspace.team, event.member, client)
            if user is not None:
                suggestions = await suggest_outcomes(self._graph, session.viewer, [request])
                message = request_message(request, await message_to_send(session, request), suggestions.get(request.id))
                body = message.post()
                await self._post_once(client, user, body, claim_of(event))
                return

    async def _post_once(self, client: AsyncWebClient, user: str, body: dict[str, Any], claim: DeliveryClaim) -> None:
        status = await claim.claim_status(self._graph)
        if status is ClaimStatus.COMPLETED:
            return
        if status is not ClaimStatus.ACQUIRED:
            raise NotificationInProgress("The message of this event is being sent, or its sender ended.")
        try:
            await client.chat_postMessage(channel=user, **body)
        except SlackApiError as error:
            if error.response.get("error") not in _USER_IS_GONE:
                await claim.release(self._graph)
                raise
        except BaseException:
            await claim.release(self._graph)
            raise
        await claim.complete(self._graph)


def claim_of(event: RequestEvent) -> DeliveryClaim:
    """The claim of the process that sends the message of this event."""
    return DeliveryClaim(event.network, f"notification {event.id}", _CLAIM_MS)
