"""The manifest with which an administrator of a workspace registers the app at Slack."""

from typing import Any

from api.slack.commands import COMMAND
from api.slack.config import CALLBACK_PATH, EVENTS_PATH

BOT_SCOPES = ("commands", "users:read", "users:read.email")
"""What the app may do: receive its command, and read the address of the user who asks."""
_EVENTS = ("app_uninstalled", "tokens_revoked")


def manifest(public_url: str | None, *, several_workspaces: bool = False) -> dict[str, Any]:
    """The manifest of an app that sends its requests to this address. Without an address it uses socket mode.

    With `several_workspaces` the app can be installed by OAuth, and its tokens expire.
    """
    requests = {"request_url": public_url.rstrip("/") + EVENTS_PATH} if public_url else {}
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
        "features": {"bot_user": {"display_name": "Tertius", "always_online": True}, "slash_commands": [command]},
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**requests, "bot_events": list(_EVENTS)},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not public_url,
            "token_rotation_enabled": several_workspaces,
        },
    }
