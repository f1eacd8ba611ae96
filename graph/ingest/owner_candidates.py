"""The people whom a collected load, or the user, names as the owner of an export, and who the member is so far."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum

import cypher
from graph.database.client import Graph
from graph.errors import ExportOwnerUnknown, Remedy
from graph.ingest.collect import OWNER_PLACEHOLDER
from graph.ingest.collected_load import CollectedLoad
from graph.names.keys import fold_name, identity_key, key_text
from graph.people.matching import may_be_one_person
from graph.records import Channel, Handle, HandleKind

_READ_MEMBER = cypher.load("ingest/read_member")

_CHAT_CHANNELS = frozenset([Channel.CHAT, Channel.THREAD])
_MOST_DESCRIBED = 5
_SLACK_USER = re.compile(r"T[A-Z0-9]+/[A-Z0-9]+")


class Verdict(Enum):
    """Whether a person is the member: shared identities or agreeing names, names that differ, or nothing to compare."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnownMember:
    """The identities and names of a member in the network.

    `own` are the identities that the member's own sources name as theirs. `identities` are all identities of the
    member's person that own sources name, and the confirmed one. `names` are the names that belong to any of them.
    """

    own: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known with which an owner can be compared."""
        return not (self.identities or self.names)

    @property
    def description(self) -> str:
        """The member's fullest name with an address, for messages to the member."""
        name = max(self.names, key=lambda one: (len(one.split()), one), default="")
        keys = sorted(self.identities, key=lambda key: (not key.startswith("email:"), key.startswith("name:"), key))
        text = key_text(keys[0]) if keys else ""
        return f"{name} ({text})" if name and text and text != name.casefold() else name or text

    def compare(self, keys: Collection[str], names: Iterable[str]) -> Verdict:
        """Whether a person with these identities and names is the member.

        A shared identity or an agreeing name proves it. Otherwise two full names that cannot be one person's disprove
        it. A name of one word, such as Office, disproves nothing.
        """
        if self.is_unknown or not set(self.identities).isdisjoint(keys):
            return Verdict.SAME
        return compare_names(names, self.names)


def compare_names(names: Iterable[str], others: Iterable[str]) -> Verdict:
    """Whether two people with these names are one. UNKNOWN unless both have a full name or the names agree."""
    pairs = [(name, other) for name in names for other in others]
    if any(may_be_one_person(*pair) for pair in pairs):
        return Verdict.SAME
    return Verdict.DIFFERENT if any(all(len(name.split()) > 1 for name in pair) for pair in pairs) else Verdict.UNKNOWN


async def read_member(graph: Graph, network: str, member: str) -> KnownMember:
    """Read what the network knows of a member. A member's display name counts if it has several words."""
    (row,) = await graph.run(_READ_MEMBER, network=network, member=member)
    display_names = [row["name"]] if " " in (row["name"] or "").strip() else []
    return KnownMember(
        own=tuple(row["own"]), identities=tuple(row["identities"]), names=(*row["names"], *display_names)
    )


@dataclass(frozen=True, slots=True)
class OwnerCandidate:
    """A person who may own an export: all their identities in it, and the names that it gives them."""

    keys: frozenset[str]
    names: frozenset[str]

    def together_with(self, other: "OwnerCandidate") -> "OwnerCandidate":
        """The two as one person."""
        return OwnerCandidate(self.keys | other.keys, self.names | other.names)


@dataclass(slots=True)
class OwnerCandidates:
    """The people in a load, as far as they may be its owner. Computes only what is asked for."""

    load: CollectedLoad
    _names: dict[str, set[str]] | None = field(default=None)

    def person(self, keys: Iterable[str]) -> OwnerCandidate:
        """The person with these identities."""
        known = frozenset(keys)
        return OwnerCandidate(known, frozenset(name for key in known for name in self._names_by_key().get(key, ())))

    def stated(self) -> list[OwnerCandidate]:
        """The owners that the export states: identities of one row or of one name are one person."""
        groups: list[tuple[set[str], set[str]]] = []
        names = self._names_by_key()
        rows = self._rows(self.load.owner_keys)
        for key in self.load.owner_keys:
            keys = {key} | rows.get(key, set()) & {*self.load.owner_keys}
            folded = {fold_name(name) for one in keys for name in names.get(one, ())}
            for group in [group for group in groups if group[0] & keys or group[1] & folded]:
                groups.remove(group)
                keys, folded = keys | group[0], folded | group[1]
            groups.append((keys, folded))
        return [self.person(keys) for keys, _ in groups]

    def claimed(self, text: str) -> OwnerCandidate:
        """The person whom the user names as the owner, by address, number, user id or name.

        Raises ExportOwnerUnknown if nobody in the export is that person. An address needs not occur in an export that
        has no addresses, and nobody needs to occur in a list of contacts.
        """
        key = _exact_key(text)
        mentioned = self._mentioned_keys()
        if key is not None:
            if key in mentioned or not self._can_show(key):
                return self.person([key])
        else:
            called = {one for one in mentioned if self.is_called([one], text, exactly=True)}
            called |= {one for one in mentioned if one.casefold().endswith(f"/{text.strip().casefold()}")}
            people = {frozenset({one} | self._rows([one]).get(one, set())) for one in called}
            if len(people) == 1:
                return self.person(called)
            if len(people) > 1:
                described = ", ".join(sorted(map(key_text, called))[:_MOST_DESCRIBED])
                raise ExportOwnerUnknown(
                    f"Several people in this export are called {text}: {described}. Name one of these."
                )
            bare_name = identity_key(Handle(HandleKind.NAME, text))
            if bare_name and (not self.load.interactions or OWNER_PLACEHOLDER in self._acting_keys()):
                return OwnerCandidate(frozenset([bare_name]), frozenset([text]))
        raise ExportOwnerUnknown(f"Nobody in this export is {text}.{self._likely_owners()}")

    def agree(self, one: OwnerCandidate, other: OwnerCandidate, member: KnownMember) -> Verdict:
        """Whether two candidates are one person: both are the member, or they have agreeing names."""
        if one.keys & other.keys:
            return Verdict.SAME
        if not member.is_unknown:
            verdicts = {member.compare(person.keys, person.names) for person in (one, other)}
            if Verdict.UNKNOWN not in verdicts:
                return Verdict.SAME if verdicts == {Verdict.SAME} else Verdict.DIFFERENT
        verdict = compare_names(one.names, other.names)
        if verdict is not Verdict.UNKNOWN:
            return verdict
        # two addresses without names: the one that the user gives is not the one that the export states
        kinds = [{key.partition(":")[0] for key in person.keys if not is_name(key)} for person in (one, other)]
        return Verdict.DIFFERENT if kinds[0] & kinds[1] else Verdict.UNKNOWN

    def is_called(self, keys: Collection[str], text: str, *, exactly: bool = False) -> bool:
        """Whether a person with these identities has this name, address or number; `exactly`: in the same spelling."""
        key = _exact_key(text)
        if key is not None:
            return key in keys or not self._can_show(key)
        names = self.person(keys).names
        if exactly:
            return fold_name(text) in {fold_name(name) for name in names}
        return not names or any(may_be_one_person(text, name) for name in names)

    def joined_keys(self, keys: Collection[str]) -> AbstractSet[str]:
        """The identities that rows of the export state together with these."""
        exact = {key for key in keys if not is_name(key)}
        joined = {key for row in self._rows(exact).values() for key in row if not is_name(key)}
        return joined - exact

    def participations(self, candidate: OwnerCandidate) -> int:
        """The number of interactions that this person took part in."""
        return sum(self.load.participations[key] for key in candidate.keys)

    @property
    def is_chat_of_names(self) -> bool:
        """Whether the load contains chats only, of people who have bare names only, without a sign of the owner."""
        acting = self._acting_keys()
        return (
            bool(acting)
            and OWNER_PLACEHOLDER not in acting
            and all(channel in _CHAT_CHANNELS for _, _, channel in self.load.evidence)
            and all(map(is_name, acting))
        )

    def has_part(self, keys: Iterable[str]) -> bool:
        """Whether one of these identities takes part in an interaction."""
        return not self._acting_keys().isdisjoint(keys)

    def names_equal_to(self, names: Iterable[str]) -> frozenset[str]:
        """The bare name of an interaction that equals a full name among these; empty if there is not exactly one."""
        folded = {folded for name in names if " " in (folded := fold_name(name))}
        equal = {key for key in self._acting_keys() if is_name(key) and key.partition(":")[2] in folded}
        return frozenset(equal) if len(equal) == 1 else frozenset()

    def name_of(self, keys: Collection[str]) -> str | None:
        """The fullest name of a person with these identities."""
        return max(self.person(keys).names, key=_fullness, default=None)

    def describe(self, keys: Collection[str]) -> str:
        """The name of a person with an address or number, for messages to the user."""
        exact = sorted((key for key in keys if not is_name(key)), key=lambda key: (not key.startswith("email:"), key))
        name = self.name_of(keys) or ("" if exact else next((key_text(key) for key in sorted(keys)), ""))
        address = key_text(exact[0]) if exact else ""
        return f"{name} ({address})" if name and address else name or address

    def unknown_owner(self) -> ExportOwnerUnknown:
        """The error of an export whose owner nothing shows."""
        return ExportOwnerUnknown(
            f"This export does not name its owner.{self._likely_owners()}", remedy=Remedy.NAME_OWNER
        )

    def _likely_owners(self) -> str:
        """A sentence that names the owners that the export states, or else those who take part most."""
        if self.load.owner_keys:
            return f" Its owner is {', '.join(self.describe(one.keys) for one in self.stated())}."
        keys = [key for key, _ in self.load.participations.most_common()]
        keys = keys or sorted(key for key in self._acting_keys() if key != OWNER_PLACEHOLDER)
        described = [self.describe([key]) for key in keys[:_MOST_DESCRIBED]]
        more = f" and {len(keys) - len(described):,} more" if len(keys) > len(described) else ""
        return f" It contains {', '.join(described)}{more}." if described else ""

    def _can_show(self, key: str) -> bool:
        """Whether the owner must occur under an identity of this kind, if at all."""
        kind = key.partition(":")[0]
        if self.load.owner_keys:
            return any(one.startswith(f"{kind}:") for one in self.load.owner_keys)
        acting = self._acting_keys()
        return OWNER_PLACEHOLDER not in acting and any(one.startswith(f"{kind}:") for one in acting)

    def _acting_keys(self) -> AbstractSet[str]:
        return {key for by, towards, _ in self.load.evidence for key in (by, towards)} | self.load.participations.keys()

    def _mentioned_keys(self) -> AbstractSet[str]:
        mentioned = {fact.identity for fact in self.load.facts} | self.load.names.keys() | {*self.load.owner_keys}
        return (mentioned | self._acting_keys()) - {OWNER_PLACEHOLDER}

    def _rows(self, keys: Iterable[str]) -> dict[str, set[str]]:
        """For each of these keys those that a row states together with it."""
        wanted = {*keys}
        rows: dict[str, set[str]] = defaultdict(set)
        for fact in self.load.facts:
            if len(fact.keys) > 1:
                for key in wanted.intersection(fact.keys):
                    rows[key].update(fact.keys)
        return rows

    def _names_by_key(self) -> dict[str, set[str]]:
        if self._names is None:
            names: dict[str, set[str]] = defaultdict(set)
            for key, name in self._all_names():
                names[key].add(name)
            for key in filter(is_name, self.load.owner_keys):
                names[key] = names[key] or {key_text(key)}
            self._names = names
        return self._names

    def _all_names(self) -> Iterator[tuple[str, str]]:
        yield from ((fact.identity, fact.name) for fact in self.load.facts if fact.name)
        yield from ((key, text) for key, (_, _, text) in self.load.names.items() if text)


def is_name(key: str) -> bool:
    """Whether an identity is a bare name."""
    return key.startswith(f"{HandleKind.NAME}:")


def _fullness(name: str) -> tuple[int, bool, str]:
    return len(name.split()), not name.islower(), name


def _exact_key(text: str) -> str | None:
    """The identity that a text names exactly, None if it is a name."""
    kind = HandleKind.NAME
    if _SLACK_USER.fullmatch(text.strip()):
        kind = HandleKind.SLACK
    elif "linkedin.com/" in text.casefold():
        kind = HandleKind.LINKEDIN
    elif "@" in text:
        kind = HandleKind.EMAIL
    elif text.strip().startswith("+"):
        kind = HandleKind.PHONE
    return None if kind is HandleKind.NAME else identity_key(Handle(kind, text))
