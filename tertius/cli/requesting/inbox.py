"""Notifications about introduction requests, at the command line."""

from graph.requests.digests import has_digest, set_digest
from graph.requests.notifications import list_notifications, mark_notifications_read
from operations.requests.reading import message_to_send
from presentation.request_json import notification_data
from presentation.request_sentences import notification_text
from presentation.sentences import format_day_of_time
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_inbox(*, mark_read: bool, as_json: bool) -> None:
    """Print the notifications, newest first."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        found = await list_notifications(network.graph, network.viewer)
        if as_json:
            session = network.session
            console.echo_json([notification_data(each, await message_to_send(session, each.request)) for each in found])
        else:
            for each in found:
                unread = "" if each.is_read else " (new)"
                console.echo(f"{format_day_of_time(each.at)}{unread}: {notification_text(each)}")
            if not found:
                console.echo("There are no notifications.")
        if mark_read:
            await mark_notifications_read(network.graph, network.viewer, found)

    run(do)


def email_digest(state: str | None, *, as_json: bool) -> None:
    """Set the digest if a state is given, and print whether it is on."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        if state is not None:
            await set_digest(network.graph, network.viewer, is_enabled=state == "on")
        is_enabled = await has_digest(network.graph, network.viewer)
        if as_json:
            console.echo_json({"__typename": "SetEmailDigestPayload", "isEnabled": is_enabled})
        else:
            console.echo(f"The daily digest by mail is {'on' if is_enabled else 'off'}.")

    run(do)
