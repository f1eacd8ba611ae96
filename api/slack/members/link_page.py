"""The page that links a Slack user to the member who opens it: plain HTML without scripts.

A member who confirms the link of another Slack user lets that user act as the member. So the page states this, and it
requires a click and the member's token or sign-in.
"""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.html_page import html_page
from api.slack.config import LINK_PATH
from api.slack.members.token_form import credential_form, form_page, submitted_holder
from graph.database.client import Graph
from graph.errors import PermissionDenied
from graph.networks.permissions import Operation, check_permission
from graph.slack.users import find_link_code, redeem_link_code


class LinkPage:
    """The routes of the page."""

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter()
        router.add_api_route(LINK_PATH, self._show, methods=["GET"])
        router.add_api_route(LINK_PATH, self._redeem, methods=["POST"])
        return router

    async def _show(self, request: Request, code: str) -> Response:
        link_code = await find_link_code(_graph(request), code)
        return _expired() if link_code is None else _form(code, link_code.workspace, link_code.user.user)

    async def _redeem(self, request: Request, code: str) -> Response:
        graph = _graph(request)
        link_code = await find_link_code(graph, code)
        if link_code is None:
            return _expired()
        holder = await submitted_holder(request, graph)
        if holder is None or holder.network != link_code.user.network:
            note = "This is not a valid token of a member of the network of this workspace."
            return _form(code, link_code.workspace, link_code.user.user, note, status=403)
        try:
            check_permission(Operation.MANAGE_OWN_ACCOUNT, holder.role, holder.scopes)
        except PermissionDenied as error:
            return _form(code, link_code.workspace, link_code.user.user, str(error), status=403)
        if not await redeem_link_code(graph, holder.network, holder.member, code):
            return _expired()
        text = "Your Slack user is linked to your account. Go back to Slack, and repeat your question there."
        return html_page("Linked", f"<p>{text}</p>")


def _form(code: str, workspace: str, user: str, note: str = "", *, status: int = 200) -> HTMLResponse:
    return form_page(
        "Link your Slack user",
        f"<p>The Slack user {escape(user)} of the workspace “{escape(workspace)}” asked to be linked to an account in "
        "Tertius. After that, this Slack user sees what you see, and acts as you.</p>"
        "<p><strong>Continue only if you typed /intro in Slack yourself.</strong> If somebody sent you this link, "
        "close the page.</p>" + credential_form(f"/slack/link/{code}", "Link this Slack user to my account", note),
        status,
    )


def _expired() -> HTMLResponse:
    return html_page(
        "This link is not valid",
        "<p>It was used before, has expired, or is incomplete. Type /intro in Slack to get a new one.</p>",
        410,
    )


def _graph(request: Request) -> Graph:
    graph: Graph = request.app.state.graph
    return graph
