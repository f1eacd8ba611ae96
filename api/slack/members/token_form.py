"""A form for the token of a member, who may be signed in instead."""

from html import escape
from urllib.parse import parse_qs

from fastapi import Request

from graph.database.client import Graph
from graph.networks.tokens import TokenHolder, find_token_holder

_CREDENTIAL_FIELD = (
    '<label for="token">Your token (leave it empty if you are signed in here)</label>'
    '<input id="token" name="token" type="password" autocomplete="off" maxlength="200"> '
)


def credential_form(action: str, button: str, note: str = "") -> str:
    """The HTML of the form, with a button of this text. `note` says why the last attempt failed."""
    alert = f'<p role="alert">{escape(note)}</p>' if note else ""
    return (
        f'{alert}<form method="post" action="{escape(action)}">{_CREDENTIAL_FIELD}'
        f"<button>{escape(button)}</button></form>"
    )


async def submitted_holder(request: Request, graph: Graph) -> TokenHolder | None:
    """The member whose token the form contains, or who is signed in. A form of another site has no cookie."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    token = next(iter(form.get("token", ())), "").strip()
    if not token and request.headers.get("sec-fetch-site") == "same-origin":
        sign_in = request.app.state.sign_in
        token = request.cookies.get(sign_in.session, "") if sign_in else ""
    return await find_token_holder(graph, token) if token else None
