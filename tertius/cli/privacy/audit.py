"""`tertius privacy audit`: who asked about whom."""

from graph.privacy.audit_log import AuditEntry, read_audit_log
from presentation.answer_json import person_data
from presentation.dates import time_text, to_datetime
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_audit_log(limit: int, *, as_json: bool) -> None:
    """Print the newest entries of the audit log."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        entries = await read_audit_log(network.graph, network.viewer, network.state, limit)
        if as_json:
            console.echo_json([_entry_data(entry) for entry in entries])
            return
        for entry in entries:
            people = ", ".join(person.name for person in entry.people)
            action = entry.action.replace("_", " ")
            account = f"{entry.by} [{entry.member}]" if entry.member else entry.by
            console.echo(f"{to_datetime(entry.created_at):%Y-%m-%d %H:%M} {account}: {action} {people}".rstrip())
        if network.state.has_single_member:
            console.echo("The network has one member, so that there is no audit log.")

    run(do)


def _entry_data(entry: AuditEntry) -> dict[str, object]:
    return {
        "__typename": "AuditEntry",
        "occurredAt": time_text(entry.created_at),
        "memberId": entry.member,
        "memberName": entry.by,
        "action": entry.action.name,
        "people": [person_data(person) for person in entry.people],
        "peopleCount": len(entry.people),
    }
