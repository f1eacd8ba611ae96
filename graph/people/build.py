"""Derives people from identities, by what sources and members state. The result does not depend on the loading order.

`graph.people.rules` decides which identities are one person. This module gives each person an id, a name and jobs, and
writes what changed.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import cypher
from graph.database.batching import batches, run_two_at_a_time
from graph.database.client import Graph
from graph.ids import stable_id
from graph.names.keys import key_text
from graph.names.role_mailboxes import is_shared_mailbox, may_be_person
from graph.names.transliteration import latin_if_different
from graph.networks.state import NetworkState
from graph.people.claims import assign_contested_identities
from graph.people.clusters import Clusters, Identity, StoredFact
from graph.people.contested_keys import ContestedKeys, find_contested_keys
from graph.people.matching import Comparison, has_several_writers
from graph.people.rules import (
    MemberDecision,
    cluster_identities,
    compare_clusters,
    find_probable_duplicates,
    join_confident_pairs,
)
from graph.progress import SILENT, Progress
from graph.viewer import NETWORK_AUDIENCE

_READ_FACTS = cypher.load("people/read_facts")
_LIST_DIGESTS = cypher.load("people/list_digests")
_WRITE_PEOPLE = cypher.load("people/write_people")
_WRITE_JOBS = cypher.load("people/write_jobs")
_DELETE_PEOPLE = cypher.load("people/delete_people")
_WRITE_COMPANIES = cypher.load("people/write_companies")
_PRUNE_COMPANIES = cypher.load("people/prune_companies")
_DELETE_PROBABLE_DUPLICATES = cypher.load("people/delete_probable_duplicates")
_WRITE_PROBABLE_DUPLICATES = cypher.load("people/write_probable_duplicates")
_LINK_MEMBERS = cypher.load("people/link_members_to_people")
_LIST_DECISIONS = cypher.load("people/list_identity_decisions")
_LIST_OBJECTED = cypher.load("people/list_objected_identities")
_LIST_HIDDEN = cypher.load("people/list_hidden_identities")
_DETACH_HIDDEN = cypher.load("people/detach_hidden_identities")
_LIST_CONTACTS = cypher.load("people/list_contacts")
_LIST_CORRESPONDENTS = cypher.load("people/list_correspondents")

_COLUMNS = ("id", "name", "names", "latin", "is_shared_mailbox", "identities")
"""What `people/write_people` writes of a person."""

IdentityRow = tuple[str, list[list[Any]], list[str], str | None]
"""A row of `people/read_facts`: key, facts, sources that list the identity, its present person."""


@dataclass(slots=True)
class DerivedPeople:
    """The people of a network after a derivation."""

    person_by_key: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    """People whose identities, names or jobs changed, including deleted people."""
    member_changed: bool = False
    """Whether a member became another person, so that every tie must be derived again."""
    has_stated_duplicates: bool = False
    """Whether a private row states people to be one."""
    shared_mailboxes: set[str] = field(default_factory=set)
    """People who are shared mailboxes."""

    def followed_by(self, later: "DerivedPeople") -> "DerivedPeople":
        """The result of two derivations in a row."""
        return DerivedPeople(
            later.person_by_key,
            self.changed | later.changed,
            self.member_changed or later.member_changed,
            later.has_stated_duplicates,
            later.shared_mailboxes,
        )


async def derive_people(graph: Graph, state: NetworkState, progress: Progress = SILENT) -> DerivedPeople:
    """Derive the network's people from all sources that count, and write what changed.

    Identities with an open request for erasure belong to no person, so that no answer shows them.
    """
    network = state.network
    stored = (*state.stored_sources, *state.stored_statements_without_effect)
    owners = {source.parent or source.id: source.member for source in stored}
    shared = {source.parent or source.id for source in state.sources_for_rates()}
    rows = await read_facts(graph, network, [source.id for source in stored if source.is_complete])
    decisions = await read_decisions(graph, network)
    # in threads: this is seconds of work for 20,000 people, and the service must keep answering
    objected = {row["key"] for row in await graph.run(_LIST_OBJECTED, network=network)}
    hidden = {row["key"] for row in await graph.run(_LIST_HIDDEN, network=network)}
    identities = _identities(row for row in rows if row[0] not in hidden)
    members = assign_contested_identities(identities, owners, list(state.roles), state.confirmed_identities, objected)
    contested = await asyncio.to_thread(find_contested_keys, identities, owners, shared)
    clusters = await asyncio.to_thread(
        cluster_identities,
        identities,
        owners,
        decisions,
        shared,
        alone=objected,
        members=members,
        contested=contested,
    )
    # by what the network may see, so that private facts join nothing that others see as two
    comparisons = await asyncio.to_thread(compare_clusters, identities, clusters, shared, contested)
    contacts = await read_contacts(graph, network, comparisons, shared)
    member_keys = {key for key, identity in identities.items() if any(fact.is_owner for fact in identity.facts)}
    await asyncio.to_thread(join_confident_pairs, comparisons, clusters, contacts, member_keys)
    correspondents = await _read_correspondents(graph, network, identities, shared)
    people, derived = await asyncio.to_thread(
        _person_rows, identities, clusters, network, shared, contested, correspondents
    )
    digests = await stored_digests(graph, network)
    changed = [person for person in people if digests.get(person["id"]) != person["digest"]]
    deleted = sorted(digests.keys() - {person["id"] for person in people})
    derived.changed = {person["id"] for person in changed} | set(deleted)

    async def write() -> None:
        if derived.changed:
            for companies in batches(_companies(identities), 5_000):
                await graph.run(_WRITE_COMPANIES, network=network, rows=companies)
        await graph.run(_DETACH_HIDDEN, network=network, keys=sorted(hidden))
        await _write_people(graph, network, changed, digests.keys(), progress)
        for ids in batches(deleted, 1_000):
            await graph.run(_DELETE_PEOPLE, network=network, ids=ids)
        if derived.changed:
            await graph.run(_PRUNE_COMPANIES, network=network)

    duplicates: list[dict[str, Any]] = []

    async def compare() -> None:
        duplicates.extend(
            await asyncio.to_thread(
                lambda: list(
                    find_probable_duplicates(identities, owners, clusters, derived.person_by_key, shared, contested)
                )
            )
        )

    # The comparison takes as long as Neo4j takes to write the people. Both end before the lease is released, also if
    # one fails or the load is cancelled.
    await run_two_at_a_time([compare(), write()])
    # written even if no person changed, because the audiences may have
    await graph.run(_DELETE_PROBABLE_DUPLICATES, network=network)
    for batch in batches(duplicates, 10_000):
        await graph.run(_WRITE_PROBABLE_DUPLICATES, network=network, rows=batch)
    derived.has_stated_duplicates = any(duplicate["is_stated"] for duplicate in duplicates)
    has_new_owner = any(state.people_by_member[member] is None for member in owners.values())
    if derived.changed or state.confirmed_identities or has_new_owner:
        derived.member_changed = await _link_members(graph, state, identities, owners, shared, derived, members)
    return derived


async def _write_people(
    graph: Graph, network: str, people: list[dict[str, Any]], stored: AbstractSet[str], progress: Progress
) -> None:
    """Write people, then the jobs of those who have or may have had any. Others are complete after the first write."""
    with_jobs = {person["id"] for person in people if person["jobs"] or person["id"] in stored}
    written = 0

    async def write(batch: list[dict[str, Any]]) -> None:
        nonlocal written
        rows = [
            {
                **{name: person[name] for name in _COLUMNS},
                "digest": None if person["id"] in with_jobs else person["digest"],
            }
            for person in batch
        ]
        await graph.run(_WRITE_PEOPLE, network=network, rows=rows)
        written += len(batch)
        progress.report("people", written, len(people))

    await run_two_at_a_time(map(write, batches(people, 1_000)))
    for batch in batches((person for person in people if person["id"] in with_jobs), 1_000):
        rows = [{"id": person["id"], "jobs": person["jobs"], "digest": person["digest"]} for person in batch]
        await graph.run(_WRITE_JOBS, network=network, rows=rows)


async def read_facts(graph: Graph, network: str, sources: Iterable[str]) -> list[IdentityRow]:
    """Every identity with what these sources state about it."""
    (row,) = await graph.run(_READ_FACTS, network=network, sources=list(sources))
    identities: list[IdentityRow] = row["identities"]
    return identities


async def read_decisions(graph: Graph, network: str) -> list[MemberDecision]:
    """The members' decisions on identities, newest first."""
    rows = await graph.run(_LIST_DECISIONS, network=network)
    return [MemberDecision(row["is_same_person"], row["first_keys"], row["second_keys"]) for row in rows]


async def stored_digests(graph: Graph, network: str) -> dict[str, str]:
    """The ids of the stored people, each with a digest of what the person was derived from."""
    (row,) = await graph.run(_LIST_DIGESTS, network=network)
    return dict(row["people"])


async def read_contacts(
    graph: Graph, network: str, comparisons: Iterable[Comparison], sources: AbstractSet[str]
) -> dict[str, frozenset[str]]:
    """For each identity in these comparisons the identities it exchanged anything with, according to these sources."""
    contacts = {}
    keys = {
        key for comparison in comparisons for person in (comparison.first, comparison.second) for key in person.keys
    }
    for batch in batches(sorted(keys), 2_000):
        for row in await graph.run(_LIST_CONTACTS, network=network, keys=batch, sources=sorted(sources)):
            contacts[row["key"]] = frozenset(row["contacts"])
    return contacts


async def _read_correspondents(
    graph: Graph, network: str, identities: Iterable[str], sources: AbstractSet[str]
) -> AbstractSet[str]:
    """The addresses such as ola@ that write and are written to, as a person's: their role word is a name too."""
    keys = [key for key in identities if may_be_person(key)]
    rows = [
        await graph.run(_LIST_CORRESPONDENTS, network=network, keys=batch, sources=sorted(sources))
        for batch in batches(keys, 2_000)
    ]
    return {row["key"] for batch in rows for row in batch}


def _identities(rows: Iterable[IdentityRow]) -> dict[str, Identity]:
    """Every identity with facts, in ascending order of keys."""
    return {
        key: Identity(key, [StoredFact(*fact) for fact in facts], listing_sources)
        for key, facts, listing_sources, _ in sorted(rows, key=lambda row: row[0])
        if facts or listing_sources
    }


async def _link_members(
    graph: Graph,
    state: NetworkState,
    identities: dict[str, Identity],
    owners: dict[str, str],
    shared: AbstractSet[str],
    derived: DerivedPeople,
    member_by_key: dict[str, str],
) -> bool:
    """Link each member to their person: by their own sources, or else by the identity that was confirmed for them.

    A confirmed identity counts only if a shared source names it. Returns whether a member with sources became another
    person; members without sources affect no tie.
    """
    by_own_sources = {
        owners[fact.source]: derived.person_by_key[key]
        for key, identity in sorted(identities.items())
        for fact in identity.facts
        if fact.is_owner
    }
    by_confirmed_identity = {
        member: derived.person_by_key[key]
        for member, keys in state.confirmed_identities.items()
        for key in reversed(keys)  # the first one wins
        if member_by_key.get(key) == member
        and key in identities
        and any(fact.source in shared for fact in identities[key].facts)
    }
    people = by_confirmed_identity | by_own_sources
    rows = [{"member": member, "person": people.get(member)} for member in sorted(state.people_by_member)]
    await graph.run(_LINK_MEMBERS, network=state.network, rows=rows)
    with_sources = {*owners.values(), *(state.people_by_member.keys() - state.confirmed_identities.keys())}
    return any(
        people.get(member) != state.people_by_member[member] or people.get(member) in derived.changed
        for member in with_sources
    )


def _person_rows(
    identities: dict[str, Identity],
    clusters: Clusters,
    network: str,
    shared: AbstractSet[str],
    contested: ContestedKeys,
    correspondents: AbstractSet[str],
) -> tuple[list[dict[str, Any]], DerivedPeople]:
    derived = DerivedPeople()
    rows = []
    of_nobody = contested.keys(NETWORK_AUDIENCE)
    for root, keys in clusters.keys_by_root().items():
        # from a shared key where there is one: the id must not reveal that somebody has private facts about a person
        shared_keys = (key for key in keys if any(fact.source in shared for fact in identities[key].facts))
        person = stable_id(network, next(shared_keys, root))
        facts = [fact for key in keys for fact in contested.own_facts(identities[key])]
        shared_mailboxes = {key for key in keys if key in of_nobody or _has_several_writers(identities[key], shared)}
        network_facts = _network_facts((identities[key] for key in keys), shared)
        lists = {key for key, fact in network_facts if fact.is_list}
        names = [fact.name for _, fact in network_facts if fact.name]
        is_mailbox = is_shared_mailbox(
            keys, names, shared_keys=shared_mailboxes | lists, person_keys=correspondents
        ) and not any(fact.is_owner for fact in facts)
        named_for_all = [fact for fact in facts if fact.source in shared or fact.is_owner]
        latin_names = {latin for fact in facts if fact.name and (latin := latin_if_different(fact.name))}
        row: dict[str, Any] = {
            "id": person,
            "name": (None if is_mailbox and shared_mailboxes else _display_name(named_for_all)) or key_text(keys[0]),
            "names": sorted({fact.name for fact in facts if fact.name}) or [key_text(keys[0])],
            "latin": sorted(latin_names) or None,
            "identities": [{"key": key, "reason": clusters.reasons.get(key, "")} for key in keys],
            "jobs": jobs_of_facts(facts),
            "is_shared_mailbox": is_mailbox or None,
        }
        row["digest"] = stable_id(repr(sorted(row.items())))
        rows.append(row)
        derived.person_by_key.update(dict.fromkeys(keys, person))
        if is_mailbox:
            derived.shared_mailboxes.add(person)
    return rows, derived


def _has_several_writers(identity: Identity, shared: AbstractSet[str]) -> bool:
    """Whether several people write from this mailbox, according to what the network may see."""
    names = [name for fact in identity.facts if fact.source in shared for name in fact.sender_names or ()]
    return len(names) > 1 and has_several_writers(names, [key_text(identity.key).rpartition("@")[0]])


def _network_facts(cluster: Iterable[Identity], shared: AbstractSet[str]) -> list[tuple[str, StoredFact]]:
    """Return the facts of a person that the network may see, each with its identity; all facts if there are none."""
    facts = [(identity.key, fact) for identity in cluster for fact in identity.facts]
    return [(key, fact) for key, fact in facts if fact.source in shared] or facts


def _display_name(facts: list[StoredFact]) -> str | None:
    """The name to show: the owner's own first, then one from a present list, the fullest, the newest.

    A name of a private source must not replace what others see, so `facts` are those of shared sources, and members'
    own names.
    """
    best = max(
        (fact for fact in facts if fact.name),
        key=lambda fact: (
            bool(fact.is_owner),
            bool(fact.part) and fact.gone is None,
            min(2, len((fact.name or "").split())),
            fact.seen or 0,
            fact.name or "",
        ),
        default=None,
    )
    return best.name if best else None


def jobs_of_facts(facts: list[StoredFact]) -> list[dict[str, Any]]:
    """One job for each company and title. A job that a later list no longer contains ended when it was last seen."""
    ended = [fact for fact in facts if fact.company_key and fact.gone is not None]
    jobs: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in facts:
        if fact.company_key and fact.company:
            since = fact.since
            if since is None and any(_replaced(fact, other) for other in ended):
                since = fact.seen
            job = {
                "key": fact.company_key,
                "title": fact.title,
                "since": since,
                "until": fact.until if fact.until is not None else fact.gone,
            }
            known = jobs.get((fact.company_key, fact.title or ""))
            jobs[fact.company_key, fact.title or ""] = job if known is None else _merge_jobs(known, job)
    return [job for _, job in sorted(jobs.items())]


def _replaced(job: StoredFact, other: StoredFact) -> bool:
    """Whether a job first appeared in a list after the other had left it: then the job began between the two loads."""
    same_list = (job.source, job.part) == (other.source, other.part)
    return same_list and job is not other and (other.gone or 0) < (job.seen or 0)


def _merge_jobs(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    starts = [job["since"] for job in (one, other) if job["since"] is not None]
    ends = [job["until"] for job in (one, other)]
    return {
        **one,
        "since": min(starts, default=None),
        "until": None if None in ends else max(ends),
    }


def _companies(identities: dict[str, Identity]) -> Iterator[dict[str, str]]:
    """Each company with the spelling that most facts use."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for identity in identities.values():
        for fact in identity.facts:
            if fact.company_key and fact.company:
                spellings[fact.company_key][fact.company] += 1
    for key, names in sorted(spellings.items()):
        yield {"key": key, "name": min(names, key=lambda name: (-names[name], name))}
