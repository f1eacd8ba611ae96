"""Forgets somebody: all that any source of any member says of them goes, and a keyed hash of each identity stays.

The hashes are kept outside the database first, so that whatever is cut off, or restored from before, is done again
(`reapply`); in the database they come last. Who is a member keeps what they bring of themselves
(docs/decisions/0016-erasure.md).
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import cypher
from graph.answers import AmbiguousTarget, Person, UnknownTarget
from graph.database.client import Graph
from graph.database.erasure_ledger import refuse_another
from graph.derivation.recovery import MAX_ROWS, prune_identities
from graph.derivation.rederive import rederive_after
from graph.ids import stable_id
from graph.ingest.collect import Fact
from graph.ingest.diff import fact_row
from graph.ingest.erasure_filter import fact_without
from graph.lookup.identities import Identified, identities
from graph.lookup.resolve import YOURSELF, Asked, Exactly, Target, find, handle_of
from graph.names.keys import clean_text, fold_name, identity_key
from graph.networks.erased_keys import FORGOTTEN, forgotten, remember
from graph.networks.state import State, state
from graph.progress import SILENT, Progress
from graph.viewer import Viewer

OF = cypher.load("privacy/describe_identities_to_forget")
SOURCES = cypher.load("privacy/list_sources_of_person")
KEYS = cypher.load("privacy/list_all_identities")
ALL = cypher.load("privacy/list_forgettable_identities")
EVIDENCE = cypher.load("privacy/delete_evidence_batch")
FACTS = cypher.load("privacy/delete_facts")
ASSISTANTS = cypher.load("privacy/delete_assistant_facts")
MENTIONS = cypher.load("privacy/list_rows_shared_with_others")
MENTIONS_WRITE = cypher.load("privacy/rewrite_rows_shared_with_others")
STATEMENTS = cypher.load("privacy/delete_orphaned_statement_facts")
TRACES = cypher.load("privacy/delete_traces")
NAMED = cypher.load("privacy/filter_names_still_borne")

Pairs = set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Whom it would forget, or did, as far as the viewer may see: what others keep to themselves goes too, untold.

    `person` is None where nobody in view has the identity that was named. `sources` are the titles of those that name
    them; `alike` are who is probably the same human being, and is not forgotten with them.
    """

    person: Person | None
    identities: tuple[Identified, ...] = ()
    sources: tuple[str, ...] = ()
    alike: tuple[Person, ...] = ()


async def preview(graph: Graph, viewer: Viewer, asked: Asked) -> Forgetting | AmbiguousTarget | UnknownTarget:
    """Whom it would be to forget, told and not done.

    An address or profile that nobody in view has can be forgotten as well: whoever may not know of a person is told
    the same as where there is none.
    """
    found = await find(graph, viewer, asked)
    if isinstance(found, UnknownTarget) and found.message != YOURSELF and _exact(asked) is not None:
        return Forgetting(person=None)
    if not isinstance(found, Target):
        return found
    person = found.person
    of = await identities(graph, viewer, [person.id])
    rows = await graph.run(SOURCES, network=viewer.network, id=person.id, sources=viewer.sources)
    titles = {source.id: source.title for source in (await state(graph, viewer.network)).sources}
    named = sorted({titles[row["source"]] for row in rows})
    return Forgetting(person, tuple(of[person.id]), tuple(named), found.same)


async def forget(
    graph: Graph, viewer: Viewer, asked: Asked, *, progress: Progress = SILENT
) -> Forgetting | AmbiguousTarget | UnknownTarget:
    """Forget them, in all sources of all members, and what comes of them later; as `preview`, which it tells.

    Raises ErasureLedgerUnreadable, NetworkBusy.
    """
    found = await preview(graph, viewer, asked)
    if not isinstance(found, Forgetting):
        return found
    exact = _exact(asked)

    async def theirs() -> set[str]:
        rows = await graph.run(KEYS, network=viewer.network, id=found.person.id if found.person else None, key=exact)
        return {row["key"] for row in rows} | ({exact} if exact else set())

    await forget_identities(graph, viewer.network, theirs, progress=progress)
    return found


async def forget_identities(
    graph: Graph,
    network: str,
    whose: Callable[[], Awaitable[set[str]]],
    *,
    progress: Progress = SILENT,
) -> None:
    """Forget these identities of one person, looked up when nobody else writes. Raises as `forget`."""
    await forgotten(graph, network)  # whether the key is here
    graph.ledger.make()
    touched: Pairs = set()
    async with rederive_after(graph, network, changed_pairs=touched, progress=progress):
        keys = await whose()
        marks = {graph.ledger.mark(network, one) for one in keys}
        graph.ledger.add(network, marks)
        touched |= await _strike(graph, network, keys)
        await remember(graph, network, marks)


async def reapply(graph: Graph, network: str, *, progress: Progress = SILENT) -> State:
    """Forget again whom the ledger says was forgotten and the database does not know of; the state after it.

    So it is where forgetting was cut off, or the database was restored from before it. What the database alone knows
    is taken into the ledger. Raises ErasureLedgerUnreadable.
    """
    (row,) = await graph.run(FORGOTTEN, network=network)
    kept, there = graph.ledger.of(network), set(row["marks"])
    if there - kept and row["which"] == graph.ledger.which:
        graph.ledger.add(network, there)
    if kept <= there:
        return await state(graph, network)
    refuse_another(graph.ledger, row["which"])
    touched: Pairs = set()
    async with rederive_after(graph, network, changed_pairs=touched, progress=progress):
        (found,) = await graph.run(ALL, network=network)
        people = defaultdict(set)
        for one, person in found["identities"]:
            if graph.ledger.mark(network, one) in kept:
                people[person].add(one)
        for keys in people.values():
            touched |= await _strike(graph, network, keys)
        await remember(graph, network, kept)
    return await state(graph, network)


def _exact(asked: Asked) -> str | None:
    """The identity that is named by itself: an address, a profile, a number."""
    text = asked.text if isinstance(asked, Exactly) else asked if isinstance(asked, str) else ""
    handle = handle_of(clean_text(text))
    return identity_key(handle) if handle else None


async def _strike(graph: Graph, network: str, keys: AbstractSet[str]) -> Pairs:
    """Take all of these identities, of one person, away; those whose ties it touches. Can be repeated."""
    here = {"network": network, "keys": sorted(keys)}
    (of,) = await graph.run(OF, **here)
    spared = _flat(of["spared"])
    removed = MAX_ROWS
    while removed == MAX_ROWS:
        (row,) = await graph.run(EVIDENCE, **here, spared=spared, limit=MAX_ROWS)
        removed = row["removed"]
    await _unsaid(graph, network, keys, set(_flat(of["stated"])) - keys)
    await graph.run(ASSISTANTS, **here, spared=spared)
    await graph.run(FACTS, **here, spared=spared)
    await graph.run(STATEMENTS, network=network)
    full = sorted({name for name in _flat(of["folded"]) if " " in name})
    others = {row["name"] for row in await graph.run(NAMED, network=network, names=full)}
    texts = {key.partition(":")[2] for key in keys if not key.startswith("name:")}
    spelt = {name.lower() for name in _flat(of["names"]) if fold_name(name) in set(full) - others}
    people = {*_flat(of["people"]), *(stable_id(network, key) for key in keys)}  # also who they were before a merge
    words = sorted(texts | spelt | people)
    await graph.run(TRACES, **here, names=[name for name in full if name not in others], words=words)
    await prune_identities(graph, network)
    return {(one, one) for one in (*keys, *_flat(of["met"]))}


async def _unsaid(graph: Graph, network: str, keys: AbstractSet[str], others: AbstractSet[str]) -> None:
    """Have no row state these others together with whom is forgotten: so it is where they were held apart."""
    if not others:
        return
    rows = []
    for found in await graph.run(MENTIONS, network=network, keys=sorted(others)):
        row = found["row"]
        if keys.isdisjoint(row["keys"]):
            continue
        said = {name: row[name] for name in Fact.__slots__ if name in row}
        fact = fact_without(
            Fact(**{**said, "identity": found["identity"], "keys": tuple(row["keys"]), "self": "self" in row}), keys
        )
        new = None if fact is None else fact_row(fact, found["source"], network)
        rows.append(
            {"identity": found["identity"], "was": row["key"]}
            | ({"key": None, "keys": None} if new is None or new["key"] in found["others"] else new)
        )
    await graph.run(MENTIONS_WRITE, network=network, rows=rows)


def _flat(lists: Iterable[Iterable[str]]) -> list[str]:
    return sorted({one for some in lists for one in some})
