"""The settings of the Slack app: its registration at Slack, and the address of this service."""

from dataclasses import dataclass, field

API_ADDRESS = "https://slack.com/api/"
AUTHORIZE_ADDRESS = "https://slack.com/oauth/v2/authorize"
RESPONSE_ADDRESS = "https://hooks.slack.com/"
LINK_PATH = "/slack/link/{code}"
INSTALL_PATH = "/slack/install"
TICKET_PATH = "/slack/install/{ticket}"
CALLBACK_PATH = "/slack/oauth/callback"


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """The secrets of the app, and the addresses of both sides.

    `signing_secret` verifies requests over HTTP. `app_token` opens a connection to Slack that carries requests instead
    (socket mode). `bot_token` is the token of a single workspace. `client_id` and `client_secret` install the app in
    several. `public_url` is the address of this service for its members. The other addresses are Slack's, or those of a
    stand-in.
    """

    public_url: str
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_address: str = API_ADDRESS
    authorize_address: str = AUTHORIZE_ADDRESS
    response_address: str = RESPONSE_ADDRESS

    @property
    def installs(self) -> bool:
        """Whether the app can be installed by Slack's OAuth."""
        return bool(self.client_id and self.client_secret)

    @property
    def callback_address(self) -> str:
        """The address to which Slack redirects after an installation."""
        return self.public_url.rstrip("/") + CALLBACK_PATH

    def ticket_address(self, ticket: str) -> str:
        """The address of the page that begins an installation with this ticket."""
        return self.public_url.rstrip("/") + TICKET_PATH.format(ticket=ticket)

    def link_address(self, code: str) -> str:
        """The address of the page that links a Slack user by this code."""
        return self.public_url.rstrip("/") + LINK_PATH.format(code=code)
