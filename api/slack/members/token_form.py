"""A field of a form for the token of a member, who may be signed in instead."""

from urllib.parse import parse_qs

from fastapi import Request

from graph.database.client import Graph
from graph.networks.tokens import TokenHolder, find_token_holder

CREDENTIAL_FIELD = (
    '<label for="token">Your token (leave it empty if you are signed in here)</label>'
    '<input id="token" name="token" type="password" autocomplete="off" maxlength="200"> '
)


async def submitted_holder(request: Request, graph: Graph) -> TokenHolder | None:
    """The member whose token the form contains, or who is signed in. A form of another site has no cookie."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    token = next(iter(form.get("token", ())), "").strip()
    if not token and request.headers.get("sec-fetch-site") == "same-origin":
        sign_in = request.app.state.sign_in
        token = request.cookies.get(sign_in.session, "") if sign_in else ""
    return await find_token_holder(graph, token) if token else None
