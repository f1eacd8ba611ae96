"""Requests of data subjects who are not members and proved an address: access, objection and erasure (GDPR 15, 17, 21).

The network answers for all sources of all members, but only for the address itself. A row may state another identity
together with it, and an outsider may have written that row: a job applicant, or the sender of a business card. So what
stands beside the address was not proved, and a request neither shows nor changes it
(docs/decisions/0020-data-subjects.md).
"""

from datetime import date

import cypher
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.networks.state import NetworkState, read_state
from graph.privacy.audit_log import AuditAction, record_subject_request
from graph.privacy.erasure import erase_identities
from graph.privacy.export import SubjectExport, display_text, export_source_rows
from graph.privacy.objection import record_objection
from graph.progress import SILENT, Progress

_FIND_SUBJECT = cypher.load("privacy/find_subject")


async def export_address(graph: Graph, network: str, key: str) -> SubjectExport | None:
    """What a network stores about this address; None if nothing, or if the person is a member."""
    state = await read_state(graph, network)
    person = await _find_subject(graph, state, key)
    if person is None:
        return None
    await record_subject_request(graph, state, AuditAction.SUBJECT_ACCESS, [person])
    sources = _complete_sources(state)
    rows = await export_source_rows(graph, state, [key], sources, sources)
    return {"as_of": date_of(state.as_of).isoformat(), "identities": [display_text(key)], **rows}


async def object_to_routes(graph: Graph, network: str, key: str, *, today: date) -> None:
    """Let no route lead through or to this address. Raises NetworkBusy."""
    state = await read_state(graph, network)
    if person := await _find_subject(graph, state, key):
        await record_objection(graph, network, key, today=day_of(today))
        await record_subject_request(graph, state, AuditAction.OBJECTION, [person])


async def erase_address(graph: Graph, network: str, key: str, *, progress: Progress = SILENT) -> None:
    """Erase this address from all sources and from later loads. A member is not erased. Raises NetworkBusy."""
    state = await read_state(graph, network)
    if await _find_subject(graph, state, key) is None:
        return

    async def list_keys() -> set[str]:
        return {key} if await _find_subject(graph, await read_state(graph, network), key) else set()

    await erase_identities(graph, network, list_keys, alone=True, progress=progress)
    await record_subject_request(graph, state, AuditAction.ERASURE, [])


async def _find_subject(graph: Graph, state: NetworkState, key: str) -> str | None:
    """The person with this address, unless a member is that person."""
    rows = await graph.run(_FIND_SUBJECT, network=state.network, key=key, sources=_complete_sources(state))
    return str(rows[0]["person"]) if rows else None


def _complete_sources(state: NetworkState) -> list[str]:
    return [source.id for source in state.stored_sources if source.is_complete]
