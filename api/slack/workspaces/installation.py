"""Connects workspaces to networks: that of the configured bot token, or any by Slack's OAuth."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
from cryptography.fernet import Fernet, InvalidToken
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from api.slack.config import SlackConfig
from api.slack.web_api import grant_tokens, web_client
from api.slack.workspaces.manifest import BOT_SCOPES
from api.slack.workspaces.tokens import token_cipher, tokens_of
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.networks.members import require_permission
from graph.networks.permissions import Operation
from graph.networks.secrets import cipher
from graph.slack.workspaces import connect_workspace

INSTALL_SECONDS = 10 * 60
"""Seconds for which the address of an installation is valid."""
OTHER_NETWORK_MESSAGE = "This workspace is connected to another network. Disconnect it there first."
EXPIRED_MESSAGE = "This installation is not valid any more. Run `tertius slack connect` again."
ORGANISATION_MESSAGE = "The app cannot be installed for a whole organisation. Install it in one workspace."


class SlackUnavailable(TertiusError):
    """Slack does not answer, or refuses a token or a code."""


class WorkspaceNotConnected(TertiusError):
    """The workspace cannot be connected to this network."""


@dataclass(frozen=True, slots=True)
class _Installer:
    """The owner or admin who installs the app, and their network."""

    network: str
    member: str


async def connect_token_workspace(config: SlackConfig, graph: Graph, network: str, member: str) -> str:
    """Connect the workspace of the configured bot token to the network of this owner or admin. Returns its name.

    Raises PermissionDenied, SlackUnavailable and WorkspaceNotConnected.
    """
    await require_permission(graph, network, member, Operation.MANAGE_MEMBERS)
    try:
        found = await web_client(config, config.bot_token).auth_test()
    except SlackApiError as error:
        raise SlackUnavailable(f"Slack refuses the bot token ({error.response.get('error')}).") from None
    except (SlackClientError, aiohttp.ClientError, TimeoutError):
        raise SlackUnavailable(SLACK_UNAVAILABLE_MESSAGE) from None
    name = str(found.get("team", ""))
    if not await connect_workspace(graph, network, member, team=str(found["team_id"]), name=name):
        raise WorkspaceNotConnected(OTHER_NETWORK_MESSAGE)
    return name


async def installation_address(config: SlackConfig, graph: Graph, network: str, member: str) -> str:
    """The address at Slack where an administrator of a workspace installs the app, for this owner or admin.

    It is valid for INSTALL_SECONDS. Raises PermissionDenied.
    """
    await require_permission(graph, network, member, Operation.MANAGE_MEMBERS)
    query = {
        "client_id": config.client_id,
        "scope": ",".join(BOT_SCOPES),
        "state": _state_cipher(config).encrypt(json.dumps([network, member]).encode()).decode(),
        "redirect_uri": config.callback_address,
    }
    return f"{config.authorize_address}?{urlencode(query)}"


async def complete_installation(config: SlackConfig, graph: Graph, *, code: str, state: str) -> str:
    """Store the tokens of a workspace that installed the app. Returns its name. Slack accepts a code once.

    Raises PermissionDenied, SlackUnavailable and WorkspaceNotConnected.
    """
    installer = _installer(config, state)
    await require_permission(graph, installer.network, installer.member, Operation.MANAGE_MEMBERS)
    response = await _exchange(config, code)
    if response.get("is_enterprise_install") or not response.get("team"):
        raise WorkspaceNotConnected(ORGANISATION_MESSAGE)
    team = response["team"]
    if not await connect_workspace(
        graph,
        installer.network,
        installer.member,
        team=str(team["id"]),
        name=str(team.get("name", "")),
        tokens=tokens_of(response),
        cipher=token_cipher(config),
    ):
        raise WorkspaceNotConnected(OTHER_NETWORK_MESSAGE)
    return str(team.get("name", ""))


SLACK_UNAVAILABLE_MESSAGE = "Slack does not answer. Try again in a minute."


async def _exchange(config: SlackConfig, code: str) -> AsyncSlackResponse:
    try:
        return await grant_tokens(config, code=code, redirect_uri=config.callback_address)
    except SlackApiError:
        raise SlackUnavailable(EXPIRED_MESSAGE) from None
    except (SlackClientError, aiohttp.ClientError, TimeoutError):
        raise SlackUnavailable(SLACK_UNAVAILABLE_MESSAGE) from None


def _installer(config: SlackConfig, state: str) -> _Installer:
    try:
        return _Installer(*json.loads(_state_cipher(config).decrypt(state.encode(), ttl=INSTALL_SECONDS)))
    except InvalidToken:
        raise WorkspaceNotConnected(EXPIRED_MESSAGE) from None


def _state_cipher(config: SlackConfig) -> Fernet:
    return cipher(f"slack installation\n{config.client_secret}")
