"""Brings one source's records into the graph: gathered, compared, staged, made to count, derived.

Nothing counts before all of it is there, and everything can be repeated: the same export again writes nothing.
"""

import asyncio
from collections.abc import Iterable
from datetime import date

import cypher
from graph.database.client import Graph
from graph.database.gc_tuning import collection_paused
from graph.days import day_of
from graph.derivation.partition import partition_source
from graph.derivation.recovery import merge_staged_load, recover
from graph.derivation.rederive import derive_network
from graph.derivation.refresh import set_day
from graph.errors import PermissionDenied
from graph.ids import stable_id
from graph.ingest.collect import Gathered, gather
from graph.ingest.diff import Changes, changes
from graph.ingest.erasure_filter import admitted
from graph.ingest.owner import own_keys, settle
from graph.ingest.report import Loaded, _report
from graph.ingest.write import _write
from graph.networks.lease import write_lease
from graph.networks.permissions import Operation, check_permission
from graph.networks.sources import STATEMENTS, SharingLevel, Source, private_part_id
from graph.networks.state import NetworkState, read_state
from graph.progress import SILENT, Progress
from graph.records import WORKSPACE, HandleKind, Record
from graph.strength.model import model

BEGIN = cypher.load("ingest/begin_source")
COMPLETE = cypher.load("ingest/complete_source")
OWN = cypher.load("ingest/list_member_identities")
FIT = cypher.load("derivation/set_fit")

LINKEDIN, MAILBOX = "linkedin", "mailbox"


async def load(
    graph: Graph,
    network: str,
    member: str,
    *,
    kind: str,
    records: Iterable[Record],
    today: date,
    said: str | None = None,
    account: str | None = None,
    sharing: str = SharingLevel.PRIVATE,
    others: bool = False,
    progress: Progress = SILENT,
) -> Loaded:
    """Load one export of one kind for a member. `said` is the owner's address where the user gave it, `account` the
    source's where it is known before. `sharing` and `others` are those of a source that is new (graph.network.Source).

    Raises ExportOwnerUnknown where nobody says whose export it is, NetworkBusy where another load does not end,
    PermissionDenied where the member may bring nothing, or is none any more; then nothing is changed. The network's day
    moves to `today` if it was earlier.
    """
    numbers = model()
    with collection_paused():
        gathered = await asyncio.to_thread(
            gather, records, numbers, today=today, tick=lambda count: progress.report("reading", count)
        )
    async with write_lease(graph, network, progress=progress):
        found = await recover(graph, network, progress)
        if member not in found.roles:
            raise PermissionDenied("Whoever this was loaded for has left the network.")
        check_permission(Operation.CONTRIBUTE, found.roles[member])
        known = [row["key"] for row in await graph.run(OWN, network=network, member=member)]
        own = own_keys(gathered, known=known, said=said)
        account = _account(kind, own.keys, gathered) if account is None else account
        source = stable_id(network, member, kind, account)
        gathered = await admitted(graph, network, settle(gathered, own, source), own.keys)
        base = next((s for s in found.sources if s.id == source), None)
        with collection_paused():
            delta = await changes(
                graph,
                gathered,
                numbers,
                of=found,
                source=source,
                days=base.parts if base else {},
                today=day_of(today),
            )
        stage = stable_id(source, "stage") if base else source
        places = {
            "network": network,
            "member": member,
            "kind": kind,
            "account": account,
            "sharing_level": SharingLevel.PRIVATE if base else sharing,
            "third_party_ties": others or None,
        }
        if delta.any or base is None:
            await graph.run(BEGIN, **places, source=stage, parent=source if base else None)
            await _write(graph, network, source, stage, delta, progress)
        if base is None and sharing != SharingLevel.PRIVATE:
            began = next(s for s in (await read_state(graph, network)).sources if s.id == source)
            await partition_source(graph, network, began, third_party_ties=others)
        seen = None if kind == STATEMENTS else gathered.seen_until
        moved = await _complete(graph, found, base, source, stage, seen, delta, today)
        touched = None if moved or found.is_stale else delta.pairs()
        as_before = base is not None and not delta.any and not found.is_stale
        await derive_network(graph, network, touched, progress, people_unchanged=as_before)
    return await _report(graph, network, member, source, gathered, changed=delta.any)


def _account(kind: str, own: tuple[str, ...], gathered: Gathered) -> str:
    """Which of the owner's addresses, numbers or handles the export is of: the one that takes part in most of it.

    In a workspace it is their user there, silent or not.

    Empty where a member has one account only, or where nothing in the export says which; but mail is always of an
    address, were it only written to itself.
    """
    if kind in (LINKEDIN, STATEMENTS):
        return ""
    there = [k for k in own if not k.startswith((f"{HandleKind.LINKEDIN}:", f"{HandleKind.NAME}:"))]
    if WORKSPACE in gathered.parts:
        there = [k for k in there if k.startswith(f"{HandleKind.SLACK}:")] or there
    chosen = max(there, key=lambda k: (gathered.taking_part[k], -there.index(k)), default="")
    said = gathered.taking_part[chosen] or kind == MAILBOX or chosen.startswith(f"{HandleKind.SLACK}:")
    return chosen.partition(":")[2] if said else ""


async def _complete(
    graph: Graph,
    found: NetworkState,
    base: Source | None,
    source: str,
    stage: str,
    seen: int | None,
    delta: Changes,
    today: date,
) -> bool:
    """Let the load count. Returns whether ties beyond those of the changed pairs may differ: a day has moved."""
    network = found.network
    until = max((day for day in (seen, base.coverage_until if base else None) if day is not None), default=None)
    day = day_of(today)
    if day > found.as_of:
        await set_day(graph, network, day)
    if delta.any or base is None or until != base.coverage_until or delta.parts != base.parts:
        await graph.run(
            COMPLETE,
            network=network,
            source=source,
            stage=stage if delta.any or base is None else source,
            coverage_until=until,
            loaded_on=day,
            parts=[f"{part}={on}" for part, on in sorted(delta.parts.items())],
        )
    if base is not None and delta.any:
        await merge_staged_load(
            graph, network, source if base.sharing_level == SharingLevel.PRIVATE else private_part_id(source), stage
        )
    return day > found.as_of or (base is not None and until != base.coverage_until)
