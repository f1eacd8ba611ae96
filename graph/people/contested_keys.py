"""Addresses and numbers that several people share: a switchboard, a fax, office@, a family's address.

A key is contested if sources give it full names that cannot be one person's. It joins nobody, except rows of the person
to whom it belongs: the member who states it as their own, the only person who writes from it, or the only one after
whom the address is named. All sources that an audience sees decide together, so the order of loads does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from graph.people.clusters import Identity, StoredFact
from graph.people.matching import are_two_people, name_words_in
from graph.records import HandleKind
from graph.viewer import NETWORK_AUDIENCE

_PREFIXES = (f"{HandleKind.EMAIL}:", f"{HandleKind.PHONE}:")


@dataclass(frozen=True, slots=True)
class ContestedKeys:
    """The contested keys of each audience: NETWORK_AUDIENCE, or a member who has private sources.

    The value of a key are the names of the person to whom it belongs; empty if it belongs to nobody.
    """

    by_audience: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    _all_keys: frozenset[str] = frozenset()

    def keys(self, audience: str) -> AbstractSet[str]:
        """The contested keys that belong to nobody, as far as this audience sees."""
        return {key for key, names in self.by_audience.get(audience, {}).items() if not names}

    def allows_row(self, audience: str, fact: StoredFact, *keys: str) -> bool:
        """Whether a row may join these keys: those that are contested must belong to the person of the row."""
        if self._all_keys.isdisjoint(keys):
            return True
        contested = self.by_audience.get(audience, {})
        holders = [contested[key] for key in keys if key in contested]
        return all(names and not _names_another(fact, names) for names in holders)

    def own_facts(self, identity: Identity) -> list[StoredFact]:
        """The facts about an identity without those that name a person to whom a contested key does not belong."""
        if identity.key not in self._all_keys:
            return identity.facts
        names = self.by_audience.get(NETWORK_AUDIENCE, {}).get(identity.key)
        return [fact for fact in identity.facts if not _names_another(fact, names)] if names else identity.facts


NOTHING_CONTESTED = ContestedKeys()


def find_contested_keys(
    identities: Mapping[str, Identity], owners: Mapping[str, str], shared: AbstractSet[str]
) -> ContestedKeys:
    """Find the contested keys of each audience. `owners` maps sources to members, `shared` are shared sources."""
    sources: dict[str, set[str]] = defaultdict(set)
    for source, member in owners.items():
        if source not in shared:
            sources[member].add(source)
    audiences = {NETWORK_AUDIENCE: set(shared)} | {member: {*shared, *own} for member, own in sources.items()}
    keys_by_audience: dict[str, dict[str, frozenset[str]]] = {audience: {} for audience in audiences}
    for key, identity in identities.items():
        if key.startswith(_PREFIXES) and len(_full_names(identity.facts)) > 1:
            for audience, visible in audiences.items():
                facts = [fact for fact in identity.facts if fact.source in visible]
                groups = _people(_full_names(facts))
                if len(groups) > 1:
                    keys_by_audience[audience][key] = _holder(key, facts, groups)
    return ContestedKeys(keys_by_audience, frozenset(key for keys in keys_by_audience.values() for key in keys))


def _full_names(facts: Iterable[StoredFact]) -> set[str]:
    names = {fact.folded for fact in facts if fact.folded and " " in fact.folded}
    return names.union(*(fact.sender_names for fact in facts if fact.sender_names))


def _people(names: AbstractSet[str]) -> list[set[str]]:
    """The names in groups that may each be one person's. Names of different groups cannot be."""
    groups: list[set[str]] = []
    for name in sorted(names):
        alike = [group for group in groups if not all(are_two_people(name, other) for other in group)]
        for group in alike:
            groups.remove(group)
        groups.append({name}.union(*alike))
    return groups


def _holder(key: str, facts: list[StoredFact], groups: list[set[str]]) -> frozenset[str]:
    """The names of the person to whom a contested key belongs; empty if that is nobody."""
    stating = {fact.source for fact in facts if fact.is_owner}
    own = _full_names(fact for fact in facts if fact.source in stating)
    if stating:
        holders = [group for group in groups if group & own]
        return frozenset(holders[0] if len(holders) == 1 else own or set().union(*groups))
    writers = set().union(*(fact.sender_names for fact in facts if fact.sender_names))
    holders = [group for group in groups if group & writers]
    if len(holders) == 1:
        return frozenset(holders[0])
    if key.startswith(f"{HandleKind.EMAIL}:") and not holders:
        mailbox = key.partition(":")[2].rpartition("@")[0]
        words = [name_words_in(mailbox, group) for group in groups]
        named = [
            group
            for number, group in enumerate(groups)
            if words[number].difference(*(words[:number] + words[number + 1 :]))
        ]
        if len(named) == 1:
            return frozenset(named[0])
    return frozenset()


def _names_another(fact: StoredFact, names: AbstractSet[str]) -> bool:
    return bool(fact.folded and " " in fact.folded) and all(are_two_people(fact.folded or "", name) for name in names)
