"""Which identities are one person: what members decided, what sources state, and what can hardly be otherwise.

Joined are, each with its reason kept on the OF relationship: a member's own identities; what a member says is the same;
identities that one row states together; a bare name with the only connection (else the only profile) of that name in
the same archive; where one owner's sources hold exactly one LinkedIn person and exactly one mail person of a full name,
these two if the company fits the address's domain; and pairs of whom graph.same is sure. What a member says is not the
same is never joined, whatever says otherwise. Other pairs of a LinkedIn or mail person of one name are PROBABLY the
same, unless two LinkedIn profiles bear it: then nobody can tell which is meant
(docs/decisions/0006-people-from-identities.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from graph.names.keys import company_owns_domain, work_domain
from graph.people.clusters import Groups, Identity, rank
from graph.people.matching import Case, human, judge, near, sure
from graph.records import HandleKind
from graph.viewer import NETWORK_AUDIENCE

OWN = "the member's own"
SAID = "a member says so"
TOGETHER = "one row states both"
ONLY_ONE = "the only one of that name in the archive"
SAME_NAME = "the only two of that name, and the company fits the address"
PROBABLE = "of one name"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a member says of two lots of identities: all are one human being, or no two across the lots are."""

    same: bool
    one: list[str]
    other: list[str]


def joined(
    identities: dict[str, Identity],
    owners: Mapping[str, str],
    decided: Iterable[Decided],
    shared: AbstractSet[str],
) -> Groups:
    """All that needs no judgement. `decided` comes newest first, and the newer wins; `identities` come in order.

    What sources say that are not `shared` joins nothing of which somebody else sees both.
    """
    views = {
        key: {NETWORK_AUDIENCE if s.source in shared else owners[s.source] for s in one.said}
        for key, one in identities.items()
    }
    groups = Groups(identities, views)
    own: dict[str, list[str]] = defaultdict(list)
    for key, identity in identities.items():
        for said in identity.said:
            if said.own:
                own[owners[said.source]].append(key)
    for keys in own.values():
        for key in keys[1:]:
            groups.join(keys[0], key, OWN)
    for one in decided:
        _decide(groups, one)
    _join_all(groups, TOGETHER, _stated(identities, owners, shared))
    for name, connection in _only_ones(identities, groups):
        groups.join(name, connection, ONLY_ONE)
    fitting = [
        (whose, profiles[0][0].key, mails[0][0].key)
        for whose, profiles, mails in _namesakes(identities, owners, groups, shared)
        if len(profiles) == len(mails) == 1 and _company_fits(profiles[0], mails[0])
    ]
    _join_all(groups, SAME_NAME, fitting)
    return groups


def _stated(
    identities: dict[str, Identity], owners: Mapping[str, str], shared: AbstractSet[str]
) -> Iterator[tuple[str, str, str]]:
    """Each two that one row states together, with who sees the row: NETWORK_AUDIENCE or its owner."""
    for key, identity in identities.items():
        stated = {
            (other, NETWORK_AUDIENCE if s.source in shared else owners[s.source])
            for s in identity.said
            for other in s.keys or ()
        }
        for other, whose in sorted(stated):
            yield whose, key, other


def _join_all(groups: Groups, because: str, pairs: Iterable[tuple[str, str, str]]) -> None:
    """Join what everybody sees, then what only some do, each with all of those."""
    some: dict[tuple[str, str], set[str]] = defaultdict(set)
    for whose, one, other in sorted(pairs, key=lambda pair: pair[1:]):
        if whose == NETWORK_AUDIENCE:
            groups.join(one, other, because)
        else:
            some[one, other].add(whose)
    for (one, other), by in some.items():
        groups.join(one, other, because, by=by)


def _decide(groups: Groups, decided: Decided) -> None:
    if decided.same:
        keys = [*decided.one, *decided.other]
        for one, other in combinations(keys, 2):
            groups.join(one, other, SAID)
        return
    for one in decided.one:
        for other in decided.other:
            groups.part(one, other)


def comparable(identities: dict[str, Identity], groups: Groups, sources: AbstractSet[str]) -> list[Case]:
    """The pairs of people that graph.same may judge, by what these sources say, as groups stand."""
    humans = []
    for root, keys in groups.members().items():
        if all(identities[key].kind == HandleKind.NAME for key in keys):
            continue
        seen = [key for key in keys if any(s.source in sources for s in identities[key].said)]
        said = [s for key in seen for s in identities[key].said if s.source in sources]
        if said and (one := human(root, seen, said)):
            humans.append(one)
    return [case for case in near(humans) if not groups.apart(case.one.id, case.other.id)]


def join_sure(
    cases: list[Case],
    groups: Groups,
    contacts: Mapping[str, AbstractSet[str]],
    own: AbstractSet[str],
) -> None:
    """Join those of whom graph.same is sure. `contacts` holds keys by key, `own` those of members."""
    met = {
        one.id: {groups.root(key) for k in one.keys for key in contacts.get(k, ()) if key in groups and key not in own}
        - {one.id}
        for case in cases
        for one in (case.one, case.other)
    }
    for pair in sure(judge(cases, met)):
        groups.join(pair.one, pair.other, pair.because)


def _only_ones(identities: dict[str, Identity], groups: Groups) -> Iterator[tuple[str, str]]:
    """Each bare name with the one it can only be: the archive's only connection of that name, else its only profile."""
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    exact: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, identity in identities.items():
        for said in identity.said:
            if said.folded and identity.kind != HandleKind.NAME:
                exact[said.archive, said.folded].add(groups.root(key))
                if said.source in identity.listed:
                    listed[said.archive, said.folded].add(groups.root(key))
    for key, identity in identities.items():
        if identity.kind == HandleKind.NAME:
            source, _, folded = key.partition(":")[2].partition("/")
            found = listed.get((source, folded)) or exact.get((source, folded)) or set()
            if len(found) == 1:
                yield key, next(iter(found))


Group = list[Identity]


def _namesakes(
    identities: dict[str, Identity], owners: Mapping[str, str], groups: Groups, shared: AbstractSet[str]
) -> Iterator[tuple[str, list[Group], list[Group]]]:
    """For each owner and full name that several bear: those with a LinkedIn profile, and those with addresses only.

    First as NETWORK_AUDIENCE sees what the owner shares, then as the owner sees all of theirs, with nothing out of that
    view.
    """
    members = groups.members()
    bearers: dict[tuple[bool, str, str], set[str]] = defaultdict(set)
    own: dict[str, set[str]] = defaultdict(set)
    for source, owner in owners.items():
        own[owner].add(source)
    for root, keys in members.items():
        for key in keys:
            for said in identities[key].said:
                if said.folded and " " in said.folded:
                    owner = owners[said.source]
                    if said.source in shared:
                        bearers[False, owner, said.folded].add(root)
                    if not own[owner] <= shared:
                        bearers[True, owner, said.folded].add(root)
    for (private, owner, _), roots in sorted(bearers.items()):
        if len(roots) > 1:
            seen = shared | own[owner] if private else shared
            found = [_as_seen((identities[key] for key in members[root]), seen) for root in sorted(roots, key=rank)]
            profiles = [g for g in found if any(i.kind == HandleKind.LINKEDIN for i in g)]
            mails = [g for g in found if g not in profiles and any(i.kind == HandleKind.EMAIL for i in g)]
            yield owner if private else NETWORK_AUDIENCE, profiles, mails


def _as_seen(group: Iterable[Identity], sources: AbstractSet[str]) -> Group:
    """What these sources say of a group, and of which of its identities."""
    seen = (Identity(one.key, [s for s in one.said if s.source in sources], one.listed) for one in group)
    return [one for one in seen if one.said]


def _company_fits(profile: Group, mail: Group) -> bool:
    companies = {s.company_key for i in profile for s in i.said if s.company_key}
    domains = {domain for i in mail if (domain := work_domain(i.key))}
    return any(company_owns_domain(company, domain) for company in companies for domain in domains)


def probably(
    identities: dict[str, Identity],
    owners: Mapping[str, str],
    groups: Groups,
    of: Mapping[str, str],
    shared: AbstractSet[str],
) -> Iterator[dict[str, str]]:
    """Who is probably the same as whom, by the ids of people that `of` gives to keys, and for which audience."""
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for whose, profiles, mails in _namesakes(identities, owners, groups, shared):
        if len(profiles) <= 1:
            found = [group[0].key for group in profiles + mails]
            for one, other in combinations(found, 2):
                if not groups.apart(one, other):
                    pairs[min(of[one], of[other]), max(of[one], of[other])].add(whose)
    for (one, other), audiences in sorted(pairs.items()):
        for audience in {NETWORK_AUDIENCE} if NETWORK_AUDIENCE in audiences else sorted(audiences):
            yield {"one": one, "other": other, "because": PROBABLE, "audience": audience}
