"""`tertius privacy audit`: who asked about whom."""

from datetime import datetime

from graph.privacy.audit_log import AuditAction, AuditEntry, read_audit_log
from presentation.answer_json import Data, person_data
from presentation.dates import time_text
from tertius import console
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.contributions import has_several_members
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def print_audit_log(limit: int, *, as_json: bool) -> None:
    """Print the newest entries of the audit log."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> tuple[list[Data], bool]:
        entries = await read_audit_log(network.graph, network.viewer, network.state, limit)
        return [_entry_data(entry) for entry in entries], network.state.has_single_member

    def ask(client: ServerClient) -> tuple[list[Data], bool]:
        entries = client.query_pages("audit_entries", "auditEntries", limit=limit)
        return entries, not as_json and not has_several_members(client)

    entries, has_single_member = run_or_ask(do, ask)
    if as_json:
        console.echo_json(entries)
        return
    for entry in entries:
        people = ", ".join(person["name"] for person in entry["people"])
        action = AuditAction[entry["action"]].replace("_", " ")
        account = f"{entry['memberName']} [{entry['memberId']}]" if entry["memberId"] else entry["memberName"]
        at = datetime.fromisoformat(entry["occurredAt"])
        console.echo(f"{at:%Y-%m-%d %H:%M} {account}: {action} {people}".rstrip())
    if has_single_member:
        console.echo("The network has one member, so that there is no audit log.")


def _entry_data(entry: AuditEntry) -> Data:
    return {
        "__typename": "AuditEntry",
        "occurredAt": time_text(entry.created_at),
        "memberId": entry.member,
        "memberName": entry.by,
        "action": entry.action.name,
        "people": [person_data(person) for person in entry.people],
        "peopleCount": len(entry.people),
    }
