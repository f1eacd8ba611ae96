"""What of a load does not come in: whoever the network forgot.

Looked at once for a whole load, after its bare names have become the source's and before it is compared with what is
there. With nobody forgotten it costs one question.
"""

import asyncio
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

import cypher
from graph.database.client import Graph
from graph.database.erasure_ledger import ErasureLedger
from graph.ingest.collect import Fact, Gathered
from graph.names.keys import fold_name
from graph.networks.erased_keys import erased_hashes, store_erased_hashes
from graph.records import HandleKind

THERE = cypher.load("ingest/filter_existing_identities")

_NAME = f"{HandleKind.NAME}:"


async def admitted(graph: Graph, network: str, gathered: Gathered, own: Collection[str]) -> Gathered:
    """A settled load without those whom the network forgot; `own` are the identities of whoever brings it.

    Who stands in one row with somebody forgotten is the same human being, under what nobody has seen of them so far,
    and is forgotten too; so is a bare name that here can only be theirs. Whoever is there already is somebody else.
    """
    marks = await erased_hashes(graph, network)
    if not marks:
        return gathered
    here = {*own, *(fact.identity for fact in gathered.facts if fact.self)}
    gone, alike = await asyncio.to_thread(_gone, gathered, network, graph.ledger, marks, here)
    if alike:
        rows = await graph.run(THERE, network=network, keys=sorted(alike))
        alike -= {row["key"] for row in rows}
        new = {graph.ledger.hash_identity(network, key) for key in alike}
        graph.ledger.add(network, new)
        await store_erased_hashes(graph, network, new)
    return without(gathered, gone | alike) if gone else gathered


def without(gathered: Gathered, gone: AbstractSet[str]) -> Gathered:
    """A load in which nothing is said of these identities, by them or towards them."""
    left = (fact_without(fact, gone) for fact in gathered.facts)
    gathered.facts = {fact for fact in left if fact is not None}
    gathered.named = {key: best for key, best in gathered.named.items() if key not in gone}
    gathered.wrote_as = {key: names for key, names in gathered.wrote_as.items() if key not in gone}
    gathered.listed = {at: day for at, day in gathered.listed.items() if at[1] not in gone}
    gathered.pairs = {pair: seen for pair, seen in gathered.pairs.items() if gone.isdisjoint(pair[:2])}
    return gathered


def fact_without(fact: Fact, gone: AbstractSet[str]) -> Fact | None:
    """What is left of a fact when nobody speaks of these identities; None where that is nothing."""
    if fact.identity in gone or fact.assists in gone:
        return None
    if gone.isdisjoint(fact.keys):
        return fact
    left = replace(fact, keys=tuple(key for key in fact.keys if key not in gone))
    return left if left != Fact(left.identity, keys=left.keys) or len(left.keys) > 1 else None


def _gone(
    gathered: Gathered, network: str, ledger: ErasureLedger, marks: set[str], here: set[str]
) -> tuple[set[str], set[str]]:
    """The identities in a load that were forgotten, and those that can only be of the same people."""
    keys = _keys(gathered)
    gone = {key for key in keys - here if ledger.hash_identity(network, key) in marks}
    everybody = set(gone)
    if gone:
        rows = {fact.keys for fact in gathered.facts if len(fact.keys) > 1}
        while more := {key for row in rows if not everybody.isdisjoint(row) for key in row} - everybody - here:
            everybody |= more
        if bare := {key for key in keys - here - everybody if key.startswith(_NAME)}:
            theirs = set(_names(gathered, everybody)) - set(_names(gathered, keys - everybody - bare))
            everybody |= {key for key in bare if key.rpartition("/")[2] in theirs}
    return gone, everybody - gone


def _keys(gathered: Gathered) -> set[str]:
    keys = {key for fact in gathered.facts for key in (fact.identity, *fact.keys)}
    keys |= {key for by, towards, _ in gathered.pairs for key in (by, towards)}
    return keys | gathered.named.keys() | {key for _, key in gathered.listed}


def _names(gathered: Gathered, keys: Collection[str]) -> Iterator[str]:
    """Under what names these stand in the load, folded."""
    called: Iterable[tuple[str, str | None]] = (
        *((fact.identity, fact.name) for fact in gathered.facts),
        *((key, best[2]) for key, best in gathered.named.items()),
    )
    for key, name in called:
        if name and key in keys:
            yield fold_name(name)
