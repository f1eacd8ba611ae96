"""Erasure of a person (GDPR Art. 17): deletes every row about them and keeps a keyed hash of each identity.

Hashes are added to the ledger outside the database first, so that an interrupted or restored erasure is repeated
(`reapply_erasures`), and to the database last. Members keep what they load about themselves
(docs/decisions/0016-erasure.md).
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import cypher
from graph.answers import YOURSELF_MESSAGE, AmbiguousTarget, Person, UnknownTarget
from graph.database.client import Graph
from graph.database.erasure_ledger import require_ledger_key
from graph.derivation.recovery import MAX_ROWS, prune_identities
from graph.derivation.rederive import rederive_after
from graph.ids import stable_id
from graph.ingest.collected_load import Fact
from graph.ingest.diff import fact_row
from graph.ingest.erasure_filter import fact_without_identities, marker_in_source, single_identity_marker
from graph.introductions.introducer_consent import source_titles, unnamed_colleagues
from graph.lookup.identities import VisibleIdentity, list_stated_identities, list_stated_people
from graph.lookup.resolve import (
    ExactReference,
    PersonReference,
    ResolvedTarget,
    handle_of,
    resolve_reference,
)
from graph.names.keys import clean_text, fold_name, identity_key
from graph.networks.erased_keys import erased_hashes, store_erased_hashes, stored_erased_hashes
from graph.networks.sources import PRIVATE_PART_SUFFIX
from graph.networks.state import NetworkState, read_state
from graph.progress import SILENT, Progress
from graph.viewer import Viewer

_DESCRIBE_IDENTITIES = cypher.load("privacy/describe_identities_to_erase")
_LIST_SOURCES_OF_PEOPLE = cypher.load("privacy/list_sources_of_people")
_LIST_SOURCES_OF_IDENTITIES = cypher.load("privacy/list_sources_of_identities")
_LIST_ALL_IDENTITIES = cypher.load("privacy/list_all_identities")
_LIST_STATED_BY_MEMBERS = cypher.load("privacy/list_identities_stated_by_members")
_LIST_ERASABLE_IDENTITIES = cypher.load("privacy/list_erasable_identities")
_DELETE_EVIDENCE = cypher.load("privacy/delete_evidence_batch")
_DELETE_FACTS = cypher.load("privacy/delete_facts")
_DELETE_ASSISTANT_FACTS = cypher.load("privacy/delete_assistant_facts")
_LIST_SHARED_ROWS = cypher.load("privacy/list_rows_shared_with_others")
_REWRITE_SHARED_ROWS = cypher.load("privacy/rewrite_rows_shared_with_others")
_DELETE_STATEMENT_FACTS = cypher.load("privacy/delete_orphaned_statement_facts")
_DELETE_TRACES = cypher.load("privacy/delete_traces")
_FILTER_NAMES_IN_USE = cypher.load("privacy/filter_names_in_use")

_Pairs = set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """Whom an erasure would delete, or deleted, as far as the viewer may see. It also deletes what is not in view.

    `person` is None if nobody in view has the given identity. `sources` are the titles of the sources that name the
    person. `possible_duplicates` are probably the same human being and are not erased. `ids` are those of the person
    and of the people whom private rows of the viewer state to be the same one.
    """

    person: Person | None
    identities: tuple[VisibleIdentity, ...] = ()
    sources: tuple[str, ...] = ()
    possible_duplicates: tuple[Person, ...] = ()
    ids: tuple[str, ...] = ()


async def preview_erasure(
    graph: Graph, viewer: Viewer, asked: PersonReference
) -> ErasurePreview | AmbiguousTarget | UnknownTarget:
    """Whom an erasure would delete. Changes nothing.

    An address or profile that nobody in view has can be erased too. The answer is the same whether or not a person
    out of view has it.
    """
    target = await resolve_reference(graph, viewer.with_archived_people(), asked)
    if isinstance(target, UnknownTarget) and target.message != YOURSELF_MESSAGE and _exact_identity(asked) is not None:
        return ErasurePreview(person=None)
    if not isinstance(target, ResolvedTarget):
        return target
    person = target.person
    ids = await list_stated_people(graph, viewer, person.id)
    identities = await list_stated_identities(graph, viewer, ids)
    rows = await graph.run(_LIST_SOURCES_OF_PEOPLE, network=viewer.network, ids=ids, sources=viewer.sources)
    unnamed = await unnamed_colleagues(graph, viewer, person.id)
    titles = source_titles(await read_state(graph, viewer.network), unnamed)
    sources = sorted({titles[row["source"]] for row in rows})
    duplicates = tuple(duplicate for duplicate in target.possible_duplicates if duplicate.id not in ids)
    return ErasurePreview(person, tuple(identities), tuple(sources), duplicates, tuple(ids))


async def erase_person(
    graph: Graph, viewer: Viewer, asked: PersonReference, *, progress: Progress = SILENT
) -> ErasurePreview | AmbiguousTarget | UnknownTarget:
    """Erase a person from all sources of all members, and from later loads. Returns what `preview_erasure` returns.

    Identities that the preview shows are kept out of every later load. Others of the person are kept out of the sources
    that have them. What private rows of another member state beside these, and no shared source names, is erased from
    that member's sources and kept out of them. An identity that nobody has loaded is not kept out of anything, so that
    a member cannot ban it. What the viewer loads later does not reveal which of these was the case.

    Raises ErasureLedgerUnreadable, NetworkBusy.
    """
    preview = await preview_erasure(graph, viewer, asked)
    if not isinstance(preview, ErasurePreview):
        return preview
    exact = _exact_identity(asked)

    async def list_keys() -> set[str]:
        rows = await graph.run(_LIST_ALL_IDENTITIES, network=viewer.network, ids=preview.ids, key=exact)
        return {row["key"] for row in rows} | ({exact} if exact else set())

    shown = {identity.key for identity in preview.identities}
    await erase_identities(graph, viewer.network, list_keys, shown=shown, progress=progress)
    return preview


async def erase_identities(
    graph: Graph,
    network: str,
    list_keys: Callable[[], Awaitable[set[str]]],
    *,
    shown: AbstractSet[str] | None = None,
    alone: bool = False,
    progress: Progress = SILENT,
) -> None:
    """Erase identities of one person. `list_keys` is called while the write lease is held. Raises as `erase_person`.

    Later loads keep out the identities in `shown`, or all if it is None; the others are kept out of the sources that
    have them now. `alone` is for an identity that its holder proved: a member who claims it without a proof does not
    keep it, and later loads do not keep out bare names that can only be theirs.
    """
    await erased_hashes(graph, network)  # raises if the key of earlier erasures is missing
    graph.ledger.create_key()
    touched: _Pairs = set()
    async with rederive_after(graph, network, changed_pairs=touched, progress=progress) as state:
        keys = await list_keys()
        scopes = [] if alone else await _stated_by_members(graph, state, keys)
        banned = keys if shown is None else keys & shown
        texts = banned | {single_identity_marker(key) for key in banned if alone}
        for row in await graph.run(_LIST_SOURCES_OF_IDENTITIES, network=network, keys=sorted(keys - banned)):
            texts |= {marker_in_source(row["key"], source) for source in row["stored_in"]}
        for scope in scopes:
            texts |= {marker_in_source(key, source) for key in scope.keys for source in scope.sources}
        hashes = {graph.ledger.hash_identity(network, text) for text in texts}
        graph.ledger.add(network, hashes)
        for scope in scopes:
            touched |= await _delete_person(graph, network, scope.keys, is_proved=False, scope=scope)
        touched |= await _delete_person(graph, network, keys, is_proved=alone)
        await store_erased_hashes(graph, network, hashes)


async def reapply_erasures(graph: Graph, network: str, *, progress: Progress = SILENT) -> NetworkState:
    """Repeat the erasures that the ledger contains and the database does not. Returns the state afterwards.

    This is the case if an erasure was interrupted, or if an older backup was restored. Hashes that only the database
    contains are added to the ledger. Raises ErasureLedgerUnreadable.
    """
    key_id, stored = await stored_erased_hashes(graph, network)
    in_ledger = graph.ledger.hashes(network)
    if stored - in_ledger and key_id == graph.ledger.key_id:
        graph.ledger.add(network, stored)
    if in_ledger <= stored:
        return await read_state(graph, network)
    require_ledger_key(graph.ledger, key_id)
    touched: _Pairs = set()
    async with rederive_after(graph, network, changed_pairs=touched, progress=progress) as state:
        stored_sources = (*state.stored_sources, *state.stored_statements_without_effect)
        owners = [(source.id, source.member) for source in stored_sources]
        (row,) = await graph.run(_LIST_ERASABLE_IDENTITIES, network=network)
        naming: dict[str, set[str]] = defaultdict(set)
        for key, _, named_by in row["identities"]:
            naming[key] |= {member for _, member in named_by}
        keys_by_person: dict[tuple[str | None, bool], set[str]] = defaultdict(set)
        keys_by_scope: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)

        def is_erased(text: str) -> bool:
            return graph.ledger.hash_identity(network, text) in in_ledger

        for key, person, named_by in row["identities"]:
            if is_erased(key):
                keys_by_person[person, is_erased(single_identity_marker(key))].add(key)
                continue
            sources: dict[str, set[str]] = defaultdict(set)
            # the interrupted erasure may have deleted the rows, and not yet what the member stored about the identity
            rowless = [] if named_by else [each for each in owners if each[1] not in naming[key]]
            for source, member in (*named_by, *rowless):
                if is_erased(marker_in_source(key, source)):
                    shared_part = source.removesuffix(PRIVATE_PART_SUFFIX)
                    sources[member] |= {
                        shared_part,
                        shared_part + PRIVATE_PART_SUFFIX,
                    }  # both may have rows that mention it
            for member, erased_from in sources.items():
                keys_by_scope[member, tuple(sorted(erased_from))].add(key)
        for (member, its_sources), keys in keys_by_scope.items():
            scope = _Scope(member, frozenset(keys), frozenset(its_sources))
            touched |= await _delete_person(graph, network, keys, is_proved=False, scope=scope)
        for (_, is_proved), keys in keys_by_person.items():
            touched |= await _delete_person(graph, network, keys, is_proved=is_proved)
        await store_erased_hashes(graph, network, in_ledger)
    return await read_state(graph, network)


def _exact_identity(asked: PersonReference) -> str | None:
    """The key of an identity that was given exactly: an address, a profile or a number."""
    text = asked.text if isinstance(asked, ExactReference) else asked if isinstance(asked, str) else ""
    handle = handle_of(clean_text(text))
    return identity_key(handle) if handle else None


@dataclass(frozen=True, slots=True)
class _Scope:
    """Identities that are erased from some sources of one member only, and what that member stored about them."""

    member: str
    keys: frozenset[str]
    sources: frozenset[str]


async def _stated_by_members(graph: Graph, state: NetworkState, keys: AbstractSet[str]) -> list[_Scope]:
    """List what private rows of single members state beside these identities, and no shared source names."""
    stored = (*state.stored_sources, *state.stored_statements_without_effect)
    shared = [source.id for source in state.sources_for_rates()]
    rows = await graph.run(_LIST_STATED_BY_MEMBERS, network=state.network, keys=sorted(keys), shared=shared)
    return [
        _Scope(
            row["member"],
            frozenset(row["keys"]),
            frozenset(source.id for source in stored if source.member == row["member"]),
        )
        for row in rows
    ]


async def _delete_person(
    graph: Graph, network: str, keys: AbstractSet[str], *, is_proved: bool, scope: _Scope | None = None
) -> _Pairs:
    """Delete all rows of these identities of one person, with a `scope` only those of its sources.

    Returns the pairs whose ties change. Can be repeated.
    """
    where = {"network": network, "keys": sorted(keys)}
    (description,) = await graph.run(_DESCRIBE_IDENTITIES, **where, is_proved=is_proved)
    exempt_sources = _flat(description["exempt_sources"])
    if scope is not None:
        state = await read_state(graph, network)
        stored = (*state.stored_sources, *state.stored_statements_without_effect)
        exempt_sources += [source.id for source in stored if source.id not in scope.sources]
    removed = MAX_ROWS
    while removed == MAX_ROWS:
        (row,) = await graph.run(_DELETE_EVIDENCE, **where, exempt_sources=exempt_sources, limit=MAX_ROWS)
        removed = row["removed"]
    others = set(_flat(description["stated_with"])) - keys
    await _rewrite_shared_rows(graph, network, keys, others, scope.sources if scope else None)
    await graph.run(_DELETE_ASSISTANT_FACTS, **where, exempt_sources=exempt_sources)
    await graph.run(_DELETE_FACTS, **where, exempt_sources=exempt_sources)
    await graph.run(_DELETE_STATEMENT_FACTS, network=network)
    full_names = sorted({name for name in _flat(description["folded"]) if " " in name})
    rows = await graph.run(_FILTER_NAMES_IN_USE, network=network, names=full_names)
    names_of_others = {row["name"] for row in rows}
    addresses = {key.partition(":")[2] for key in keys if not key.startswith("name:")}
    spellings = {
        name.lower() for name in _flat(description["names"]) if fold_name(name) in set(full_names) - names_of_others
    }
    # the ids that each identity would give, too: the person may have had another id before a merge
    people = {*_flat(description["people"]), *(stable_id(network, key) for key in keys)}
    await graph.run(
        _DELETE_TRACES,
        **where,
        names=[name for name in full_names if name not in names_of_others],
        words=sorted(addresses | spellings | people),
        claims=sorted(addresses) if is_proved else [],
        member=scope.member if scope else None,
    )
    await prune_identities(graph, network)
    return {(key, key) for key in (*keys, *_flat(description["contacts"]))}


async def _rewrite_shared_rows(
    graph: Graph,
    network: str,
    keys: AbstractSet[str],
    other_keys: AbstractSet[str],
    sources: AbstractSet[str] | None,
) -> None:
    """Remove the erased identities from rows of these sources, or of all, that state others together with them.

    Such rows exist where a member decided that the identities are distinct people, and in private sources.
    """
    if not other_keys:
        return
    rewritten = []
    for stored in await graph.run(_LIST_SHARED_ROWS, network=network, keys=sorted(other_keys)):
        row = stored["row"]
        if keys.isdisjoint(row["keys"]) or (sources is not None and stored["stored_in"] not in sources):
            continue
        columns = {name: row[name] for name in Fact.__slots__ if name in row}
        columns |= {"identity": stored["identity"], "keys": tuple(row["keys"]), "is_owner": "is_owner" in row}
        fact = fact_without_identities(Fact(**columns), keys)
        new_row = None if fact is None else fact_row(fact, stored["source"], network)
        is_obsolete = new_row is None or new_row["key"] in stored["others"]
        rewritten.append(
            {"identity": stored["identity"], "old_key": row["key"]}
            | ({"key": None, "keys": None} if is_obsolete or new_row is None else new_row)
        )
    await graph.run(_REWRITE_SHARED_ROWS, network=network, rows=rewritten)


def _flat(lists: Iterable[Iterable[str]]) -> list[str]:
    return sorted({item for one in lists for item in one})
