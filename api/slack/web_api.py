"""Requests to Slack: the Web API of a workspace, and the address for replies that comes with a request."""

import logging
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from api.defect_log import log
from api.slack.config import SlackConfig

API_SECONDS = 5
"""Time limit of one request to Slack, in seconds."""


def web_client(config: SlackConfig, token: str | None) -> AsyncWebClient:
    """A client of the Web API."""
    return AsyncWebClient(token=token, base_url=config.api_address, timeout=API_SECONDS, logger=quiet_logger())


async def grant_tokens(config: SlackConfig, **grant: str) -> AsyncSlackResponse:
    """Exchange a code or a refresh token for tokens. The library's own method uses a deprecated form of aiohttp."""
    data = {"client_id": config.client_id, "client_secret": config.client_secret, **grant}
    return await web_client(config, None).api_call("oauth.v2.access", data=data)


async def send_reply(config: SlackConfig, response_url: str, body: dict[str, Any]) -> None:
    """Send a reply to the address that came with a request. Other hosts than Slack's receive nothing."""
    if not response_url.startswith(config.response_address):
        log.error("slack: the address for the reply is not Slack's")
        return
    client = AsyncWebhookClient(response_url, timeout=API_SECONDS, logger=quiet_logger())
    response = await client.send_dict(body)
    if response.status_code != 200:
        log.error("slack: a reply was answered with status %s", response.status_code)


def quiet_logger() -> logging.Logger:
    """A logger for Slack's libraries, which logs nothing below CRITICAL: they log bodies of requests as errors."""
    logger = logging.getLogger("tertius.slack_libraries")
    logger.setLevel(logging.CRITICAL)
    return logger
