"""Connects workspaces to networks: that of the configured bot token, or any by Slack's OAuth."""

import json
import secrets
from dataclasses import dataclass
from hashlib import sha256
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
"""Seconds for which a ticket, and after it the address of an installation, is valid."""
OTHER_NETWORK_MESSAGE = "This workspace is connected to another network. Disconnect it there first."
EXPIRED_MESSAGE = "This installation is not valid any more. Run `tertius slack connect` again."
OTHER_BROWSER_MESSAGE = (
    "Another browser began this installation. Run `tertius slack connect` again, and open its address in one browser."
)
ORGANISATION_MESSAGE = "The app cannot be installed for a whole organisation. Install it in one workspace."


class SlackUnavailable(TertiusError):
    """Slack does not answer, or refuses a token or a code."""


class WorkspaceNotConnected(TertiusError):
    """The workspace cannot be connected to this network."""


@dataclass(frozen=True, slots=True)
class Installer:
    """The owner or admin who connects a workspace, and their network."""

    network: str
    member: str


async def connect_token_workspace(config: SlackConfig, graph: Graph, network: str, member: str) -> str:
    """Connect the workspace of the configured bot token to the network of this owner or admin. Returns its name.

    Raises PermissionDenied, SlackUnavailable and WorkspaceNotConnected.
    """
    await require_permission(graph, network, member, Operation.MANAGE_MEMBERS)
    try:
        response = await web_client(config, config.bot_token).auth_test()
    except SlackApiError as error:
        raise SlackUnavailable(f"Slack refuses the bot token ({error.response.get('error')}).") from None
    except (SlackClientError, aiohttp.ClientError, TimeoutError):
        raise SlackUnavailable(SLACK_UNAVAILABLE_MESSAGE) from None
    name = str(response.get("team", ""))
    if not await connect_workspace(graph, network, member, team=str(response["team_id"]), name=name):
        raise WorkspaceNotConnected(OTHER_NETWORK_MESSAGE)
    return name


async def installation_ticket(config: SlackConfig, graph: Graph, network: str, member: str) -> str:
    """A ticket with which a browser begins an installation for this owner or admin. Raises PermissionDenied."""
    await require_permission(graph, network, member, Operation.MANAGE_MEMBERS)
    return _seal(config, "ticket", network, member)


async def installer_of_ticket(config: SlackConfig, graph: Graph, ticket: str) -> Installer:
    """The owner or admin who created the ticket. Raises PermissionDenied and WorkspaceNotConnected."""
    installer = Installer(*_unseal(config, "ticket", ticket))
    await require_permission(graph, installer.network, installer.member, Operation.MANAGE_MEMBERS)
    return installer


async def installation_address(
    config: SlackConfig, graph: Graph, network: str, member: str, *, browser_secret: str
) -> str:
    """The address at Slack where an administrator of a workspace installs the app, for this owner or admin.

    Only the browser with the secret can complete the installation, within INSTALL_SECONDS. Otherwise an administrator
    who opens such an address of somebody else would connect their workspace to that person's network. Raises
    PermissionDenied.
    """
    await require_permission(graph, network, member, Operation.MANAGE_MEMBERS)
    query = {
        "client_id": config.client_id,
        "scope": ",".join(BOT_SCOPES),
        "state": _seal(config, "state", network, member, _digest(browser_secret)),
        "redirect_uri": config.callback_address,
    }
    return f"{config.authorize_address}?{urlencode(query)}"


async def complete_installation(
    config: SlackConfig, graph: Graph, *, code: str, state: str, browser_secret: str
) -> str:
    """Store the tokens of a workspace that installed the app. Returns its name. Slack accepts a code once.

    Raises PermissionDenied, SlackUnavailable and WorkspaceNotConnected.
    """
    network, member, digest = _unseal(config, "state", state)
    if not secrets.compare_digest(digest, _digest(browser_secret)):
        raise WorkspaceNotConnected(OTHER_BROWSER_MESSAGE)
    installer = Installer(network, member)
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


def _seal(config: SlackConfig, *texts: str) -> str:
    return _state_cipher(config).encrypt(json.dumps(texts).encode()).decode()


def _unseal(config: SlackConfig, purpose: str, sealed: str) -> list[str]:
    """The texts of a sealed value for this purpose. Raises WorkspaceNotConnected if it is not valid any more."""
    try:
        sealed_purpose, *texts = json.loads(_state_cipher(config).decrypt(sealed.encode(), ttl=INSTALL_SECONDS))
    except InvalidToken:
        raise WorkspaceNotConnected(EXPIRED_MESSAGE) from None
    if sealed_purpose != purpose:
        raise WorkspaceNotConnected(EXPIRED_MESSAGE)
    return list(texts)


def _digest(browser_secret: str) -> str:
    return sha256(browser_secret.encode()).hexdigest()


def _state_cipher(config: SlackConfig) -> Fernet:
    return cipher(f"slack installation\n{config.client_secret}")
