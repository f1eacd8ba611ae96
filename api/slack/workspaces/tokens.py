"""The bot token of each workspace: the configured one, or the stored one, which is rotated before it expires.

A refresh token is valid once: a second use revokes all tokens of the workspace. So one process claims the rotation in
the database, and the others use the present token, which is valid for another hour.
"""

import asyncio

import aiohttp
from cryptography.fernet import Fernet
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from api.slack.config import SlackConfig
from api.slack.web_api import grant_tokens
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.networks.secrets import cipher
from graph.slack.workspaces import (
    SlackTokens,
    SlackWorkspace,
    claim_rotation,
    decrypt_token,
    find_workspace,
    store_rotated_tokens,
)

REFUSED_MESSAGE = (
    "The token of this workspace is not valid any more. An owner or admin can connect the workspace again."
)


class TokenRefused(TertiusError):
    """There is no valid token of a workspace."""


def token_cipher(config: SlackConfig) -> Fernet:
    """The encryption of stored tokens, under the client secret, which is not in the database."""
    return cipher(f"slack token\n{config.client_secret}")


def tokens_of(response: AsyncSlackResponse) -> SlackTokens:
    """The tokens in a response of `oauth.v2.access`."""
    return SlackTokens(str(response["access_token"]), response.get("refresh_token"), response.get("expires_in"))


class WorkspaceTokens:
    """Finds and rotates the tokens of workspaces."""

    def __init__(self, config: SlackConfig, graph: Graph) -> None:
        self._config = config
        self._graph = graph
        self._rotations: set[asyncio.Task[None]] = set()

    async def find(self, workspace: SlackWorkspace) -> str:
        """A valid bot token of the workspace. Raises TokenRefused."""
        if workspace.stored_token is None:
            return self._config.bot_token
        if workspace.is_expiring and workspace.stored_refresh_token is not None:
            await self._rotate(workspace)
            workspace = await find_workspace(self._graph, workspace.team) or workspace
        return self._decrypted(workspace.stored_token)

    async def _rotate(self, workspace: SlackWorkspace) -> None:
        """Rotate the token, unless another process does. A caller whose time is over does not interrupt it."""
        task = asyncio.create_task(self._exchange(workspace))
        self._rotations.add(task)
        task.add_done_callback(self._rotations.discard)
        await asyncio.shield(task)

    async def _exchange(self, workspace: SlackWorkspace) -> None:
        refresh_token = self._decrypted(workspace.stored_refresh_token)
        claim = await claim_rotation(self._graph, workspace)
        if claim is None:
            return
        try:
            response = await grant_tokens(self._config, grant_type="refresh_token", refresh_token=refresh_token)
        except SlackApiError:
            raise TokenRefused(REFUSED_MESSAGE) from None
        except (SlackClientError, aiohttp.ClientError, TimeoutError):
            return  # the present token is still valid; the claim ends, and a later request rotates it
        await store_rotated_tokens(self._graph, workspace, claim, tokens_of(response), token_cipher(self._config))

    def _decrypted(self, stored: str | None) -> str:
        token = decrypt_token(stored or "", token_cipher(self._config))
        if token is None:
            raise TokenRefused(REFUSED_MESSAGE)
        return token
