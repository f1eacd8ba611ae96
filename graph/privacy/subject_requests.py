"""Requests of data subjects who are not members and proved an address: access, objection and erasure (GDPR 15, 17, 21).

The network answers for all sources of all members. But identity is partly inferred, and a member's export may contain
anything. So the answer contains, for each member's sources, what they themselves say about the address and about
identities that they state together with it. No row of one member reveals what another member's sources hold
(docs/decisions/0020-data-subjects.md).
"""

from dataclasses import dataclass
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

_LIST_SUBJECT_IDENTITIES = cypher.load("privacy/list_subject_identities")


@dataclass(frozen=True, slots=True)
class _Subject:
    """The person with the address, and by member the identities under which that member's sources know the person."""

    person: str
    keys_by_member: dict[str, list[str]]

    @property
    def keys(self) -> set[str]:
        return {key for keys in self.keys_by_member.values() for key in keys}


async def export_address(graph: Graph, network: str, key: str) -> SubjectExport | None:
    """What a network stores about the person with this address; None if nothing, or if the person is a member."""
    state = await read_state(graph, network)
    subject = await _find_subject(graph, state, key)
    if subject is None:
        return None
    await record_subject_request(graph, state, AuditAction.SUBJECT_ACCESS, [subject.person])
    export: SubjectExport = {
        "as_of": date_of(state.as_of).isoformat(),
        "identities": sorted(display_text(one) for one in subject.keys),
        "names": [],
        "lists": [],
        "evidence": [],
    }
    for member, keys in subject.keys_by_member.items():
        sources = [s.id for s in state.stored_sources if s.is_complete and s.member == member]
        for section, rows in (await export_source_rows(graph, state, keys, sources, sources)).items():
            export[section] += rows
    return export


async def object_to_routes(graph: Graph, network: str, key: str, *, today: date) -> None:
    """Let no route lead through or to the person with this address."""
    state = await read_state(graph, network)
    if subject := await _find_subject(graph, state, key):
        await record_objection(graph, network, subject.keys, today=day_of(today))
        await record_subject_request(graph, state, AuditAction.OBJECTION, [subject.person])


async def erase_address(graph: Graph, network: str, key: str, *, progress: Progress = SILENT) -> None:
    """Erase the person with this address from all sources and from later loads. A member is not erased."""
    state = await read_state(graph, network)
    if await _find_subject(graph, state, key) is None:
        return

    async def list_keys() -> set[str]:
        subject = await _find_subject(graph, await read_state(graph, network), key)
        return subject.keys if subject else set()

    await erase_identities(graph, network, list_keys, progress=progress)
    await record_subject_request(graph, state, AuditAction.ERASURE, [])


async def _find_subject(graph: Graph, state: NetworkState, key: str) -> _Subject | None:
    sources = [source.id for source in state.stored_sources if source.is_complete]
    rows = await graph.run(_LIST_SUBJECT_IDENTITIES, network=state.network, key=key, sources=sources)
    return _Subject(rows[0]["person"], {row["member"]: row["keys"] for row in rows}) if rows else None
