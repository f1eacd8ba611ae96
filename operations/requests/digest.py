"""Sends members a daily digest of unread notifications by mail, to an address that was confirmed for them."""

from graph.database.client import Graph
from graph.networks.state import NetworkState, build_viewer, read_state
from graph.records import HandleKind
from graph.requests.digests import DueDigest, claim_digests, end_digest
from graph.requests.notifications import list_notifications
from operations.mailer import Mailer
from presentation.request_sentences import notification_text

MAX_LINES = 20
"""Maximum number of notifications in one digest."""


async def send_due_digests(graph: Graph, network: str, mailer: Mailer) -> None:
    """Send the digests of this network that are due. One that the mail server does not accept is sent again later."""
    due = await claim_digests(graph, network)
    if not due:
        return
    state = await read_state(graph, network)
    for digest in due:
        is_sent = await _send(graph, state, digest, mailer)
        await end_digest(graph, network, digest, is_sent=is_sent)


async def _send(graph: Graph, state: NetworkState, digest: DueDigest, mailer: Mailer) -> bool:
    """Send a digest. Returns False if the mail server does not accept it, and True if there is nothing to send."""
    keys = state.confirmed_identities.get(digest.member, ())
    addresses = [key.partition(":")[2] for key in keys if key.startswith(f"{HandleKind.EMAIL}:")]
    if not addresses or digest.member not in state.roles:
        return True
    listed = await list_notifications(graph, build_viewer(state, digest.member))
    lines = [notification_text(each) for each in listed if not each.is_read and each.at > digest.since]
    if not lines:
        return True
    more = "" if len(lines) <= MAX_LINES else f"\n{len(lines) - MAX_LINES:,} more are in Tertius.\n"
    text = "\n".join(["New in your introduction requests:", "", *lines[:MAX_LINES], more])
    try:
        await mailer.send(addresses[0], "Introduction requests", text)
    except OSError:
        return False
    return True
