"""The manifest with which an administrator of a workspace registers the app at Slack."""

from typing import Any

from api.paths import SLACK_EVENTS
from api.slack.commands import COMMAND, WHO_KNOWS
from api.slack.config import CALLBACK_PATH

BOT_SCOPES = ("assistant:write", "chat:write", "commands", "im:history", "users:read", "users:read.email")
"""What the app may do: receive its command and messages to it, reply to them, and read the address of a user."""
_EVENTS = ("app_home_opened", "app_uninstalled", "message.im", "tokens_revoked")
_DESCRIPTION = "Finds people who can genuinely introduce you to somebody."


def manifest(public_url: str | None, *, several_workspaces: bool = False) -> dict[str, Any]:
    """The manifest of an app that sends its requests to this address. Without an address it uses socket mode.

    With `several_workspaces` the app can be installed by OAuth, and its tokens expire.
    """
    requests = {"request_url": public_url.rstrip("/") + SLACK_EVENTS} if public_url else {}
    command = {
        "command": COMMAND,
        "description": "Find people who can introduce you to somebody",
        "usage_hint": "@user | name | name at company | e-mail | LinkedIn URL | help",
        "should_escape": True,
    }
    oauth: dict[str, Any] = {"scopes": {"bot": list(BOT_SCOPES)}}
    if public_url:
        command["url"] = requests["request_url"]
    if several_workspaces and public_url:
        oauth["redirect_urls"] = [public_url.rstrip("/") + CALLBACK_PATH]
    return {
        "display_information": {
            "name": "Tertius",
            "description": "Who can genuinely introduce me to X?",
            "background_color": "#00489c",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": _DESCRIPTION,
                "suggested_prompts": [{"title": "Help", "message": "help"}],
            },
            "bot_user": {"display_name": "Tertius", "always_online": True},
            "shortcuts": [
                {
                    "name": "Who knows this person?",
                    "type": "message",
                    "callback_id": WHO_KNOWS,
                    "description": "Find people who can introduce you to the author of the message",
                }
            ],
            "slash_commands": [command],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**requests, "bot_events": list(_EVENTS)},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not public_url,
            "token_rotation_enabled": several_workspaces,
        },
    }
