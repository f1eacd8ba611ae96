"""The audit log: which member requested what about whom, kept for a year and read by owners.

An entry is written before the answer is given. If it cannot be written, the request fails. Of the member who acts it
stores the id of the account and the name at that time, which no later change of name and no departure changes. Of
people it stores ids, and their names are resolved for the reader: an owner does not learn the name of a contact that a
colleague does not share. Reading the log is recorded too. A network with a single
member records only requests of data subjects.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.days import time_of
from graph.lookup.profiles import read_profiles
from graph.networks.members import FORMER_MEMBER, UNNAMED_OWNER
from graph.networks.state import NetworkState
from graph.viewer import Viewer

_WRITE_AUDIT_ENTRY = cypher.load("privacy/write_audit_entry")
_LIST_AUDIT_ENTRIES = cypher.load("privacy/list_audit_entries")

_AFTER_ALL_IDS = "~"
_MAX_EXPORTED = 10_000
DATA_SUBJECT = "the person concerned, by link"
_BY_LINK = ""


class AuditAction(StrEnum):
    """The audited action. SUBJECT_ACCESS and OBJECTION are requests of the data subject by link.

    Queries write the last six, with the change: a request for erasure, decisions of owners on it, its withdrawal, and
    the erasure itself.
    """

    INTRODUCTIONS = "introductions"
    TIE = "tie"
    PERSON = "person"
    TARGETS = "targets"
    COMPANY = "company"
    EXPORT = "export"
    AUDIT = "audit"
    SUBJECT_ACCESS = "subject_access"
    OBJECTION = "objection"
    ERASURE_REQUESTED = "erasure_requested"
    ERASURE_DISPUTED = "erasure_disputed"
    ERASURE_CONFIRMED = "erasure_confirmed"
    ERASURE_DISMISSED = "erasure_dismissed"
    ERASURE_WITHDRAWN = "erasure_withdrawn"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One request. `created_at` is in milliseconds since 1970.

    `member` is the id of the account that acted, None for a data subject by link; `by` is its name at that time.
    """

    id: str
    created_at: int
    member: str | None
    by: str
    action: AuditAction
    people: tuple[Person, ...]


async def record_audit_entry(
    graph: Graph, state: NetworkState, member: str, action: AuditAction, people: Iterable[str | None] = ()
) -> None:
    """Record that a member requests something about these people (ids).

    Raises DatabaseUnavailable if the entry cannot be written.
    """
    if not state.has_single_member:
        ids = [id for id in people if id is not None]
        await _write(graph, state, member, action, ids)


async def record_subject_request(graph: Graph, state: NetworkState, action: AuditAction, person: str | None) -> None:
    """Record a request by the data subject, also in a network with a single member."""
    await _write(graph, state, _BY_LINK, action, [] if person is None else [person])


async def _write(graph: Graph, state: NetworkState, member: str, action: AuditAction, ids: list[str]) -> None:
    await graph.run(
        _WRITE_AUDIT_ENTRY,
        network=state.network,
        id=uuid4().hex[:8],
        member=member,
        name_of_unnamed=UNNAMED_OWNER,
        action=action.value,
        people=ids,
    )


async def export_audit_entries(graph: Graph, viewer: Viewer, state: NetworkState, id: str) -> list[dict[str, str]]:
    """The audit entries about one person, as data for that person."""
    entries = await read_audit_log(graph, viewer, state, _MAX_EXPORTED, person=id)
    return [
        {
            "by": entry.by,
            "account": entry.member or "",
            "on": time_of(entry.created_at).isoformat(),
            "action": entry.action,
        }
        for entry in entries
    ]


async def read_audit_log(
    graph: Graph,
    viewer: Viewer,
    state: NetworkState,
    limit: int,
    *,
    after: str | None = None,
    person: str | None = None,
) -> list[AuditEntry]:
    """Audit entries after an entry, newest first; with `person` (an id) only those about that person.

    Records that the log is read.
    """
    await record_audit_entry(graph, state, viewer.member, AuditAction.AUDIT, [person])
    rows = await graph.run(
        _LIST_AUDIT_ENTRIES, network=viewer.network, before=after or _AFTER_ALL_IDS, person=person, limit=limit
    )
    profiles = await read_profiles(graph, viewer, {id for row in rows for id in row["people"]})
    return [
        AuditEntry(
            id=row["id"],
            created_at=row["created_at"],
            member=row["member"] or None,
            by=DATA_SUBJECT if row["member"] == _BY_LINK else row["member_name"] or FORMER_MEMBER,
            action=AuditAction(row["action"]),
            people=tuple(profiles[id] for id in row["people"]),
        )
        for row in rows
    ]
