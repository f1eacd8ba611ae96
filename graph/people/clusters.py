"""Identities with the facts that sources state about them, in clusters that are one human being each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from graph.networks.sources import PRIVATE_PART_SUFFIX
from graph.records import HandleKind

_KIND_RANKS = {kind.value: position for position, kind in enumerate(HandleKind)}


class StoredFact(NamedTuple):
    """One NAMES relationship, as `people/read_facts` returns it. A tuple, because there are as many as identities."""

    source: str
    name: str | None
    folded: str | None
    title: str | None
    company: str | None
    company_key: str | None
    since: int | None
    until: int | None
    seen: int | None
    gone: int | None
    part: str
    is_owner: bool | None
    keys: list[str] | None
    sender_names: list[str] | None = None
    is_list: bool | None = None

    @property
    def shared_source(self) -> str:
        """The source's id, also where the fact is stored on the source's private part."""
        return self.source.removesuffix(PRIVATE_PART_SUFFIX)


@dataclass(slots=True)
class Identity:
    """An identity with all facts about it, and the sources that list it now."""

    key: str
    facts: list[StoredFact]
    listing_sources: list[str]

    @property
    def kind(self) -> str:
        """The kind of its key: a value of HandleKind."""
        return self.key.partition(":")[0]


class Clusters:
    """Disjoint sets of identities, with the reason for which each identity joined. Distinct identities never join.

    Identities in `alone` join nothing and are distinct from everything. `members` maps identities to the member they
    belong to: those of two members are distinct.
    """

    def __init__(
        self,
        keys: Iterable[str],
        alone: AbstractSet[str] = frozenset(),
        members: Mapping[str, str] | None = None,
    ) -> None:
        self._parent = {key: key for key in keys}
        self._alone = alone
        self._members = dict(members or {})
        self._distinct: dict[str, set[str]] = defaultdict(set)
        self.reasons: dict[str, str] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._parent

    def root(self, key: str) -> str:
        """The key that stands for the cluster of `key`: its first by `key_rank`."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, key: str, other: str, reason: str) -> None:
        """Join the clusters of two keys, unless they are distinct."""
        if key not in self._parent or other not in self._parent:
            return
        first, second = sorted((self.root(key), self.root(other)), key=key_rank)
        if first != second and not self._cannot_join(first, second):
            self._parent[second] = first
            if second in self._members:
                self._members[first] = self._members[second]
            for root in self._distinct.pop(second, ()):
                self._distinct[root].discard(second)
                self._set_distinct(first, root)
            for joined in (key, other):
                self.reasons.setdefault(joined, reason)

    def mark_distinct(self, key: str, other: str) -> None:
        """Prevent later joins of two clusters. No effect if they are one already."""
        if key in self._parent and other in self._parent and self.root(key) != self.root(other):
            self._set_distinct(self.root(key), self.root(other))

    def are_distinct(self, key: str, other: str) -> bool:
        """Whether `mark_distinct`, `alone` or `members` prevents a join of the two."""
        return self._cannot_join(self.root(key), self.root(other))

    def isolate(self, keys: Iterable[str]) -> None:
        """Prevent later joins of these identities. No effect on those that were joined already."""
        sizes = Counter(map(self.root, self._parent))
        self._alone = self._alone | {key for key in keys if key in self._parent and sizes[self.root(key)] == 1}

    def _cannot_join(self, first: str, second: str) -> bool:
        """Whether two clusters, given by their roots, may not become one."""
        if first in self._alone or second in self._alone or second in self._distinct[first]:
            return True
        member, other_member = self._members.get(first), self._members.get(second)
        return member is not None and other_member is not None and member != other_member

    def _set_distinct(self, first: str, second: str) -> None:
        self._distinct[first].add(second)
        self._distinct[second].add(first)

    def keys_by_root(self) -> dict[str, list[str]]:
        """The keys of each cluster by its root, all in the order of `key_rank`."""
        clusters: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._parent, key=key_rank):
            clusters[self.root(key)].append(key)
        return clusters


def key_rank(key: str) -> tuple[int, str]:
    """Sort key of identities: a person's id derives from the first. Profiles precede addresses; bare names are last."""
    return _KIND_RANKS[key.partition(":")[0]], key
