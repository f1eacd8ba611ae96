"""Loads one export: collects its records, compares them with the stored rows, stages the changes, publishes, derives.

Staged rows do not count before the load is complete. Every step can be repeated, and loading the same export again
writes nothing.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import cypher
from graph.database.client import Graph
from graph.database.gc_tuning import gc_paused
from graph.days import day_of
from graph.derivation.partition import partition_source
from graph.derivation.recovery import merge_staged_load, recover
from graph.derivation.rederive import derive_network
from graph.derivation.refresh import set_day
from graph.errors import PermissionDenied
from graph.ids import stable_id
from graph.ingest.collect import collect_records
from graph.ingest.collected_load import CollectedLoad
from graph.ingest.diff import LoadChanges, compare_load
from graph.ingest.erasure_filter import remove_erased_people
from graph.ingest.owner import assign_owner, drop_member_ties, find_other_owner, find_owner
from graph.ingest.owner_candidates import read_member
from graph.ingest.report import LoadReport, create_report
from graph.ingest.write import write_changes
from graph.networks.lease import write_lease
from graph.networks.permissions import Operation, check_permission
from graph.networks.sources import OF_ANOTHER_PERSON, STATEMENTS, SharingLevel, Source, private_part_id
from graph.networks.state import NetworkState, read_state
from graph.progress import SILENT, Progress
from graph.records import WORKSPACE, HandleKind, Record
from graph.strength.model import model
from graph.ties.loaded_evidence import LoadedRows

_BEGIN_SOURCE = cypher.load("ingest/begin_source")
_PUBLISH_LOAD = cypher.load("ingest/publish_load")
_LIST_COLLEAGUES = cypher.load("ingest/list_identities_of_colleagues")

LINKEDIN, MAILBOX = "linkedin", "mailbox"
"""Kinds of sources that are treated differently when the account is chosen."""


async def load_records(
    graph: Graph,
    network: str,
    member: str,
    *,
    kind: str,
    records: Iterable[Record],
    today: date,
    stated_owner: str | None = None,
    data_subject: str | None = None,
    account: str | None = None,
    sharing_level: SharingLevel = SharingLevel.PRIVATE,
    third_party_ties: bool = False,
    progress: Progress = SILENT,
) -> LoadReport:
    """Load one export of one kind for a member.

    `stated_owner` is the owner's address, number or name, if the user gave it; `account` that of the source, if it is
    known already. `data_subject` names another person whose export this is: it is loaded as personal data of theirs,
    and gives the member no tie. `sharing_level` and `third_party_ties` (share ties between two people who are
    not members) apply to a new source only. The network's day moves to `today` if it was earlier.

    Raises ExportOfAnotherPerson if the owner is not the member, ExportOwnerUnknown if the owner cannot be determined,
    NetworkBusy if another load does not end, and PermissionDenied if the member may not load or has left, or if the
    export belongs to another member. Then nothing is changed.
    """
    with gc_paused():
        collected = await asyncio.to_thread(
            collect_records,
            records,
            model(),
            today=today,
            report_count=lambda count: progress.report("reading", count),
        )
    async with write_lease(graph, network, progress=progress):
        current = await recover(graph, network, progress)
        if member not in current.roles:
            raise PermissionDenied("The member for whom this export was to be loaded has left the network.")
        check_permission(Operation.CONTRIBUTE, current.roles[member])
        known = await read_member(graph, network, member)
        rows = await graph.run(_LIST_COLLEAGUES, network=network, member=member)
        colleagues = {row["key"] for row in rows}
        if data_subject is None:
            owner = find_owner(
                collected,
                member=known,
                stated_owner=stated_owner,
                colleagues=colleagues,
            )
        else:
            owner = find_other_owner(collected, member=known, name=data_subject, colleagues=colleagues)
            account = f"{OF_ANOTHER_PERSON}{owner.other_person}"
        account = _choose_account(kind, owner.keys, collected) if account is None else account
        source = stable_id(network, member, kind, account)
        collected = assign_owner(collected, owner, source)
        if owner.other_person is not None:
            collected = drop_member_ties(collected, owner, source, known)
        own_keys = owner.keys if owner.other_person is None else ()
        confirmed = set(current.confirmed_identities.get(member, ()))
        collected = await remove_erased_people(graph, network, collected, own_keys, source, confirmed=confirmed)
        existing = next((one for one in current.sources if one.id == source), None)
        with gc_paused():
            changes = await compare_load(
                graph,
                collected,
                model(),
                current=current,
                source=source,
                stored_parts=existing.parts if existing else {},
                today=day_of(today),
            )
            collected.drop_rows()
        stage = stable_id(source, "stage") if existing else source
        if changes.has_rows or existing is None:
            await graph.run(
                _BEGIN_SOURCE,
                network=network,
                member=member,
                source=stage,
                parent=source if existing else None,
                kind=kind,
                account=account,
                sharing_level=SharingLevel.PRIVATE if existing else sharing_level,
                third_party_ties=third_party_ties or None,
            )
            await write_changes(graph, network, source, stage, changes, progress)
        if existing is None and sharing_level != SharingLevel.PRIVATE:
            new = next(one for one in (await read_state(graph, network)).sources if one.id == source)
            await partition_source(graph, network, new, third_party_ties=third_party_ties)
        coverage_until = None if kind == STATEMENTS else collected.coverage_until
        staged = _StagedLoad(source, stage, existing, changes, coverage_until)
        # a network that needs recovery may have ties of a source that was removed
        is_first = not (current.sources or current.needs_recovery) and sharing_level == SharingLevel.PRIVATE
        day_moved = await _publish(graph, current, staged, today)
        await derive_network(
            graph,
            network,
            None if day_moved or current.is_stale else changes.pairs(),
            progress,
            people_unchanged=existing is not None and not changes.has_rows and not current.is_stale,
            loaded=LoadedRows(source, changes.evidence) if is_first else None,
        )
    return await create_report(graph, network, member, source, collected, changed=changes.has_rows)


def _choose_account(kind: str, owner_keys: tuple[str, ...], collected: CollectedLoad) -> str:
    """The owner's address, number or handle that the export belongs to: the one that takes part in most of it.

    In a workspace this is the owner's user, active or not. Empty if a member has only one account of this kind, or if
    nothing in the export determines it. A mailbox always belongs to an address, even if it contains only mail to it.
    """
    if kind in (LINKEDIN, STATEMENTS):
        return ""
    candidates = [key for key in owner_keys if not key.startswith((f"{HandleKind.LINKEDIN}:", f"{HandleKind.NAME}:"))]
    if WORKSPACE in collected.parts:
        candidates = [key for key in candidates if key.startswith(f"{HandleKind.SLACK}:")] or candidates
    counts = collected.participations or collected.people_of_unheld_events
    chosen = max(candidates, key=lambda key: (counts[key], -candidates.index(key)), default="")
    is_certain = counts[chosen] or kind == MAILBOX or chosen.startswith(f"{HandleKind.SLACK}:")
    return chosen.partition(":")[2] if is_certain else ""


@dataclass(frozen=True, slots=True)
class _StagedLoad:
    """A load whose rows are written under `stage`: the id of the source itself if that is new (`existing` is None)."""

    source: str
    stage: str
    existing: Source | None
    changes: LoadChanges
    coverage_until: int | None


async def _publish(graph: Graph, current: NetworkState, staged: _StagedLoad, today: date) -> bool:
    """Make the staged load visible. Returns True if a day moved, so that all ties must be derived again."""
    network, existing, changes = current.network, staged.existing, staged.changes
    before = existing.coverage_until if existing else None
    coverage_until = max((day for day in (staged.coverage_until, before) if day is not None), default=None)
    day = day_of(today)
    if day > current.as_of:
        await set_day(graph, network, day)
    has_stage = changes.has_rows or existing is None
    has_news = coverage_until != before or changes.event_versions is not None
    if has_stage or existing is None or has_news or changes.parts != existing.parts:
        await graph.run(
            _PUBLISH_LOAD,
            network=network,
            source=staged.source,
            stage=staged.stage if has_stage else staged.source,
            coverage_until=coverage_until,
            loaded_on=day,
            parts=[f"{part}={value}" for part, value in sorted(changes.parts.items())],
            event_versions=changes.event_versions,
        )
    if existing is not None and changes.has_rows:
        is_private = existing.sharing_level == SharingLevel.PRIVATE
        target = staged.source if is_private else private_part_id(staged.source)
        await merge_staged_load(graph, network, target, staged.stage)
    return day > current.as_of or (existing is not None and coverage_until != before)
