"""The manifest with which an administrator of a workspace registers the app at Slack."""

from typing import Any

from api.slack.commands import COMMAND
from api.slack.config import EVENTS_PATH

BOT_SCOPES = ("commands", "users:read", "users:read.email")
"""What the app may do: receive its command, and read the address of the user who asks."""
_EVENTS = ("app_uninstalled", "tokens_revoked")


def manifest(public_url: str) -> dict[str, Any]:
    """The manifest of an app that sends its requests to this address."""
    address = public_url.rstrip("/") + EVENTS_PATH
    return {
        "display_information": {
            "name": "Tertius",
            "description": "Who can genuinely introduce me to X?",
            "background_color": "#00489c",
        },
        "features": {
            "bot_user": {"display_name": "Tertius", "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "url": address,
                    "description": "Find people who can introduce you to somebody",
                    "usage_hint": "@user | name | name at company | e-mail | LinkedIn URL | help",
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": {"request_url": address, "bot_events": list(_EVENTS)},
            "interactivity": {"is_enabled": True, "request_url": address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }
