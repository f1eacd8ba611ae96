"""Requests of Slack, processed once after they were acknowledged, and answered privately.

Slack repeats events, users click twice, and a signed request can be replayed for minutes. So a process claims a
delivery in the database before it works on it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError

from api.defect_log import log_defect
from api.quotas import Meter
from api.remedies import api_message
from api.slack.config import SlackConfig
from api.slack.members.find import NotLinked, find_asking_member
from api.slack.questions import Asker
from api.slack.rendering.messages import Message, link, section
from api.slack.web_api import send_reply, web_client
from api.slack.workspaces.tokens import WorkspaceTokens
from graph.database.client import Graph
from graph.errors import DatabaseUnavailable, QueryTimeout, TertiusError
from graph.networks.idempotency import DeliveryClaim
from graph.networks.state import read_state
from graph.slack.users import SlackUser, create_link_code
from graph.slack.workspaces import disconnect_workspace, find_workspace

ANSWER_SECONDS = 20.0
"""Time in which an answer must be ready. After it the user is told that there is none."""
REMOVAL_RETRY_SECONDS = 2.0
"""Pause before a removal is tried again while the database is unavailable."""
CLAIM_MS = 10 * 60 * 1000
"""Milliseconds for which a delivery is processed once; more than a signature is valid."""
UNAVAILABLE_MESSAGE = "Tertius could not answer now. Try again in a minute."
DEFECT_MESSAGE = "An internal error occurred. The log of the service has details."
NOT_CONNECTED_MESSAGE = (
    "This workspace is not connected to a network of Tertius. An owner or admin of the network can connect it."
)

Handler = Callable[[Asker], Awaitable[Message | None]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a user. `key` is equal for repetitions of it."""

    team: str
    user: str
    response_url: str
    key: str

    @classmethod
    def of_command(cls, body: Mapping[str, Any]) -> "Delivery":
        """A slash command."""
        team, trigger = str(body["team_id"]), str(body.get("trigger_id", ""))
        return cls(team, str(body["user_id"]), str(body.get("response_url", "")), f"command {team} {trigger}")

    @classmethod
    def of_action(cls, body: Mapping[str, Any], value: str) -> "Delivery":
        """A click. Two clicks of one user on the same button of the same message are one."""
        team, user, action = str(body["team"]["id"]), str(body["user"]["id"]), body["actions"][0]
        message = (body.get("container") or {}).get("message_ts", "")
        key = f"action {team} {user} {message} {action['action_id']} {value}"
        return cls(team, user, str(body.get("response_url", "")), key)


class Deliveries:
    """Processes deliveries for the members of all connected workspaces."""

    def __init__(self, config: SlackConfig, graph: Graph, meter: Meter) -> None:
        self._config = config
        self._graph = graph
        self._meter = meter
        self._tokens = WorkspaceTokens(config, graph)

    async def process(self, delivery: Delivery, handle: Handler) -> None:
        """Process a delivery that was not processed before, and reply. Every failure is one reply."""
        claims: list[DeliveryClaim] = []
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                message = await self._result(delivery, handle, claims)
        except (TimeoutError, DatabaseUnavailable, QueryTimeout, SlackClientError, aiohttp.ClientError):
            message = await self._failed(UNAVAILABLE_MESSAGE, claims)
        except TertiusError as error:
            message = await self._failed(api_message(error), claims)
        except Exception as error:  # noqa: BLE001 - the user gets a reply, and log_defect omits personal data
            log_defect("delivery of Slack", error)
            message = await self._failed(DEFECT_MESSAGE, claims)
        if message is not None:
            await self.reply(delivery, message)

    async def reply(self, delivery: Delivery, message: Message) -> None:
        """Send a reply that only the user sees."""
        await send_reply(self._config, delivery.response_url, message.body())

    async def uninstall(self, team: str, uninstalled_at: int) -> None:
        """Delete a workspace that removed the app. Slack does not repeat the event: it was acknowledged."""
        is_deleted = False
        while not is_deleted:
            try:
                if workspace := await find_workspace(self._graph, team):
                    await disconnect_workspace(self._graph, workspace.network, team, uninstalled_at=uninstalled_at)
                is_deleted = True
            except DatabaseUnavailable:
                await asyncio.sleep(REMOVAL_RETRY_SECONDS)

    async def _result(self, delivery: Delivery, handle: Handler, claims: list[DeliveryClaim]) -> Message | None:
        workspace = await find_workspace(self._graph, delivery.team)
        if workspace is None:
            return Message(NOT_CONNECTED_MESSAGE)
        claim = DeliveryClaim(workspace.network, delivery.key, CLAIM_MS)
        if not await claim.claim(self._graph):
            return None
        claims.append(claim)
        state = await read_state(self._graph, workspace.network)
        user = SlackUser(workspace.network, workspace.team, delivery.user)
        client = web_client(self._config, await self._tokens.find(workspace))
        member = await find_asking_member(self._graph, state, user, client)
        if isinstance(member, NotLinked):
            return await self._link_message(user, member)
        return await handle(Asker(self._graph, self._meter, state, member, user, client))

    async def _link_message(self, user: SlackUser, reason: NotLinked) -> Message:
        """Why the user is no member, and a link of one use that makes them one."""
        code = await create_link_code(self._graph, user) if reason.can_link else None
        if code is None:
            return Message(reason.message)
        address = self._config.link_address(code)
        text = (
            f"{reason.message} To ask here, link your Slack user to your account in Tertius. Open this link within 10 "
            "minutes. It works once. Do not pass it on."
        )
        return Message(f"{text} {address}", (section(text), link(address, "Link my account")))

    async def _failed(self, text: str, claims: list[DeliveryClaim]) -> Message:
        """The reply to a failure. The delivery may be repeated, because it had no effect or can be repeated safely."""
        for claim in claims:
            try:
                async with asyncio.timeout(2):
                    await claim.release(self._graph)
            except (TimeoutError, TertiusError):
                pass  # the claim expires by itself
        return Message(text)
