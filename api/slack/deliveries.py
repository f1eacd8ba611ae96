"""Requests of Slack, processed once after they were acknowledged, and answered privately.

Slack repeats events, users click twice, and a signed request can be replayed for minutes. So a process claims a
delivery in the database before it works on it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from api.defect_log import log_defect
from api.quotas import Meter
from api.remedies import api_message
from api.slack.config import SlackConfig
from api.slack.members.find import NotLinked, find_asking_member
from api.slack.questions import SlackViewer
from api.slack.rendering.messages import HomeTab, Message, Modal, SlackReply, blocks_of, link, section
from api.slack.requests.forms import FORM_TITLE
from api.slack.web_api import send_reply, web_client
from api.slack.workspaces.tokens import WorkspaceTokens
from graph.database.client import Graph
from graph.errors import DatabaseUnavailable, QueryTimeout, TertiusError
from graph.networks.idempotency import DeliveryClaim
from graph.networks.state import read_state
from graph.slack.users import SlackUser, create_link_code
from graph.slack.workspaces import disconnect_workspace, find_workspace

ANSWER_SECONDS = 20.0
"""Time limit of an answer. The user of a later one gets UNAVAILABLE_MESSAGE."""
REMOVAL_RETRY_SECONDS = 2.0
"""Pause before a removal is tried again while the database is unavailable."""
RELEASE_SECONDS = 2.0
CLAIM_MS = 10 * 60 * 1000
"""Milliseconds for which a delivery is processed once; more than a signature is valid."""
CLICK_CLAIM_MS = 5_000
"""Milliseconds in which two clicks on one button are a double click."""
UNAVAILABLE_MESSAGE = "Tertius could not answer now. Try again in a minute."
DEFECT_MESSAGE = "An internal error occurred. The log of the service has details."
NOT_CONNECTED_MESSAGE = (
    "This workspace is not connected to a network of Tertius. An owner or admin of the network can connect it."
)

Handler = Callable[[SlackViewer], Awaitable[SlackReply | None]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a user. `key` is equal for repetitions of it, `click` for two clicks on one button.

    The reply goes to one place: the modal `view`, the Home tab, the conversation `channel` and its `thread`, or the
    address that came with the request.
    """

    team: str
    user: str
    key: str
    click: str = ""
    response_url: str = ""
    view: str = ""
    is_home: bool = False
    channel: str = ""
    thread: str | None = None

    @classmethod
    def of_command(cls, body: Mapping[str, Any]) -> "Delivery":
        """A slash command."""
        team, trigger = str(body["team_id"]), str(body.get("trigger_id", ""))
        return cls(team, str(body["user_id"]), f"command {team} {trigger}", "", str(body.get("response_url", "")))

    @classmethod
    def of_shortcut(cls, body: Mapping[str, Any]) -> "Delivery":
        """A message shortcut."""
        team, trigger = str(body["team"]["id"]), str(body.get("trigger_id", ""))
        return cls(team, str(body["user"]["id"]), f"shortcut {team} {trigger}", "", str(body.get("response_url", "")))

    @classmethod
    def of_action(cls, body: Mapping[str, Any], value: str) -> "Delivery":
        """A click. Two clicks of one user on the same button of the same message are one."""
        team, user, action = str(body["team"]["id"]), str(body["user"]["id"]), body["actions"][0]
        container = body.get("container") or {}
        is_home = container.get("type") == "view"
        place = (body.get("view") or {}).get("hash", "") if is_home else container.get("message_ts", "")
        click = f"click {team} {user} {place} {action['action_id']} {value}"
        key = f"action {team} {body.get('trigger_id', '')}"
        return cls(team, user, key, click, str(body.get("response_url", "")), is_home=is_home)

    @classmethod
    def of_submission(cls, body: Mapping[str, Any]) -> "Delivery":
        """A submitted form."""
        team, view = str(body["team"]["id"]), body["view"]
        key = f"view {team} {view['id']} {view['callback_id']}"
        return cls(team, str(body["user"]["id"]), key, view=str(view["id"]))

    @classmethod
    def of_event(cls, body: Mapping[str, Any]) -> "Delivery":
        """A direct message, or the Home tab that was opened. Slack repeats an event with the same id."""
        team, event = str(body["team_id"]), body["event"]
        key, is_home = f"event {team} {body['event_id']}", event["type"] == "app_home_opened"
        channel, thread = ("", None) if is_home else (str(event["channel"]), event.get("thread_ts"))
        return cls(team, str(event["user"]), key, is_home=is_home, channel=channel, thread=thread)


@dataclass(slots=True)
class _Progress:
    """The state of a delivery while it is processed."""

    client: AsyncWebClient
    claims: list[DeliveryClaim] = field(default_factory=list)


class Deliveries:
    """Processes deliveries for the members of all connected workspaces."""

    def __init__(self, config: SlackConfig, graph: Graph, meter: Meter) -> None:
        self._config = config
        self._graph = graph
        self._meter = meter
        self._tokens = WorkspaceTokens(config, graph)

    async def process(self, delivery: Delivery, handle: Handler) -> None:
        """Process a delivery that was not processed before, and reply. Every failure is one reply."""
        progress = _Progress(web_client(self._config, self._config.bot_token))
        reply: SlackReply | None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reply = await self._result(delivery, handle, progress)
        except (TimeoutError, DatabaseUnavailable, QueryTimeout, SlackClientError, aiohttp.ClientError):
            reply = await self._failed(UNAVAILABLE_MESSAGE, progress)
        except TertiusError as error:
            reply = await self._failed(api_message(error), progress)
        except Exception as error:  # noqa: BLE001 - the user gets a reply, and log_defect omits personal data
            log_defect("delivery of Slack", error)
            reply = await self._failed(DEFECT_MESSAGE, progress)
        if reply is not None:
            await self._send(delivery, reply, progress.client)

    async def reply(self, delivery: Delivery, message: Message) -> None:
        """Send a reply to the address that came with the request. Only the user sees it."""
        await send_reply(self._config, delivery.response_url, message.body())

    async def _send(self, delivery: Delivery, reply: SlackReply, client: AsyncWebClient) -> None:
        if delivery.view:
            modal = reply if isinstance(reply, Modal) else Modal(FORM_TITLE, blocks_of(reply))
            await client.views_update(view_id=delivery.view, view=modal.view())
        elif delivery.is_home:
            tab = reply if isinstance(reply, HomeTab) else HomeTab(blocks_of(reply))
            await client.views_publish(user_id=delivery.user, view=tab.view())
        elif not isinstance(reply, Message):
            raise TypeError("a modal or a tab is no reply to a message")
        elif delivery.channel:
            await client.chat_postMessage(channel=delivery.channel, thread_ts=delivery.thread, **reply.post())
        else:
            await self.reply(delivery, reply)

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

    async def _result(self, delivery: Delivery, handle: Handler, progress: _Progress) -> SlackReply | None:
        workspace = await find_workspace(self._graph, delivery.team)
        if workspace is None:
            return Message(NOT_CONNECTED_MESSAGE)
        if not await self._claim(workspace.network, delivery, progress):
            return None
        state = await read_state(self._graph, workspace.network)
        user = SlackUser(workspace.network, workspace.team, delivery.user)
        progress.client = client = web_client(self._config, await self._tokens.find(workspace))
        member = await find_asking_member(self._graph, state, user, client)
        if isinstance(member, NotLinked):
            return await self._link_message(user, member)
        return await handle(SlackViewer(self._graph, self._meter, state, member, user, client))

    async def _claim(self, network: str, delivery: Delivery, progress: _Progress) -> bool:
        """Claim a delivery. Returns False if it is a repetition, or the second half of a double click."""
        claims = [DeliveryClaim(network, delivery.key, CLAIM_MS)]
        if delivery.click:
            claims.append(DeliveryClaim(network, delivery.click, CLICK_CLAIM_MS))
        for claim in claims:
            if not await claim.claim(self._graph):
                return False
            progress.claims.append(claim)
        return True

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

    async def _failed(self, text: str, progress: _Progress) -> Message:
        """The reply to a failure. The delivery may be repeated, because it had no effect or can be repeated safely."""
        for claim in progress.claims:
            with suppress(TimeoutError, TertiusError):  # the claim expires by itself
                async with asyncio.timeout(RELEASE_SECONDS):
                    await claim.release(self._graph)
        return Message(text)
