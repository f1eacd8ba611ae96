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

from api.quotas import Meter
from api.slack import questions
from api.slack.background import BackgroundWork
from api.slack.commands import COMMAND, answer_intro, help_message, is_help
from api.slack.config import EVENTS_PATH, SlackConfig
from api.slack.deliveries import Deliveries, Delivery, Handler
from api.slack.members.link_page import LinkPage
from api.slack.rendering import actions
from api.slack.rendering.messages import DELETE_ORIGINAL
from api.slack.signature import is_from_slack
from api.slack.socket_mode import socket_mode
from api.slack.web_api import quiet_logger, send_reply, web_client
from api.slack.workspaces.callback import CallbackPage
from graph.database.client import Graph

_HANDLERS = {
    actions.ASK: questions.answer_choice,
    actions.CHOOSE: questions.answer_choice,
    actions.SHOW_ROUTE: questions.show_route,
    actions.NOT_ACQUAINTED: questions.state_not_acquainted,
    actions.UNDO_NOT_ACQUAINTED: questions.undo_not_acquainted,
}


class SlackApp:
    """The routes under /slack. They work while `run` runs."""

    def __init__(self, config: SlackConfig) -> None:
        self._config = config
        self._work = BackgroundWork()
        self._deliveries: Deliveries | None = None
        self._bolt = AsyncApp(
            name="tertius",
            logger=quiet_logger(),
            signing_secret=config.signing_secret,
            client=web_client(config, None),
            authorize=_authorize,
            ssl_check_enabled=False,  # it answers requests without a signature
        )
        self._bolt.command(COMMAND)(self._on_command)
        self._bolt.action(re.compile("^tertius_"))(self._on_action)
        self._bolt.event("app_uninstalled")(self._on_uninstalled)
        self._bolt.event("tokens_revoked")(self._on_tokens_revoked)
        self._handler = AsyncSlackRequestHandler(self._bolt)

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter()
        router.add_api_route(EVENTS_PATH, self._receive, methods=["POST"])
        router.include_router(LinkPage().router())
        if self._config.installs:
            router.include_router(CallbackPage(self._config).router())
        return router

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
            return
        if chosen := action.get("selected_option"):
            value = actions.RouteValue(str(chosen["value"]))
        elif (decoded := actions.RouteValue.decode(str(action.get("value", "")))) is not None:
            value = decoded
        else:
            return
        if handler := _HANDLERS.get(action["action_id"]):
            self._start(Delivery.of_action(body, value.encode()), partial(handler, value=value))

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
