"""A form for the token of a member, who may be signed in instead."""

from html import escape
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.html_page import html_page
from api.sign_in.browser_session import BrowserSessions
from graph.database.client import Graph
from graph.membership.sessions import find_session
from graph.networks.tokens import TokenHolder, find_token_holder

_CREDENTIAL_FIELD = (
    '<div class="field"><label for="token">Your token (leave it empty if you are signed in here)</label>'
    '<input id="token" name="token" type="password" autocomplete="off" maxlength="200"></div>'
)


def credential_form(action: str, button: str, note: str = "") -> str:
    """The HTML of the form, with a button of this text. `note` says why the last attempt failed."""
    alert = f'<p role="alert">{escape(note)}</p>' if note else ""
    return (
        f'{alert}<form method="post" action="{escape(action)}">{_CREDENTIAL_FIELD}'
        f'<button class="button primary">{escape(button)}</button></form>'
    )


def form_page(title: str, body: str, status: int) -> HTMLResponse:
    """A page with such a form. With `no-referrer` a browser would state the origin of the form as `null`."""
    page = html_page(title, body, status)
    page.headers["Referrer-Policy"] = "same-origin"
    return page


async def submitted_holder(request: Request, graph: Graph) -> TokenHolder | None:
    """The member whose token the form contains, or who is signed in, if a page of this service sent the form."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    if token := next(iter(form.get("token", ())), "").strip():
        return await find_token_holder(graph, token)
    sessions: BrowserSessions = request.app.state.sessions
    secret = sessions.secret_of(request) if sessions.is_own_page(request) else ""
    return await find_session(graph, secret) if secret else None
