"""The page on which an owner or admin connects a workspace: plain HTML without scripts."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.html_page import html_page
from api.remedies import api_message
from api.slack.config import INSTALL_PATH, TICKET_PATH, SlackConfig
from api.slack.members.token_form import credential_form, form_page, submitted_holder
from api.slack.workspaces.installation import (
    INSTALL_SECONDS,
    Installer,
    WorkspaceNotConnected,
    connect_token_workspace,
    installation_address,
    installer_of_ticket,
)
from api.slack.workspaces.installing_browser import InstallingBrowser
from api.time_limit import mutation_seconds, time_limit
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.networks.members import find_member, read_network_settings
from graph.networks.permissions import Operation, check_permission
from graph.networks.registry import list_networks

_TITLE = "Connect a Slack workspace"
SEVERAL_NETWORKS_MESSAGE = (
    "This service has several networks. Ask its operator to connect the workspace to yours, with tertius slack connect."
)
OTHER_SITE_MESSAGE = "Another site sent this form. Open the page at the address of this service, and try again."


class InstallPage:
    """The routes of the page."""

    def __init__(self, config: SlackConfig) -> None:
        self._config = config
        self._browser = InstallingBrowser(config)

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter()
        router.add_api_route(INSTALL_PATH, self._show, methods=["GET"])
        router.add_api_route(INSTALL_PATH, self._connect, methods=["POST"])
        if self._config.installs:
            router.add_api_route(TICKET_PATH, self._show_ticket, methods=["GET"])
            router.add_api_route(TICKET_PATH, self._begin, methods=["POST"])
        return router

    async def _show(self) -> Response:
        return _form()

    async def _show_ticket(self, request: Request, ticket: str) -> Response:
        """Say whose network a workspace will be connected to, and ask: anybody may have sent the link."""
        try:
            installer = await installer_of_ticket(self._config, request.app.state.graph, ticket)
        except TertiusError as error:
            return html_page("Not connected", f"<p>{escape(api_message(error))}</p>", 400)
        return await _question(request.app.state.graph, installer, ticket)

    async def _begin(self, request: Request, ticket: str) -> Response:
        try:
            return await self._offer(request, await installer_of_ticket(self._config, request.app.state.graph, ticket))
        except TertiusError as error:
            return html_page("Not connected", f"<p>{escape(api_message(error))}</p>", 400)

    async def _offer(self, request: Request, installer: Installer) -> Response:
        """Offer the address at Slack to this browser, which alone can complete the installation."""
        if not request.app.state.sessions.is_own_page(request):
            raise WorkspaceNotConnected(OTHER_SITE_MESSAGE)
        secret = self._browser.secret_of(request)
        address = await installation_address(
            self._config, request.app.state.graph, installer.network, installer.member, browser_secret=secret
        )
        minutes = INSTALL_SECONDS // 60
        response = html_page(
            _TITLE,
            f"<p>Open this link in this browser within {minutes} minutes, and choose the workspace there.</p>"
            f'<p><a href="{escape(address)}">Choose a workspace at Slack</a></p>',
        )
        self._browser.remember(response, secret)
        return response

    async def _connect(self, request: Request) -> Response:
        graph = request.app.state.graph.with_timeout(None)
        holder = await submitted_holder(request, graph)
        if holder is None:
            return _form("This is not a valid token.", status=403)
        try:
            check_permission(Operation.MANAGE_MEMBERS, holder.role, holder.scopes)
            async with time_limit(mutation_seconds(request), "Try again."):
                if self._config.installs:
                    return await self._offer(request, Installer(holder.network, holder.member))
                if len(await list_networks(graph)) > 1:  # the operator decides whose the one workspace is
                    raise WorkspaceNotConnected(SEVERAL_NETWORKS_MESSAGE)
                name = await connect_token_workspace(self._config, graph, holder.network, holder.member)
        except TertiusError as error:
            return _form(api_message(error), status=403)
        return html_page("Connected", f"<p>The workspace {escape(name)} is connected. Type /intro help there.</p>")


async def _question(graph: Graph, installer: Installer, ticket: str) -> Response:
    member = await find_member(graph, installer.network, installer.member)
    settings = await read_network_settings(graph, installer.network)
    name = member.display_name("") if member else ""
    text = (
        f"<p>The workspace that you choose at Slack will belong to the network “{escape(settings.name)}”, for its "
        f"member {escape(name)}. Members of this network can then ask in the workspace.</p>"
        "<p><strong>Continue only if this is your network.</strong> If somebody else sent you this link, close the "
        "page.</p>"
    )
    action = escape(TICKET_PATH.format(ticket=ticket))
    form = f'<form method="post" action="{action}"><button class="button primary">Continue</button></form>'
    return form_page(_TITLE, text + form, 200)


def _form(note: str = "", *, status: int = 200) -> Response:
    return form_page(
        _TITLE,
        "<p>Members of your network can then ask in the workspace with /intro. Only owners and admins of a network can "
        "connect one. A workspace belongs to one network.</p>"
        + credential_form(INSTALL_PATH, "Connect a workspace", note),
        status,
    )
