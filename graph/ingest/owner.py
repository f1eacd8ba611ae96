"""Determines whose export a load is, and assigns everything about "the owner" to one of the owner's identities."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from graph.errors import ExportOwnerUnknown, PermissionDenied, Remedy
from graph.ingest.collect import OWNER_PLACEHOLDER, CollectedLoad, Fact
from graph.ingest.daily_evidence import DailyEvidence, EvidencePair
from graph.names.keys import identity_key
from graph.records import WORKSPACE, Handle, HandleKind

_MIN_SHARE = 0.6
_MIN_LEAD = 2
_MIN_INTERACTIONS = 5
"""A mailbox's owner takes part in 60 % of it, and twice as often as anybody else (a judgement)."""


@dataclass(frozen=True, slots=True)
class OwnerIdentities:
    """The owner's identities; evidence is stored on the first. `stated` are those that this export itself implies.

    Identities that only other sources give the member are not in `stated`; otherwise they would outlive those sources.
    """

    keys: tuple[str, ...]
    stated: tuple[str, ...]


_OF_A_COLLEAGUE = (
    "This export belongs to another member of the network. Load exports of your own only. If the address is yours, ask "
    "an owner for an invitation that confirms it."
)


def find_owner(
    load: CollectedLoad,
    *,
    known: Iterable[str],
    stated_owner: str | None,
    colleagues: AbstractSet[str] = frozenset(),
) -> OwnerIdentities:
    """Determine the owner of an export.

    The first of these that gives an identity decides: the user (`stated_owner`, an e-mail address) and the export, the
    member's `known` identities, the identity that takes part in nearly everything. Identities that the export states
    together with it are added. Identities in `colleagues` belong to other members: they are not added, and an export of
    theirs is refused.

    Raises ExportOwnerUnknown if none decides, PermissionDenied if a colleague is the owner.
    """
    stated = list(load.owner_keys)
    if stated_owner is not None:
        key = identity_key(Handle(HandleKind.EMAIL, stated_owner))
        if key is None:
            raise ExportOwnerUnknown("The address given for the owner is not an e-mail address.")
        stated.insert(0, key)
    own = [key for key in known if key not in colleagues]
    exact = _with_joined_keys(load, stated, colleagues)
    present = _present_keys(load, _with_joined_keys(load, own, colleagues))
    chosen = exact or present or _most_frequent_key(load) or stated
    if not colleagues.isdisjoint(chosen):
        raise PermissionDenied(_OF_A_COLLEAGUE)
    if not chosen:
        raise ExportOwnerUnknown("This export does not name its owner.", remedy=Remedy.NAME_OWNER)
    keys = tuple(dict.fromkeys(sorted(chosen, key=lambda key: not key.startswith(f"{HandleKind.LINKEDIN}:"))))
    if exact or not present:
        return OwnerIdentities(keys, keys)
    return OwnerIdentities(keys, keys[:1] if load.participations and not load.owner_keys else ())


def _with_joined_keys(load: CollectedLoad, keys: Iterable[str], colleagues: AbstractSet[str]) -> list[str]:
    """The keys that are not bare names, and the keys that this export states together with them.

    Without those of colleagues: a card can state any address beside the owner's.
    """
    exact = dict.fromkeys(key for key in keys if not _is_name(key))
    joined = {key for fact in load.facts if not exact.keys().isdisjoint(fact.keys) for key in fact.keys}
    return [*exact, *sorted(joined - exact.keys() - colleagues)]


def _present_keys(load: CollectedLoad, known: list[str]) -> list[str]:
    """The member's known identities that take part in this export, the most frequent first.

    All of them if the export has no addresses, or names its owner only by name, as a chat does that has phone numbers
    for the others only.
    """
    if not load.participations or load.owner_keys:
        return known
    present = [key for key in known if key in load.participations]
    return sorted(present, key=lambda key: (-load.participations[key], key))


def _most_frequent_key(load: CollectedLoad) -> list[str]:
    """The identity that takes part in nearly all interactions, or nothing."""
    if load.owner_keys:  # the export gives the owner's name, so a frequent identity is another person's
        return []
    ranked = load.participations.most_common(2)
    if not ranked or load.interactions < _MIN_INTERACTIONS or WORKSPACE in load.parts:
        return []
    (key, count), *others = ranked
    second_count = others[0][1] if others else 0
    if count >= _MIN_SHARE * load.interactions and count >= _MIN_LEAD * second_count:
        return [key]
    return []


def assign_owner(load: CollectedLoad, owner: OwnerIdentities, source: str) -> CollectedLoad:
    """Replace the owner's placeholder and name by their identity, and add the source to keys of bare names.

    Changes `load` in place and returns it.
    """
    owner_names = {key for key in load.owner_keys if _is_name(key)}
    final_keys: dict[str, str] = {}

    def final_key(identity: str) -> str:
        key = final_keys.get(identity)
        if key is None:
            is_owner = identity == OWNER_PLACEHOLDER or (identity in owner_names and not _is_name(owner.keys[0]))
            key = owner.keys[0] if is_owner else identity
            if _is_name(key):
                key = f"{HandleKind.NAME}:{source}/{key.partition(':')[2]}"
            final_keys[identity] = key
        return key

    stated = tuple(final_key(key) for key in owner.stated)
    load.facts = {_with_final_keys(fact, final_key) for fact in load.facts}
    load.facts |= {Fact(key, is_owner=True, keys=tuple(sorted(stated))) for key in stated}
    names: dict[str, tuple[int, int, str]] = {}
    for identity, name in load.names.items():
        key = final_key(identity)
        names[key] = max(name, names.get(key, name))
    load.names = names
    load.list_entries = {(part, final_key(identity)): day for (part, identity), day in load.list_entries.items()}
    evidence: dict[EvidencePair, DailyEvidence] = {}
    for (by, towards, channel), days in load.evidence.items():
        pair = (final_key(by), final_key(towards), channel)
        if pair[0] != pair[1]:
            evidence[pair] = evidence[pair].merged(days) if pair in evidence else days
    load.evidence = evidence
    return load


def _is_name(identity: str) -> bool:
    return identity.startswith(f"{HandleKind.NAME}:")


def _with_final_keys(fact: Fact, final_key: Callable[[str], str]) -> Fact:
    return Fact(
        identity=final_key(fact.identity),
        part=fact.part,
        name=fact.name,
        title=fact.title,
        company=fact.company,
        since=fact.since,
        until=fact.until,
        is_owner=fact.is_owner,
        keys=tuple(sorted({final_key(key) for key in fact.keys})),
        principal=final_key(fact.principal) if fact.principal else None,
    )
