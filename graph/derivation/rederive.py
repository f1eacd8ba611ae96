"""The unit of work of every change of a network's rows: take the lease, recover, change, derive people and ties."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import cypher
from graph.database.client import Graph
from graph.derivation.partition import partition_sources
from graph.derivation.recovery import recover
from graph.networks.lease import write_lease
from graph.networks.sources import SharingLevel
from graph.networks.state import NetworkState, read_state
from graph.people.build import derive_people, stored_digests
from graph.progress import SILENT, Progress
from graph.ties.derive import derive_ties
from graph.ties.loaded_evidence import LoadedEvidence, LoadedRows

_MARK_TIES_CURRENT = cypher.load("derivation/mark_ties_current")


@asynccontextmanager
async def rederive_after(
    graph: Graph,
    network: str,
    *,
    changed_pairs: set[tuple[str, str]] | None = None,
    people_unchanged: bool = False,
    progress: Progress = SILENT,
) -> AsyncIterator[NetworkState]:
    """Unit of work: take the write lease, recover, run the caller's change, and derive what it changed.

    Without `changed_pairs`, every tie is derived. With it, the caller changes only evidence between these pairs of
    identities, to which it may add, and which identities are one person. Then only the ties of people in the pairs,
    and of people who changed, are derived. Every tie is derived nevertheless if a second member joins or the second
    last leaves, because a single member sees rates that nobody else may see.

    With `people_unchanged` the caller changes only the network's day or model, and people are not derived.
    """
    async with write_lease(graph, network, progress=progress):
        before = await recover(graph, network, progress)
        yield before
        after = await recover(graph, network, progress)
        everything = before.is_stale or before.has_single_member != after.has_single_member
        await derive_network(
            graph,
            network,
            None if everything else changed_pairs,
            progress,
            people_unchanged=people_unchanged and not everything,
        )


async def derive_network(
    graph: Graph,
    network: str,
    changed_pairs: set[tuple[str, str]] | None,
    progress: Progress,
    *,
    people_unchanged: bool = False,
    loaded: LoadedRows | None = None,
) -> None:
    """Derive people and then ties: all if `changed_pairs` is None, else those of its pairs and of changed people.

    The caller holds the write lease. With `people_unchanged` people are read and not derived; deriving them is most of
    the work in a large network. `loaded` is all evidence of the network if it has no other; then no tie is stored yet.
    """
    before = await read_state(graph, network)
    if before.departed_members:
        changed_pairs, people_unchanged = None, False
    if changed_pairs is not None and not changed_pairs and not before.is_stale:
        return
    if people_unchanged:
        await derive_ties(graph, before, await stored_digests(graph, network), progress, is_everybody=True)
        await graph.run(_MARK_TIES_CURRENT, network=network, departed=[])
        return
    moved = await partition_sources(graph, before)
    derived = await derive_people(graph, await read_state(graph, network) if moved else before, progress)
    has_shared_sources = any(source.sharing_level != SharingLevel.PRIVATE for source in before.sources)
    # changed people, and private rows about them, may have made more identities hidden
    if (
        has_shared_sources
        and (derived.changed or derived.has_stated_duplicates)
        and (more := await partition_sources(graph, await read_state(graph, network)))
    ):
        moved |= more
        derived = derived.followed_by(await derive_people(graph, await read_state(graph, network), progress))
    after = await read_state(graph, network)
    everybody = set(derived.person_by_key.values())
    if changed_pairs is None or derived.member_changed:
        people = everybody
    else:
        keys = moved.union(*changed_pairs)
        people_in_pairs = {derived.person_by_key[key] for key in keys if key in derived.person_by_key}
        people = (people_in_pairs | derived.changed) & everybody
    evidence = None
    if loaded is not None and not moved:  # rows that moved belong to the private part of the source
        evidence = await asyncio.to_thread(LoadedEvidence, loaded, derived.person_by_key, derived.shared_mailboxes)
    await derive_ties(graph, after, people, progress, is_everybody=people == everybody, loaded=evidence)
    await graph.run(_MARK_TIES_CURRENT, network=network, departed=list(before.departed_members))
