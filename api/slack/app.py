"""The Slack app: one Bolt app for requests over HTTP and in socket mode.

Nothing but memory is read before a request is acknowledged.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from api.paths import SLACK_EVENTS
from api.quotas import Meter
from api.slack.background import BackgroundWork
from api.slack.clicks import act_at_home, read_click
from api.slack.commands import COMMAND, WHO_KNOWS, answer_intro, help_message, is_help
from api.slack.config import SlackConfig
from api.slack.deliveries import Deliveries, Delivery, Handler
from api.slack.members.link_page import LinkPage
from api.slack.rendering import actions
from api.slack.rendering.messages import DELETE_ORIGINAL
from api.slack.requests.acting import SUBMISSIONS
from api.slack.requests.forms import form_values, waiting
from api.slack.requests.home import home_tab
from api.slack.requests.notifications import RequestNotifications
from api.slack.signature import is_from_slack
from api.slack.socket_mode import socket_mode
from api.slack.web_api import quiet_logger, send_reply, web_client
from api.slack.workspaces.callback import CallbackPage
from api.slack.workspaces.install_page import InstallPage
from graph.database.client import Graph
from operations.outbox import Consumers


class SlackApp:
    """The routes under /slack. They work while `run` runs."""

    def __init__(self, config: SlackConfig) -> None:
        self._config = config
        self._work = BackgroundWork()
        self._deliveries: Deliveries | None = None
        self._bolt = AsyncApp(
            name="tertius.slack_libraries.app",  # Bolt sets the level of the logger of this name
            logger=quiet_logger(),
            signing_secret=config.signing_secret,
            client=web_client(config, None),
            authorize=_authorize,
            ssl_check_enabled=False,  # it answers requests without a signature
        )
        self._bolt.command(COMMAND)(self._on_command)
        self._bolt.action(re.compile("^tertius_"))(self._on_action)
        self._bolt.view(re.compile("^tertius_form_"))(self._on_submission)
        self._bolt.message_shortcut(WHO_KNOWS)(self._on_shortcut)
        self._bolt.event("app_home_opened")(self._on_home_opened)
        self._bolt.event("message")(self._on_message)
        self._bolt.event("app_uninstalled")(self._on_uninstalled)
        self._bolt.event("tokens_revoked")(self._on_tokens_revoked)
        self._handler = AsyncSlackRequestHandler(self._bolt)

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter()
        router.add_api_route(SLACK_EVENTS, self._receive, methods=["POST"])
        router.include_router(LinkPage().router())
        router.include_router(InstallPage(self._config).router())
        if self._config.installs:
            router.include_router(CallbackPage(self._config).router())
        return router

    def consumers(self, graph: Graph) -> Consumers:
        """The consumers of events that tell members by direct message."""
        return RequestNotifications(self._config, graph).consumers

    @asynccontextmanager
    async def run(self, graph: Graph, meter: Meter) -> AsyncIterator[None]:
        """Process requests during the block. At its end, wait until those that were acknowledged are processed."""
        self._deliveries = Deliveries(self._config, graph, meter)
        try:
            async with socket_mode(self._bolt, self._config) if self._config.app_token else nullcontext():
                yield
        finally:
            await self._work.aclose()

    async def _receive(self, request: Request) -> Response:
        body = await request.body()
        if not is_from_slack(body, request.headers, self._config.signing_secret):
            return JSONResponse({"error": "invalid request"}, 401)
        try:
            body.decode()
        except UnicodeDecodeError:
            return JSONResponse({"error": "invalid body"}, 400)
        return await self._handler.handle(request)

    async def _on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        delivery, text = Delivery.of_command(body), str(body.get("text", ""))
        if is_help(text):
            self._work.start(self._running.reply(delivery, help_message()))
        else:
            self._start(delivery, partial(answer_intro, text=text))

    async def _on_action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        action = body["actions"][0]
        if action["action_id"] == actions.DISMISS:
            self._work.start(send_reply(self._config, str(body.get("response_url", "")), DELETE_ORIGINAL))
        elif click := read_click(action, str(body.get("trigger_id", ""))):
            delivery = Delivery.of_action(body, click.value)
            self._start(delivery, partial(act_at_home, handle=click.handle) if delivery.is_home else click.handle)

    async def _on_submission(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(response_action="update", view=waiting().view())
        view, delivery = body["view"], Delivery.of_submission(body)
        if handler := SUBMISSIONS.get(view["callback_id"]):
            values, metadata = form_values(view), str(view.get("private_metadata", ""))
            self._start(delivery, partial(handler, metadata=metadata, values=values, key=f"slack {delivery.key}"))

    async def _on_shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        author = body["message"].get("user")
        text = f"<@{author}>" if author else ""
        self._start(Delivery.of_shortcut(body), partial(answer_intro, text=text))

    async def _on_home_opened(self, body: dict[str, Any]) -> None:
        if body["event"].get("tab") == "home":
            self._start(Delivery.of_event(body), home_tab)

    async def _on_message(self, body: dict[str, Any]) -> None:
        event = body["event"]
        is_question = event.get("channel_type") == "im" and not event.get("bot_id") and not event.get("subtype")
        if is_question and event.get("user"):
            self._start(Delivery.of_event(body), partial(answer_intro, text=str(event.get("text", ""))))

    async def _on_uninstalled(self, body: dict[str, Any]) -> None:
        self._work.start(self._running.uninstall(str(body["team_id"]), int(body.get("event_time", 0))))

    async def _on_tokens_revoked(self, body: dict[str, Any]) -> None:
        if body["event"].get("tokens", {}).get("bot"):
            await self._on_uninstalled(body)

    def _start(self, delivery: Delivery, handler: Handler) -> None:
        self._work.start(self._running.process(delivery, handler))

    @property
    def _running(self) -> Deliveries:
        assert self._deliveries is not None, "the app runs"
        return self._deliveries


async def _authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
    """Bolt's own authorization asks Slack before each acknowledgement. Here the work after it finds the token."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)
