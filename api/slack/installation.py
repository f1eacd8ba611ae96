"""Connects the workspace of the configured bot token to a network."""

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from api.slack.config import SlackConfig
from api.slack.web_api import web_client
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.slack.workspaces import connect_workspace

OTHER_NETWORK_MESSAGE = "This workspace is connected to another network. Disconnect it there first."


class SlackUnavailable(TertiusError):
    """Slack does not answer, or refuses the configured token."""


class WorkspaceOfAnotherNetwork(TertiusError):
    """The workspace belongs to another network."""


async def connect_token_workspace(config: SlackConfig, graph: Graph, network: str, member: str) -> str:
    """Connect the workspace of the configured bot token to the network of this owner or admin. Returns its name.

    Raises PermissionDenied, SlackUnavailable and WorkspaceOfAnotherNetwork.
    """
    try:
        found = await web_client(config, config.bot_token).auth_test()
    except SlackApiError as error:
        raise SlackUnavailable(f"Slack refuses the bot token ({error.response.get('error')}).") from None
    except (SlackClientError, aiohttp.ClientError, TimeoutError):
        raise SlackUnavailable("Slack does not answer. Try again in a minute.") from None
    name = str(found.get("team", ""))
    if not await connect_workspace(
        graph, network, member, team=str(found["team_id"]), name=name, bot_user=found.get("user_id")
    ):
        raise WorkspaceOfAnotherNetwork(OTHER_NETWORK_MESSAGE)
    return name
