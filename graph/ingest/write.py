"""Writes the changed rows of a load, on its source or on the stage of an existing one."""

from itertools import chain
from typing import Any

import cypher
from graph.database.batching import batches, run_two_at_a_time
from graph.database.client import Graph
from graph.ids import stable_id
from graph.ingest.daily_evidence import EvidencePair
from graph.ingest.diff import EVIDENCE_COLUMNS, LoadChanges, Properties
from graph.names.keys import work_domain
from graph.progress import Progress

_WRITE_IDENTITIES = cypher.load("ingest/write_identities")
_WRITE_FACTS = cypher.load("ingest/write_facts")
_WRITE_LIST_ENTRIES = cypher.load("ingest/write_list_entries")
_WRITE_EVIDENCE = cypher.load("ingest/write_evidence")
_BATCH_SIZE = 2_500
"""Rows in each of two concurrent transactions: twice as fast as transactions of 10,000 rows in sequence."""


async def write_changes(
    graph: Graph, network: str, source: str, stage: str, changes: LoadChanges, progress: Progress
) -> None:
    """Write all rows of a load. `stage` is the source's own id for its first load, otherwise that of the stage."""
    identities = sorted(changes.identities())
    total = len(identities) + len(changes.facts) + len(changes.lists) + len(changes.evidence)
    done = 0

    async def write(query: cypher.Query, count: int, **params: Any) -> None:
        nonlocal done
        await graph.run(query, network=network, **params)
        done += count
        progress.report("writing", done, total)

    await run_two_at_a_time(
        write(_WRITE_IDENTITIES, len(keys), rows=[{"key": key, "domain": work_domain(key)} for key in keys])
        for keys in batches(identities, _BATCH_SIZE)
    )
    facts = (
        write(query, len(batch), source=stage, rows=[_identity_row(row, source, stage) for row in batch])
        for query, rows in ((_WRITE_FACTS, changes.facts), (_WRITE_LIST_ENTRIES, changes.lists))
        for batch in batches(rows.values(), _BATCH_SIZE)
    )
    evidence = (
        write(_WRITE_EVIDENCE, len(pairs), source=stage, rows=_evidence_rows(pairs, changes, source, stage))
        for pairs in batches(sorted(changes.evidence), _BATCH_SIZE)
    )
    await run_two_at_a_time(chain(facts, evidence))


def _identity_row(row: tuple[str, Properties], source: str, stage: str) -> Properties:
    identity, properties = row
    return {"identity": identity, "properties": _staged(properties, source, stage)}


def _evidence_rows(pairs: list[EvidencePair], changes: LoadChanges, source: str, stage: str) -> list[dict[str, Any]]:
    """The pairs grouped by the identity that acted, in the order of columns of `ingest/write_evidence`."""
    grouped: dict[str, list[list[Any]]] = {}
    for by, towards, channel in pairs:
        row = _staged(changes.evidence[by, towards, channel], source, stage)
        columns = (row.get(name) for name in EVIDENCE_COLUMNS)
        grouped.setdefault(by, []).append([towards, row["key"], row.get("merge_key"), channel, *columns])
    return [{"by": by, "pairs": pairs_of_one} for by, pairs_of_one in grouped.items()]


def _staged(properties: Properties, source: str, stage: str) -> Properties:
    """On a stage a row has another unique key, and `merge_key` is the key that it will have on its source."""
    if stage == source:
        return properties
    return {**properties, "key": stable_id(stage, properties["key"]), "merge_key": properties["key"]}
