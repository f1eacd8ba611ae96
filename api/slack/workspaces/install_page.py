"""The page on which an owner or admin connects a workspace: plain HTML without scripts."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.html_page import html_page
from api.remedies import api_message
from api.slack.config import INSTALL_PATH, SlackConfig
from api.slack.members.token_form import credential_form, form_page, submitted_holder
from api.slack.workspaces.installation import (
    INSTALL_SECONDS,
    WorkspaceNotConnected,
    connect_token_workspace,
    installation_address,
)
from api.time_limit import mutation_seconds, time_limit
from graph.errors import TertiusError
from graph.networks.permissions import Operation, check_permission
from graph.networks.registry import list_networks

_TITLE = "Connect a Slack workspace"
SEVERAL_NETWORKS_MESSAGE = (
    "This service has several networks. Ask its operator to connect the workspace to yours, with tertius slack connect."
)


class InstallPage:
    """The routes of the page."""

    def __init__(self, config: SlackConfig) -> None:
        self._config = config

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter()
        router.add_api_route(INSTALL_PATH, self._show, methods=["GET"])
        router.add_api_route(INSTALL_PATH, self._connect, methods=["POST"])
        return router

    async def _show(self) -> Response:
        return _form()

    async def _connect(self, request: Request) -> Response:
        graph = request.app.state.graph.with_timeout(None)
        holder = await submitted_holder(request, graph)
        if holder is None:
            return _form("This is not a valid token.", status=403)
        try:
            check_permission(Operation.MANAGE_MEMBERS, holder.role, holder.scopes)
            async with time_limit(mutation_seconds(request), "Try again."):
                if self._config.installs:
                    address = await installation_address(self._config, graph, holder.network, holder.member)
                    minutes = INSTALL_SECONDS // 60
                    return html_page(
                        _TITLE,
                        f"<p>Open this link within {minutes} minutes, and choose the workspace there.</p>"
                        f'<p><a href="{escape(address)}">Choose a workspace at Slack</a></p>',
                    )
                if len(await list_networks(graph)) > 1:  # the operator decides whose the one workspace is
                    raise WorkspaceNotConnected(SEVERAL_NETWORKS_MESSAGE)
                name = await connect_token_workspace(self._config, graph, holder.network, holder.member)
        except TertiusError as error:
            return _form(api_message(error), status=403)
        return html_page("Connected", f"<p>The workspace {escape(name)} is connected. Type /intro help there.</p>")


def _form(note: str = "", *, status: int = 200) -> Response:
    return form_page(
        _TITLE,
        "<p>Members of your network can then ask in the workspace with /intro. Only owners and admins of a network can "
        "connect one. A workspace belongs to one network.</p>"
        + credential_form(INSTALL_PATH, "Connect a workspace", note),
        status,
    )
