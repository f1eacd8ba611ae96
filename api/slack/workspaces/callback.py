"""The page to which Slack redirects an administrator after the installation in a workspace."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.html_page import html_page
from api.remedies import api_message
from api.slack.config import CALLBACK_PATH, SlackConfig
from api.slack.workspaces.installation import complete_installation
from api.slack.workspaces.installing_browser import InstallingBrowser
from api.time_limit import mutation_seconds, time_limit
from graph.errors import TertiusError


class CallbackPage:
    """The route of the page."""

    def __init__(self, config: SlackConfig) -> None:
        self._config = config
        self._browser = InstallingBrowser(config)

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter()
        router.add_api_route(CALLBACK_PATH, self._complete, methods=["GET"])
        return router

    async def _complete(self, request: Request) -> Response:
        code, state = request.query_params.get("code", ""), request.query_params.get("state", "")
        if not code or not state:
            return html_page("Not connected", "<p>The installation was cancelled. Nothing has changed.</p>", 400)
        graph = request.app.state.graph.with_timeout(None)
        try:
            async with time_limit(mutation_seconds(request), "Install the app again."):
                name = await complete_installation(
                    self._config, graph, code=code, state=state, browser_secret=self._browser.secret_of(request)
                )
        except TertiusError as error:
            return html_page("Not connected", f"<p>{escape(api_message(error))}</p>", 400)
        return html_page("Connected", f"<p>The workspace {escape(name)} is connected. Type /intro help there.</p>")
