"""The cookie that binds an installation of the app to the browser that began it."""

import secrets

from fastapi import Request
from fastapi.responses import Response

from api.slack.config import SlackConfig
from api.slack.workspaces.installation import INSTALL_SECONDS


class InstallingBrowser:
    """Sets and reads the cookie."""

    def __init__(self, config: SlackConfig) -> None:
        self._secure = config.public_url.startswith("https:")
        # no other host of the same domain can set a cookie with this prefix
        self._name = f"{'__Host-' if self._secure else ''}tertius-slack-installing"

    def secret_of(self, request: Request) -> str:
        """The secret of the browser, a new one if it has none: two tabs can install at the same time."""
        return request.cookies.get(self._name) or secrets.token_urlsafe(32)

    def remember(self, response: Response, secret: str) -> None:
        """Give the secret to the browser. Slack's redirect is from another site, which sends no strict cookie."""
        response.set_cookie(
            self._name, secret, max_age=INSTALL_SECONDS, secure=self._secure, httponly=True, samesite="lax"
        )
