"""The data controller and the retention period of a network: named before anything in it is shared.

Evidence older than the period is deleted, except the last day of each row, so that an answer can still say since when
nothing was seen. It is deleted on load and when the day advances, always by the content of a row. Therefore neither
the order of loads nor a repeated load changes what is kept (graph.ingest.daily_evidence.DailyEvidence.retained).
"""

from datetime import date

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.ingest.diff import read_source_evidence, rows_after_expiry
from graph.networks.controller import DataController
from graph.networks.sources import STATEMENTS, private_part_id
from graph.networks.state import NetworkState, read_state
from graph.progress import SILENT, Progress

_SET_CONTROLLER = cypher.load("networks/set_controller")
_TRIM_UNREACHABLE_DAYS = cypher.load("privacy/trim_unreachable_days")
_TRIM_OLD_EVIDENCE = cypher.load("privacy/trim_old_evidence")

_BATCH_SIZE = 2_500


async def set_controller(
    graph: Graph, network: str, controller: DataController, *, today: date, progress: Progress = SILENT
) -> None:
    """Name the data controller. Permanently deletes evidence older than the new retention period."""
    await graph.run(
        _SET_CONTROLLER,
        network=network,
        controller=controller.name,
        contact=controller.contact,
        legal_basis=controller.legal_basis,
        retention_months=controller.retention_months,
    )
    await delete_expired_evidence(graph, network, today=today, progress=progress)


async def delete_expired_evidence(
    graph: Graph, network: str, *, today: date, progress: Progress = SILENT
) -> NetworkState:
    """Delete evidence older than the retention period and derive the affected ties. Returns the state afterwards."""
    first_day = (await read_state(graph, network)).first_retained_day(day_of(today))
    if first_day is None:
        return await read_state(graph, network)
    changed_pairs: set[tuple[str, str]] = set()
    async with rederive_after(graph, network, changed_pairs=changed_pairs, progress=progress) as state:
        for source in state.sources:
            if source.kind != STATEMENTS and source.is_complete:
                parts = [source.id, private_part_id(source.id)]
                evidence = await read_source_evidence(graph, network, source.id)
                expired = rows_after_expiry(evidence, state.model, source.id, first_day)
                for rows in batches(expired.values(), _BATCH_SIZE):
                    await graph.run(_TRIM_OLD_EVIDENCE, network=network, parts=parts, rows=rows)
                changed_pairs |= {(by, towards) for by, towards, _ in expired}
        trimmed = await graph.run(_TRIM_UNREACHABLE_DAYS, network=network, first_day=first_day)
        changed_pairs |= {(row["key"], row["key"]) for row in trimmed}
    return await read_state(graph, network)
