"""The use case "whom can I ask for each person of this list?" (docs/decisions/0015-target-lists.md)."""

import asyncio
from io import BytesIO

from graph.introductions.target_answer import TargetAnswer, TargetOutcome
from graph.introductions.target_list import MAX_LIST_ROWS, answer_target_list, with_addresses, with_evidence
from graph.lookup.resolve import PersonReference, RowReference
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.progress import SILENT, Progress
from operations.session import Session
from sources.archives.files import File
from sources.tables.target_list import TargetList, TargetRow, read_target_list


async def parse_target_list(file: File, *, max_rows: int = MAX_LIST_ROWS) -> TargetList:
    """Read a target list from a file. Raises InvalidTargetList."""
    return await asyncio.to_thread(read_target_list, file, max_rows=max_rows)


async def answer_rows(
    session: Session,
    targets: TargetList,
    *,
    team: bool = False,
    max_introducers: int = 2,
    seconds: float | None = None,
    progress: Progress = SILENT,
) -> list[TargetAnswer]:
    """Answer each row of a list, and write the audit entry before the answers are returned.

    Most of `seconds` is for the search; rows that are not answered by then have the outcome TIMEOUT. None: no limit.
    Raises what graph.introductions.target_list raises.
    """
    asked = [person_reference(row) for row in targets.rows if not row.error]
    ranked = await answer_target_list(
        session.graph,
        session.viewer,
        asked,
        team=team,
        max_introducers=max_introducers,
        min_score=session.min_route_score,
        seconds=seconds,
        progress=progress,
    )
    ranked = await with_evidence(session.graph, session.viewer, ranked)
    ranked = await with_addresses(session.graph, session.viewer, ranked)
    about = dict.fromkeys(one.target.id for one in ranked if one.target)
    if about:
        await record_audit_entry(session.graph, session.state, session.viewer.member, AuditAction.TARGETS, about)
    answers = iter(ranked)
    return [
        TargetAnswer(TargetOutcome.UNKNOWN, message=row.error) if row.error else next(answers) for row in targets.rows
    ]


def body_as_file(body: bytes) -> File:
    """The body of a request as a file."""
    return File("the list", lambda: BytesIO(body))


def person_reference(row: TargetRow) -> PersonReference:
    """The reference to the person of a row."""
    if row.name and not row.handles and not row.company:
        return row.name  # as people write it in one line
    return RowReference(row.handles, row.name, row.company)
