"""Identities with what is said of them, in groups that are one human being each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from graph.networks.sources import KEPT
from graph.records import HandleKind
from graph.viewer import NETWORK_AUDIENCE

_RANK = {kind.value: place for place, kind in enumerate(HandleKind)}


class Said(NamedTuple):
    """One NAMES relationship, as people_facts returns it. A tuple, since there are as many as identities."""

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
    own: bool | None
    keys: list[str] | None
    wrote_as: list[str] | None = None

    @property
    def archive(self) -> str:
        """The source, whether it says so on the half that is shared or on the one that its owner keeps."""
        return self.source.removesuffix(KEPT)


@dataclass(slots=True)
class Identity:
    """An identity with all that is said of it, and the sources that list it now."""

    key: str
    said: list[Said]
    listed: list[str]

    @property
    def kind(self) -> str:
        """What the key is: email, linkedin, name."""
        return self.key.partition(":")[0]


class Groups:
    """Disjoint sets of identities, with the reason why each identity joined. What is held apart never joins.

    `views` has who may see an identity, members or NETWORK_AUDIENCE: what only some say joins no two groups that others
    see.
    """

    def __init__(self, keys: Iterable[str], views: Mapping[str, AbstractSet[str]] | None = None) -> None:
        self._parent = {key: key for key in keys}
        self._views = dict(views or {})
        self._apart: dict[str, set[str]] = defaultdict(set)
        self.because: dict[str, str] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._parent

    def root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: str, other: str, because: str, *, by: AbstractSet[str] | None = None) -> None:
        """Join two, for the reason that is given. `by` are the members who alone say so."""
        if one not in self._parent or other not in self._parent:
            return
        first, second = sorted((self.root(one), self.root(other)), key=rank)
        if first == second or (by is not None and self._both(first, second) - by):
            return
        if second not in self._apart[first]:
            self._parent[second] = first
            self._views[first] = self._views.get(first, set()) | self._views.get(second, set())
            for held in self._apart.pop(second, ()):
                self._apart[held].discard(second)
                self._hold(first, held)
            for key in (one, other):
                self.because.setdefault(key, because)

    def _both(self, one: str, other: str) -> AbstractSet[str]:
        """Who sees something of either."""
        first, second = self._views.get(one, set()), self._views.get(other, set())
        if NETWORK_AUDIENCE in first:
            return second | first if NETWORK_AUDIENCE in second else second
        return first if NETWORK_AUDIENCE in second else first & second

    def part(self, one: str, other: str) -> None:
        """Hold two apart from now on, unless they are one already."""
        if one in self._parent and other in self._parent and self.root(one) != self.root(other):
            self._hold(self.root(one), self.root(other))

    def apart(self, one: str, other: str) -> bool:
        """Whether two are held apart."""
        return self.root(other) in self._apart[self.root(one)]

    def _hold(self, one: str, other: str) -> None:
        self._apart[one].add(other)
        self._apart[other].add(one)

    def members(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._parent, key=rank):
            groups[self.root(key)].append(key)
        return groups


def rank(key: str) -> tuple[int, str]:
    """The order in which identities lend a person their id: a profile before an address, and a bare name last."""
    return _RANK[key.partition(":")[0]], key
