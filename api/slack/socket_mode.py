"""Socket mode: the service opens a connection to Slack, which carries the requests. It needs no public address."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackClientError

from api.defect_log import log
from api.slack.config import SlackConfig
from api.slack.web_api import quiet_logger, web_client
from operations.background_task import background_task

CONNECT_RETRY_SECONDS = 10.0
"""Pause before the next attempt to connect, while Slack does not answer or refuses the token."""


@asynccontextmanager
async def socket_mode(app: AsyncApp, config: SlackConfig) -> AsyncIterator[None]:
    """Receive requests for the app over a connection during the block. The service starts without waiting for it."""
    handler = AsyncSocketModeHandler(
        app, config.app_token, logger=quiet_logger(), web_client=web_client(config, config.app_token)
    )
    try:
        async with background_task(_connect(handler)):
            yield
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]


async def _connect(handler: AsyncSocketModeHandler) -> None:
    """Connect. Once connected, the library connects again whenever the connection ends."""
    is_connected = False
    while not is_connected:
        try:
            await handler.client.connect()  # type: ignore[no-untyped-call]
            is_connected = True
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            log.error("slack: socket mode is not connected: %s", type(error).__name__)
            await asyncio.sleep(CONNECT_RETRY_SECONDS)
