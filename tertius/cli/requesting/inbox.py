"""Notifications about introduction requests, at the command line."""

from graph.requests.digests import has_digest, set_digest
from graph.requests.notifications import list_notifications, mark_notifications_read
from graph.requests.suggestions import note_suggestions, suggest_outcomes
from operations.requests.reading import messages_to_send
from presentation.answer_json import Data
from presentation.request_json import notification_data
from tertius import console
from tertius.answer_reading.times import day_of_time
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.requests import digest_on_server, notifications_on_server
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def print_inbox(*, mark_read: bool, as_json: bool) -> None:
    """Print the notifications, newest first."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        await note_suggestions(network.graph, network.viewer)
        notifications, session = await list_notifications(network.graph, network.viewer), network.session
        suggestions = await suggest_outcomes(network.graph, network.viewer, {each.request for each in notifications})
        if mark_read:
            await mark_notifications_read(network.graph, network.viewer, notifications)
        messages = await messages_to_send(session, [each.request for each in notifications])
        return [
            notification_data(each, messages.get(each.request.id), suggestions.get(each.request.id))
            for each in notifications
        ]

    listed = run_or_ask(do, lambda client: notifications_on_server(client, mark_read=mark_read))
    if as_json:
        console.echo_json(listed)
        return
    for each in listed:
        unread = "" if each["isRead"] else " (new)"
        console.echo(f"{day_of_time(each['occurredAt'])}{unread}: {each['text']}")
    if not listed:
        console.echo("There are no notifications.")


def email_digest(state: str | None, *, as_json: bool) -> None:
    """Set the digest if a state is given, and print whether it is on."""
    chosen = None if state is None else state == "on"

    async def do(network: OpenNetwork, _: ConsoleProgress) -> bool:
        if chosen is not None:
            await set_digest(network.graph, network.viewer, is_enabled=chosen)
        return await has_digest(network.graph, network.viewer)

    def ask(client: ServerClient) -> bool:
        return digest_on_server(client, chosen)

    is_enabled = run_or_ask(do, ask)
    if as_json:
        console.echo_json({"__typename": "SetEmailDigestPayload", "isEnabled": is_enabled})
    else:
        console.echo(f"The daily digest by mail is {'on' if is_enabled else 'off'}.")
