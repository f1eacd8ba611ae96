"""What the Slack app needs to know about its registration at Slack and about this service."""

from dataclasses import dataclass, field

API_ADDRESS = "https://slack.com/api/"
RESPONSE_ADDRESS = "https://hooks.slack.com/"
EVENTS_PATH = "/slack/events"
LINK_PATH = "/slack/link/{code}"


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """The secrets of the app, and the addresses of both sides.

    `signing_secret` verifies requests over HTTP. `bot_token` is the token of a single workspace. `public_url` is the
    address of this service for its members. `api_address` and `response_address` are Slack's, or those of a stand-in.
    """

    public_url: str
    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    api_address: str = API_ADDRESS
    response_address: str = RESPONSE_ADDRESS

    def link_address(self, code: str) -> str:
        """The address of the page that links a Slack user by this code."""
        return self.public_url.rstrip("/") + LINK_PATH.format(code=code)
