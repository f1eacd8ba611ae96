"""Introduction requests on a server, as the commands `tertius request …` read and change them."""

from collections.abc import Sequence
from typing import Any

from graph.errors import InvalidIntroductionRequest
from operations.requests.drafting import ENDED_WITHOUT_INTRODUCTION
from presentation.answer_json import Data
from presentation.request_texts import RequestFacts
from tertius.remote.client import ServerClient


def requests_on_server(client: ServerClient) -> list[Data]:
    """The viewer's requests, oldest first."""
    return client.query_pages("requests", "introductionRequests")[::-1]


def request_on_server(client: ServerClient, id: str) -> Data | None:
    """The request with this id, None if the viewer is no party of it."""
    request: Data | None = client.query("request", id=id)["introductionRequest"]
    return request


def create_on_server(
    client: ServerClient, target: str, introducer: str | None, facts: RequestFacts, *, max_introducers: int
) -> Data | None:
    """The draft of a request."""
    return change_on_server(
        client,
        "create_request",
        target={"text": target},
        introducer=None if introducer is None else {"text": introducer},
        purpose=facts.purpose,
        aboutAsker=facts.about,
        benefitForTarget=facts.benefit,
        maxIntroducers=max_introducers,
    )


def change_on_server(client: ServerClient, document_name: str, **fields: Any) -> Data | None:
    """Run a mutation of one request. Returns the request, None if the viewer is no party of it."""
    (payload,) = client.query(document_name, input=fields).values()
    request: Data | None = payload["request"]
    return request


def next_introducers_on_server(client: ServerClient, request: Data) -> Sequence[Data]:
    """The people on the next route, from the first introducer on. Empty if the server offers none."""
    if request["role"] != "ASKER" or request["status"] not in {status.name for status in ENDED_WITHOUT_INTRODUCTION}:
        return ()
    current = client.query("next_route", id=request["id"])["introductionRequest"]
    if current is None:
        raise InvalidIntroductionRequest(NO_REQUEST)
    return () if current["nextRoute"] is None else current["nextRoute"]["introducers"]


NO_REQUEST = "There is no request with this id. `tertius request list` lists yours."


def notifications_on_server(client: ServerClient, *, mark_read: bool) -> list[Data]:
    """The viewer's notifications, newest first. With `mark_read` they are unread no more."""
    listed = client.query_pages("notifications", "notifications")
    if mark_read and listed:
        client.query("mark_notifications_read", input={"id": listed[0]["id"]})
    return listed


def digest_on_server(client: ServerClient, chosen: bool | None) -> bool:  # noqa: FBT001 - the state, not an option
    """Whether the viewer gets a daily digest by mail, after a change if one is chosen."""
    if chosen is not None:
        client.query("set_email_digest", input={"isEnabled": chosen})
    return bool(client.query("email_digest")["isEmailDigestEnabled"])


def preferences_on_server(client: ServerClient, chosen: Data | None) -> Data:
    """Return what the viewer accepts as introducer, after a change to `chosen`, an input of the mutation."""
    if chosen is None:
        preferences: Data = client.query("preferences")["introducerPreferences"]
    else:
        preferences = client.query("set_preferences", input=chosen)["setIntroducerPreferences"]["preferences"]
    return preferences
