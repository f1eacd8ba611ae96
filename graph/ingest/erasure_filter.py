"""Removes erased people from a load before it is stored.

The whole load is filtered at once: after its bare names got the source's id, and before it is compared with the stored
rows. In a network without erasures it costs one query.
"""

import asyncio
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

import cypher
from graph.database.client import Graph
from graph.database.erasure_ledger import ErasureLedger
from graph.ingest.collect import CollectedLoad, Fact
from graph.names.keys import fold_name
from graph.networks.erased_keys import erased_hashes, store_erased_hashes
from graph.records import HandleKind

_FILTER_EXISTING = cypher.load("ingest/filter_existing_identities")

_NAME_PREFIX = f"{HandleKind.NAME}:"


async def remove_erased_people(
    graph: Graph, network: str, load: CollectedLoad, owner_keys: Collection[str]
) -> CollectedLoad:
    """Remove the people whom the network erased from a load whose owner is assigned.

    An identity that one row states together with an erased one belongs to the same person, so it is erased too, and so
    is a bare name that can only be theirs here. This does not hold for an identity that its holder erased after proving
    it: nothing beside it was proved. Identities that the network already stores belong to others and stay, and so do
    `owner_keys`, the identities of the load's owner.
    """
    hashes = await erased_hashes(graph, network)
    if not hashes:
        return load
    protected = {*owner_keys, *(fact.identity for fact in load.facts if fact.is_owner)}
    erased, related = await asyncio.to_thread(_find_erased, load, network, graph.ledger, hashes, protected)
    if related:
        rows = await graph.run(_FILTER_EXISTING, network=network, keys=sorted(related))
        related -= {row["key"] for row in rows}
        new_hashes = {graph.ledger.hash_identity(network, key) for key in related}
        graph.ledger.add(network, new_hashes)
        await store_erased_hashes(graph, network, new_hashes)
    return without_identities(load, erased | related) if erased else load


def without_identities(load: CollectedLoad, keys: AbstractSet[str]) -> CollectedLoad:
    """Remove everything about these identities from a load, in place, and return it."""
    remaining = (fact_without_identities(fact, keys) for fact in load.facts)
    load.facts = {fact for fact in remaining if fact is not None}
    load.names = {key: name for key, name in load.names.items() if key not in keys}
    load.sender_names = {key: names for key, names in load.sender_names.items() if key not in keys}
    load.list_entries = {entry: day for entry, day in load.list_entries.items() if entry[1] not in keys}
    load.evidence = {pair: days for pair, days in load.evidence.items() if keys.isdisjoint(pair[:2])}
    return load


def fact_without_identities(fact: Fact, keys: AbstractSet[str]) -> Fact | None:
    """The fact without any mention of these identities; None if nothing remains."""
    if fact.identity in keys or fact.principal in keys:
        return None
    if keys.isdisjoint(fact.keys):
        return fact
    remaining = replace(fact, keys=tuple(key for key in fact.keys if key not in keys))
    is_empty = remaining == Fact(remaining.identity, keys=remaining.keys) and len(remaining.keys) <= 1
    return None if is_empty else remaining


def _find_erased(
    load: CollectedLoad, network: str, ledger: ErasureLedger, hashes: set[str], protected: set[str]
) -> tuple[set[str], set[str]]:
    """The identities of a load that were erased, and those that can only belong to the same people."""
    keys = _all_keys(load)
    erased = {key for key in keys - protected if ledger.hash_identity(network, key) in hashes}
    people = {key for key in erased if ledger.hash_identity(network, alone_marker(key)) not in hashes}
    if people:
        rows = {fact.keys for fact in load.facts if len(fact.keys) > 1}
        while more := {key for row in rows if not people.isdisjoint(row) for key in row} - people - protected:
            people |= more
        if bare_names := {key for key in keys - protected - people if key.startswith(_NAME_PREFIX)}:
            only_theirs = set(_folded_names(load, people)) - set(_folded_names(load, keys - people - bare_names))
            people |= {key for key in bare_names if key.rpartition("/")[2] in only_theirs}
    return erased, people - erased


def alone_marker(key: str) -> str:
    """What is hashed in addition for an identity that was erased without the identities beside it."""
    return f"alone:{key}"


def _all_keys(load: CollectedLoad) -> set[str]:
    keys = {key for fact in load.facts for key in (fact.identity, *fact.keys)}
    keys |= {key for by, towards, _ in load.evidence for key in (by, towards)}
    return keys | load.names.keys() | {key for _, key in load.list_entries}


def _folded_names(load: CollectedLoad, keys: Collection[str]) -> Iterator[str]:
    """The folded names of these identities in the load."""
    names: Iterable[tuple[str, str | None]] = (
        *((fact.identity, fact.name) for fact in load.facts),
        *((key, name[2]) for key, name in load.names.items()),
    )
    for key, name in names:
        if name and key in keys:
            yield fold_name(name)
