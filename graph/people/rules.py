"""Decides which identities are one person: by members' decisions, sources' statements, and confident comparison.

Joined are, each with its reason on the OF relationship:
- a member's own identities;
- identities that a member merged;
- identities that one row states together;
- an address with a tag (`ana+news@`) and the address without it, where a member's own mailbox shows that mail to such
  addresses of that domain is delivered so;
- a bare name with the only connection of that name in the same export, or else with the only person of that name;
- the only LinkedIn person and the only mail person of a full name among the sources of one owner, if the company
  matches the address's domain;
- pairs that `graph.people.matching` is confident about.

All but the first two need rows that all members see. A private row joins nobody: others would see two people become
one, and its owner would learn from a refusal that somebody else has an identity. For its owner the people that it
states together are PROBABLE_DUPLICATE relationships with `is_stated`, which every question of the owner follows
(docs/decisions/0032-private-rows.md). A bare name belongs to one source, so a private one joins its person.

An address or a number that several people share joins nobody, unless a member merges it
(`graph.people.contested_keys`). Identities that a member marked distinct are never joined, whatever else holds. An
identity whose holder proved it and objected to routes stays alone: the objection counts for what was proved, and not
for what a row states beside it.
Other pairs of a LinkedIn person and a mail person of one name become PROBABLE_DUPLICATE relationships. If two LinkedIn
profiles have that name, it is unknown which one the sender meant, so there is no such pair
(docs/decisions/0006-people-from-identities.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.names.keys import company_owns_domain, untagged_key, work_domain
from graph.networks.sources import PRIVATE_PART_SUFFIX
from graph.people.clusters import Clusters, Identity, key_rank
from graph.people.contested_keys import NOTHING_CONTESTED, ContestedKeys
from graph.people.matching import Comparison, comparable_person, compare_people, pairs_to_join, score_pairs
from graph.records import HandleKind
from graph.viewer import NETWORK_AUDIENCE

_OWN_IDENTITY = "the member's own identity"
_MERGED_BY_MEMBER = "merged by a member"
ONE_ROW = "one row of a source names both"
"""The reason of identities that one row states together."""
_ONLY_OF_NAME = "the only person of that name in the export"
_ONLY_TWO_OF_NAME = "the only two of that name, and the company matches the e-mail domain"
_SAME_NAME = "the same name"
_SAME_UNTAGGED = "the addresses differ by a tag only"

ClusterView = list[Identity]
"""The identities of one cluster, with the facts that one audience may see."""
_Pair = tuple[str, str, str]
"""NETWORK_AUDIENCE or the only member who sees that two identities are one person, and the two keys."""


@dataclass(frozen=True, slots=True)
class MemberDecision:
    """A member's decision about two lists of identities: all are one person, or no two across the lists are."""

    is_same: bool
    first: list[str]
    second: list[str]


def cluster_identities(
    identities: dict[str, Identity],
    owners: Mapping[str, str],
    decisions: Iterable[MemberDecision],
    shared: AbstractSet[str],
    alone: AbstractSet[str] = frozenset(),
    members: Mapping[str, str] | None = None,
    contested: ContestedKeys = NOTHING_CONTESTED,
) -> Clusters:
    """Join everything that needs no comparison.

    `identities` are in ascending order of keys. `owners` maps sources to members. `decisions` come newest first, and a
    newer one wins. Rows of sources outside `shared` join no two identities, except their owner's own and bare names.
    Identities in `alone` join nothing. `members` maps identities to the member they belong to: two members are two
    people. The `contested` keys join only rows of the person to whom they belong.
    """
    clusters = Clusters(identities, alone, members)
    own: dict[str, list[str]] = defaultdict(list)
    for key, identity in identities.items():
        for fact in identity.facts:
            if fact.is_owner:
                own[owners[fact.source]].append(key)
    for keys in own.values():
        for key in keys[1:]:
            clusters.join(keys[0], key, _OWN_IDENTITY)
    for decision in decisions:
        _apply_decision(clusters, decision)
    clusters.isolate(contested.keys(NETWORK_AUDIENCE))
    rows = list(_pairs_of_one_row(identities, owners, shared, contested))
    _join_for_all(clusters, ONE_ROW, rows)
    for domain, pairs in _delivered_tags(identities, owners, shared).items():
        _join_for_all(clusters, f"mail to name+tag@{domain} is delivered to name@{domain}", pairs)
    for name, person in _bare_names(identities, owners, clusters, shared, contested, rows):
        clusters.join(name, person, _ONLY_OF_NAME)
    matching_employers = (
        (audience, profiles[0][0].key, addresses[0][0].key)
        for audience, profiles, addresses in _namesakes(identities, owners, clusters, shared, contested)
        if len(profiles) == len(addresses) == 1 and _company_matches(profiles[0], addresses[0])
    )
    _join_for_all(clusters, _ONLY_TWO_OF_NAME, list(matching_employers))
    return clusters


def _audience(source: str, owners: Mapping[str, str], shared: AbstractSet[str]) -> str:
    return NETWORK_AUDIENCE if source in shared else owners[source]


def _pairs_of_one_row(
    identities: dict[str, Identity],
    owners: Mapping[str, str],
    shared: AbstractSet[str],
    contested: ContestedKeys,
) -> Iterator[_Pair]:
    """Each pair of keys that one row states together, after the row's audience: NETWORK_AUDIENCE or its owner.

    The network sees a row of a shared source only if the source names all of its sides to everybody: an address at a
    public mail domain stands in the private part.
    """
    named_for_all = {
        (source.removesuffix(PRIVATE_PART_SUFFIX), key)
        for key, identity in identities.items()
        for source in (*identity.listing_sources, *(fact.source for fact in identity.facts))
        if source in shared
    }
    for key, identity in identities.items():
        stated = {
            (other, audience)
            for fact in identity.facts
            if fact.keys
            for audience in [_audience(fact.source, owners, shared)]
            for other in fact.keys
            if other != key
            and (audience != NETWORK_AUDIENCE or (fact.shared_source, other) in named_for_all)
            and contested.allows_row(audience, fact, key, other)
        }
        for other, audience in sorted(stated):
            yield audience, key, other


def _delivered_tags(
    identities: dict[str, Identity], owners: Mapping[str, str], shared: AbstractSet[str]
) -> dict[str, list[_Pair]]:
    """By domain: each tagged address and its plain one, after those who see a member's own pair of that domain."""
    tagged = [(key, plain) for key in identities if (plain := untagged_key(key)) != key and plain in identities]
    audiences: dict[str, set[str]] = defaultdict(set)
    for key, plain in tagged:
        for fact in identities[key].facts:
            if fact.is_owner and plain in (fact.keys or ()):
                audiences[_domain(key)].add(_audience(fact.source, owners, shared))
    pairs: dict[str, list[_Pair]] = defaultdict(list)
    for key, plain in tagged:
        pairs[_domain(key)] += [(audience, key, plain) for audience in audiences[_domain(key)]]
    return {domain: tag_pairs for domain, tag_pairs in sorted(pairs.items()) if tag_pairs}


def _domain(key: str) -> str:
    return key.rpartition("@")[2]


def _join_for_all(clusters: Clusters, reason: str, pairs: Iterable[_Pair]) -> None:
    """Join the pairs that everybody sees."""
    for audience, first, second in sorted(pairs, key=lambda pair: pair[1:]):
        if audience == NETWORK_AUDIENCE:
            clusters.join(first, second, reason)


def _apply_decision(clusters: Clusters, decision: MemberDecision) -> None:
    if decision.is_same:
        keys = [*decision.first, *decision.second]
        for first, second in combinations(keys, 2):
            clusters.join(first, second, _MERGED_BY_MEMBER)
        return
    for first in decision.first:
        for second in decision.second:
            clusters.mark_distinct(first, second)


def compare_clusters(
    identities: dict[str, Identity],
    clusters: Clusters,
    sources: AbstractSet[str],
    contested: ContestedKeys = NOTHING_CONTESTED,
) -> list[Comparison]:
    """The pairs of clusters that may be one person, compared by the facts of these sources."""
    people = []
    for root, keys in clusters.keys_by_root().items():
        if all(identities[key].kind == HandleKind.NAME for key in keys):
            continue
        visible = [key for key in keys if any(fact.source in sources for fact in identities[key].facts)]
        facts = [fact for key in visible for fact in contested.own_facts(identities[key]) if fact.source in sources]
        if facts and (person := comparable_person(root, visible, facts)):
            people.append(person)
    return [
        comparison
        for comparison in compare_people(people)
        if not clusters.are_distinct(comparison.first.id, comparison.second.id)
    ]


def join_confident_pairs(
    comparisons: list[Comparison],
    clusters: Clusters,
    contacts: Mapping[str, AbstractSet[str]],
    member_keys: AbstractSet[str],
) -> None:
    """Join the pairs that `graph.people.matching` is confident about.

    `contacts` maps a key to the keys it exchanged with. `member_keys`, the members' own, are no contacts in common.
    """
    contacts_by_person = {
        person.id: {
            clusters.root(contact)
            for key in person.keys
            for contact in contacts.get(key, ())
            if contact in clusters and contact not in member_keys
        }
        - {person.id}
        for comparison in comparisons
        for person in (comparison.first, comparison.second)
    }
    for pair in pairs_to_join(score_pairs(comparisons, contacts_by_person)):
        clusters.join(pair.first, pair.second, pair.reasons)


def _bare_names(
    identities: dict[str, Identity],
    owners: Mapping[str, str],
    clusters: Clusters,
    shared: AbstractSet[str],
    contested: ContestedKeys,
    rows: Iterable[_Pair],
) -> Iterator[tuple[str, str]]:
    """Each bare name with the export's only connection of that name, or else with its only other person of it.

    A name in a shared part is judged by that part. For a private one, people whom a row of its owner states together
    count as one, and the name joins the first of them.
    """
    connections: dict[tuple[bool, str, str], set[str]] = defaultdict(set)
    identified: dict[tuple[bool, str, str], set[str]] = defaultdict(set)
    for key, identity in identities.items():
        for fact in identity.facts:
            if (
                fact.folded
                and identity.kind != HandleKind.NAME
                and contested.allows_row(_audience(fact.source, owners, shared), fact, key)
            ):
                for for_all in {False, fact.source in shared}:
                    identified[for_all, fact.shared_source, fact.folded].add(clusters.root(key))
                    if fact.source in identity.listing_sources:
                        connections[for_all, fact.shared_source, fact.folded].add(clusters.root(key))
    stated: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for audience, key, other in rows:
        if audience != NETWORK_AUDIENCE and key in clusters and other in clusters:
            stated[audience][clusters.root(key)].add(clusters.root(other))
    for key, identity in identities.items():
        if identity.kind == HandleKind.NAME:
            source, _, folded_name = key.partition(":")[2].partition("/")
            for_all = not shared.isdisjoint({*identity.listing_sources, *(fact.source for fact in identity.facts)})
            place = (for_all, source, folded_name)
            candidates = sorted(connections.get(place) or identified.get(place) or set(), key=key_rank)
            beside = stated[owners.get(source, "")].get(candidates[0], set()) if candidates and not for_all else set()
            if candidates and beside.issuperset(candidates[1:]):
                yield key, candidates[0]


def _namesakes(
    identities: dict[str, Identity],
    owners: Mapping[str, str],
    clusters: Clusters,
    shared: AbstractSet[str],
    contested: ContestedKeys,
) -> Iterator[tuple[str, list[ClusterView], list[ClusterView]]]:
    """For each audience and full name of several people: those with a LinkedIn profile, and those with addresses only.

    First, for NETWORK_AUDIENCE, what each owner shares; then, for each owner, all their sources and the shared ones.
    """
    members = clusters.keys_by_root()
    bearers: dict[tuple[bool, str, str], set[str]] = defaultdict(set)
    own_sources: dict[str, set[str]] = defaultdict(set)
    for source, owner in owners.items():
        own_sources[owner].add(source)
    for root, keys in members.items():
        for key in keys:
            for fact in identities[key].facts:
                if fact.folded and " " in fact.folded:
                    owner = owners[fact.source]
                    if fact.source in shared and contested.allows_row(NETWORK_AUDIENCE, fact, key):
                        bearers[False, owner, fact.folded].add(root)
                    if not own_sources[owner] <= shared and contested.allows_row(owner, fact, key):
                        bearers[True, owner, fact.folded].add(root)
    for (is_private, owner, _), roots in sorted(bearers.items()):
        if len(roots) > 1:
            sources = shared | own_sources[owner] if is_private else shared
            views = [
                _visible_part((identities[key] for key in members[root]), sources)
                for root in sorted(roots, key=key_rank)
            ]
            profiles = [view for view in views if any(i.kind == HandleKind.LINKEDIN for i in view)]
            addresses = [
                view for view in views if view not in profiles and any(i.kind == HandleKind.EMAIL for i in view)
            ]
            yield owner if is_private else NETWORK_AUDIENCE, profiles, addresses


def _visible_part(cluster: Iterable[Identity], sources: AbstractSet[str]) -> ClusterView:
    """The identities of a cluster about which these sources state something, with only those facts."""
    visible = (
        Identity(identity.key, [fact for fact in identity.facts if fact.source in sources], identity.listing_sources)
        for identity in cluster
    )
    return [identity for identity in visible if identity.facts]


def _company_matches(profile: ClusterView, address: ClusterView) -> bool:
    companies = {fact.company_key for identity in profile for fact in identity.facts if fact.company_key}
    domains = {domain for identity in address if (domain := work_domain(identity.key))}
    return any(company_owns_domain(company, domain) for company in companies for domain in domains)


def find_probable_duplicates(
    identities: dict[str, Identity],
    owners: Mapping[str, str],
    clusters: Clusters,
    person_by_key: Mapping[str, str],
    shared: AbstractSet[str],
    contested: ContestedKeys = NOTHING_CONTESTED,
) -> Iterator[dict[str, Any]]:
    """The pairs of people who probably are one, as rows `first`, `second`, `reason`, `audience` and `is_stated`.

    `is_stated`: a private row of the audience states the two together. Such a row exists beside one for the network.
    """
    audiences_by_pair: dict[tuple[str, str], set[str]] = defaultdict(set)
    for audience, profiles, addresses in _namesakes(identities, owners, clusters, shared, contested):
        if len(profiles) <= 1:
            keys = [view[0].key for view in profiles + addresses]
            for key, other in combinations(keys, 2):
                if not clusters.are_distinct(key, other):
                    audiences_by_pair[_roots(clusters, key, other)].add(audience)
    reasons = dict.fromkeys(audiences_by_pair, _SAME_NAME)
    for key, other, audience in _tagged_pairs(identities, owners, clusters, shared):
        pair = _roots(clusters, key, other)
        audiences_by_pair[pair].add(audience)
        reasons.setdefault(pair, _SAME_UNTAGGED)
    stated_by_pair: dict[tuple[str, str], set[str]] = defaultdict(set)
    for audience, key, other in _pairs_of_one_row(identities, owners, shared, contested):
        if audience != NETWORK_AUDIENCE and other in clusters and not clusters.are_distinct(key, other):
            stated_by_pair[_roots(clusters, key, other)].add(audience)
    for pair in sorted(audiences_by_pair.keys() | stated_by_pair.keys()):
        audiences, stated = audiences_by_pair.get(pair, set()), stated_by_pair.get(pair, set())
        row = {"first": person_by_key[pair[0]], "second": person_by_key[pair[1]]}
        if pair[0] != pair[1]:
            for audience in {NETWORK_AUDIENCE} if NETWORK_AUDIENCE in audiences else sorted(audiences - stated):
                yield row | {"reason": reasons[pair], "audience": audience, "is_stated": None}
            for audience in sorted(stated):
                yield row | {"reason": ONE_ROW, "audience": audience, "is_stated": True}


def _roots(clusters: Clusters, key: str, other: str) -> tuple[str, str]:
    """The roots of two keys in one order, which does not depend on the ids of people."""
    first, second = sorted((clusters.root(key), clusters.root(other)), key=key_rank)
    return first, second


def _tagged_pairs(
    identities: dict[str, Identity], owners: Mapping[str, str], clusters: Clusters, shared: AbstractSet[str]
) -> Iterator[tuple[str, str, str]]:
    """Each address with a tag and the address without it that are two people, with everybody who sees both."""
    for key, identity in identities.items():
        plain = untagged_key(key)
        if plain not in identities or clusters.root(key) == clusters.root(plain) or clusters.are_distinct(key, plain):
            continue
        first, second = (
            {_audience(fact.source, owners, shared) for fact in one.facts} for one in (identity, identities[plain])
        )
        for audience in {NETWORK_AUDIENCE, *owners.values()}:
            seen = {audience, NETWORK_AUDIENCE}
            if not first.isdisjoint(seen) and not second.isdisjoint(seen):
                yield key, plain, audience
