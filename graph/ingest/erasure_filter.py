"""Removes erased people from a load before it is stored.

The load is filtered as one unit: after its bare names got the source's id, and before it is compared with the stored
rows. In a network without erasures it costs one query.
"""

import asyncio
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import cypher
from graph.database.client import Graph
from graph.database.erasure_ledger import ErasureLedger
from graph.errors import PermissionDenied
from graph.ingest.collected_load import CollectedLoad, Fact
from graph.names.keys import fold_name
from graph.networks.erased_keys import erased_hashes
from graph.networks.sources import PRIVATE_PART_SUFFIX
from graph.records import HandleKind

_FILTER_EXISTING = cypher.load("ingest/filter_existing_identities")

_NAME_PREFIX = f"{HandleKind.NAME}:"
_ERASED_BY_HOLDER = (
    "The holder of the address to which this export belongs proved the address and erased it. Nothing was loaded. "
    "If the address is yours, prove it first with a link of /about-me."
)


async def remove_erased_people(
    graph: Graph,
    network: str,
    load: CollectedLoad,
    owner_keys: Collection[str],
    source: str,
    *,
    confirmed: AbstractSet[str] = frozenset(),
) -> CollectedLoad:
    """Remove the people whom the network erased from a load whose owner is assigned. `source` is the id of its source.

    An identity that one row states together with an erased one stays: an outsider may have written the row, and nobody
    may ban an identity with it. A bare name that can only be theirs here is removed from this load, unless the network
    already stores it. This does not hold for an identity that its holder erased after proving it: nothing beside it was
    proved. `owner_keys`, the identities of the load's owner, stay, except those that their holder erased after proving
    them and that are not `confirmed` for the owner. Raises PermissionDenied if none of the owner's identities stays.
    """
    hashes = await erased_hashes(graph, network)
    if not hashes:
        return load
    ban = _Ban(network, graph.ledger, hashes, source)
    own = {*owner_keys, *(fact.identity for fact in load.facts if fact.is_owner)}
    protected = {key for key in own if key in confirmed or not ban.is_by_holder(key)}
    if own and not protected:
        raise PermissionDenied(_ERASED_BY_HOLDER)
    erased, bare_names = await asyncio.to_thread(_find_erased, load, ban, protected)
    if bare_names:
        rows = await graph.run(_FILTER_EXISTING, network=network, keys=sorted(bare_names))
        bare_names -= {row["key"] for row in rows}
    return without_identities(load, erased | bare_names) if erased else load


def without_identities(load: CollectedLoad, keys: AbstractSet[str]) -> CollectedLoad:
    """Remove everything about these identities from a load, in place, and return it."""
    remaining = (fact_without_identities(fact, keys) for fact in load.facts)
    load.facts = {fact for fact in remaining if fact is not None}
    load.names = {key: name for key, name in load.names.items() if key not in keys}
    load.sender_names = {key: names for key, names in load.sender_names.items() if key not in keys}
    load.unreachable = {key: reports for key, reports in load.unreachable.items() if key not in keys}
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


@dataclass(frozen=True, slots=True)
class _Ban:
    """The identities that the network keeps out of a load of one source."""

    network: str
    ledger: ErasureLedger
    hashes: set[str]
    source: str

    def covers(self, key: str) -> bool:
        """Whether this identity was erased from every source or from this one."""
        return any(self._has(text) for text in (key, marker_in_source(key, self.source)))

    def is_by_holder(self, key: str) -> bool:
        """Whether the holder of this identity proved it and erased it. Bare names of it are not kept out then."""
        return self._has(single_identity_marker(key))

    def _has(self, text: str) -> bool:
        return self.ledger.hash_identity(self.network, text) in self.hashes


def _find_erased(load: CollectedLoad, ban: _Ban, protected: set[str]) -> tuple[set[str], set[str]]:
    """The identities of a load that were erased, and the bare names that can only belong to the same people."""
    keys = _all_keys(load)
    erased = {key for key in keys - protected if ban.covers(key)}
    people = {key for key in erased if not ban.is_by_holder(key)}
    bare_names = {key for key in keys - protected - erased if key.startswith(_NAME_PREFIX)}
    if not people or not bare_names:
        return erased, set()
    only_theirs = set(_folded_names(load, people)) - set(_folded_names(load, keys - people - bare_names))
    return erased, {key for key in bare_names if key.rpartition("/")[2] in only_theirs}


def marker_in_source(key: str, source: str) -> str:
    """The text to hash for an identity that is kept out of a source, by the id of the source or of its private part."""
    return f"in {source.removesuffix(PRIVATE_PART_SUFFIX)}: {key}"


def single_identity_marker(key: str) -> str:
    """The extra text that is hashed if an identity was erased but the person's other identities were not."""
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
