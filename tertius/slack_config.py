"""The configuration of the Slack app, from the settings."""

from api.slack.config import SlackConfig
from tertius.service_settings import Slack


def slack_config(slack: Slack, public_url: str) -> SlackConfig | None:
    """The configuration; None if the settings name no app. `public_url` is the address of the service."""
    if not (slack.client_id or slack.bot_token.get_secret_value()):
        return None
    return SlackConfig(
        public_url=public_url,
        signing_secret=slack.signing_secret.get_secret_value(),
        app_token=slack.app_token.get_secret_value(),
        bot_token=slack.bot_token.get_secret_value(),
        client_id=slack.client_id,
        client_secret=slack.client_secret.get_secret_value(),
    )
