"""Requests of data subjects who are not members and proved an address: access, objection and erasure (GDPR 15, 17, 21).

The network answers for all sources of all members, but only for the address itself. A row may state another identity
together with it, and an outsider may have written that row: a job applicant, or the sender of a business card. So what
stands beside the address was not proved, and a request neither shows nor changes it. A member's own export that names
the address as the member's proves nothing either: the holder of the mailbox has the address
(docs/decisions/0020-data-subjects.md).
"""

from datetime import date
from enum import StrEnum

import cypher
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.names.keys import key_text
from graph.networks.state import NetworkState, read_state
from graph.privacy.audit_log import AuditAction, record_subject_request
from graph.privacy.erasure_requests import ErasureRequest, rederive_after_hiding, request_erasure
from graph.privacy.export import SubjectExport, export_member_rows
from graph.privacy.export_requests import export_requests_of_subject
from graph.privacy.objection import record_objection

_FIND_SUBJECT = cypher.load("privacy/find_subject")
_LIST_ARCHIVE_DAYS = cypher.load("privacy/list_archive_days")
_LIST_TAGS = cypher.load("privacy/list_tags_of_address")
_LIST_LINKED = cypher.load("privacy/list_linked_identities")


class SubjectOutcome(StrEnum):
    """The result of a request by an address in one network. An address confirmed for a member is left to the member."""

    APPLIED = "applied"
    NOT_STORED = "not stored"
    MEMBER = "member"


async def export_address(graph: Graph, network: str, key: str) -> SubjectExport | SubjectOutcome:
    """Return what a network stores about this address, or why it shows nothing."""
    state = await read_state(graph, network)
    person, outcome, is_claimed = await _find_subject(graph, state, key)
    if outcome is not SubjectOutcome.APPLIED:
        return outcome
    await record_subject_request(graph, state, AuditAction.SUBJECT_ACCESS, person)
    sources = _complete_sources(state)
    rows = await export_member_rows(graph, state, [key], sources)
    head = {
        "asOf": date_of(state.as_of).isoformat(),
        "identities": [key_text(key)],
        "isClaimedByMember": is_claimed,
    }
    archived = await graph.run(_LIST_ARCHIVE_DAYS, network=network, key=key)
    tags = await graph.run(_LIST_TAGS, network=network, key=key)
    return (
        head
        | rows
        | {
            "archivedConnections": [{"on": date_of(row["day"]).isoformat()} for row in archived],
            "tags": [row["name"] for row in tags],
            "introductionRequests": await export_requests_of_subject(graph, network, key),
        }
    )


async def list_linked_identities(graph: Graph, network: str, key: str) -> list[str]:
    """The keys that rows state beside an address that its holder proved. They were not proved, so do not show them.

    Empty if the network shows nothing about the address.
    """
    state = await read_state(graph, network)
    if (await _find_subject(graph, state, key))[1] is not SubjectOutcome.APPLIED:
        return []
    rows = await graph.run(_LIST_LINKED, network=network, key=key, sources=_complete_sources(state))
    return [row["key"] for row in rows]


async def object_to_routes(graph: Graph, network: str, key: str, *, today: date) -> SubjectOutcome:
    """Let no route lead through or to this address. Raises NetworkBusy."""
    state = await read_state(graph, network)
    person, outcome, _ = await _find_subject(graph, state, key)
    if outcome is SubjectOutcome.APPLIED:
        await record_objection(graph, network, key, today=day_of(today))
        await record_subject_request(graph, state, AuditAction.OBJECTION, person)
    return outcome


async def request_erasure_of_address(
    graph: Graph, network: str, key: str, *, proved_at: int, days: int
) -> ErasureRequest | SubjectOutcome:
    """Hide this address from every answer, and erase it after some days. A member is not erased. Raises NetworkBusy.

    `proved_at` is when the address was proved, in milliseconds since 1970.
    """
    async with rederive_after_hiding(graph, network, key):
        _, outcome, _ = await _find_subject(graph, await read_state(graph, network), key)
        if outcome is not SubjectOutcome.APPLIED:
            return outcome
        return await request_erasure(graph, network, key, proved_at=proved_at, days=days)


async def _find_subject(graph: Graph, state: NetworkState, key: str) -> tuple[str | None, SubjectOutcome, bool]:
    """The person with this address, what the network may do about a request by it, and whether a member claims it.

    The person is None while a request for erasure hides the address.
    """
    rows = await graph.run(_FIND_SUBJECT, network=state.network, key=key, sources=_complete_sources(state))
    if not rows:
        return None, SubjectOutcome.NOT_STORED, False
    (row,) = rows
    outcome = SubjectOutcome.MEMBER if row["is_member"] else SubjectOutcome.APPLIED
    return row["person"], outcome, row["is_claimed"]


def _complete_sources(state: NetworkState) -> list[str]:
    """Every source with rows, including statements that count nowhere."""
    stored = (*state.stored_sources, *state.stored_statements_without_effect)
    return [source.id for source in stored if source.is_complete]
