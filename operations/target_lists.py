"""`POST /targets`: a list of people one would meet, answered with the best person to ask for each.

The body is the list as it is, a CSV or one target a line; the answer has its rows in its order, with its own columns,
and ours behind them: as CSV where that is accepted before JSON (docs/decisions/0015-target-lists.md).
"""

import asyncio
from io import BytesIO

from graph.database.client import Graph
from graph.introductions.target_list import MAX_LIST_ROWS, Standing, TargetAnswer, answer_target_list
from graph.lookup.resolve import Asked as Meant
from graph.lookup.resolve import Described
from graph.networks.state import NetworkState
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.progress import SILENT, Progress
from graph.viewer import Viewer
from sources.archives.files import File
from sources.tables.target_list import TargetList, TargetRow, read_target_list


async def parse_target_list(file: File) -> TargetList:
    """The list. Raises InvalidTargetList."""
    return await asyncio.to_thread(read_target_list, file, max_rows=MAX_LIST_ROWS)


async def answered(
    graph: Graph,
    state: NetworkState,
    viewer: Viewer,
    found: TargetList,
    *,
    team: bool = False,
    max_introducers: int = 2,
    progress: Progress = SILENT,
) -> list[TargetAnswer]:
    """What is said of each row of a list, once it is noted who asks about whom. Raises what graph.targets raises."""
    asked = [_asked(row) for row in found.rows if not row.error]
    ranked = await answer_target_list(
        graph, viewer, asked, team=team, max_introducers=max_introducers, progress=progress
    )
    about = dict.fromkeys(one.target.id for one in ranked if one.target)
    if about:
        await record_audit_entry(graph, state, viewer.member, AuditAction.TARGETS, about)
    told = iter(ranked)
    return [TargetAnswer(Standing.UNKNOWN, message=row.error) if row.error else next(told) for row in found.rows]


def given(body: bytes) -> File:
    """A list that came in a request."""
    return File("the list", lambda: BytesIO(body))


def _asked(row: TargetRow) -> Meant:
    if row.name and not row.handles and not row.company:
        return row.name  # as people write it in one line
    return Described(row.handles, row.name, row.company)
