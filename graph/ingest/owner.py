"""Determines whose export a load is, and assigns everything about "the owner" to one of the owner's identities.

An export of another person is never merged into the member: `graph.ingest.owner_candidates` compares the two. Such an
export can be loaded as personal data of that person (`find_other_owner`).
"""

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from graph.errors import ExportOfAnotherPerson, ExportOwnerUnknown, PermissionDenied, Remedy
from graph.ingest.collect import OWNER_PLACEHOLDER
from graph.ingest.collected_load import CollectedLoad, Fact
from graph.ingest.daily_evidence import DailyEvidence, EvidencePair
from graph.ingest.owner_candidates import KnownMember, OwnerCandidate, OwnerCandidates, Verdict, is_name
from graph.records import WORKSPACE, HandleKind, ReadingNote

_MIN_SHARE = 0.6
_MIN_LEAD = 2
_MIN_INTERACTIONS = 5
"""A mailbox's owner takes part in 60 % of it, and twice as often as anybody else (a judgement)."""


@dataclass(frozen=True, slots=True)
class OwnerIdentities:
    """The owner's identities; evidence is stored on the first. `stated` are those that this export itself implies.

    Identities that only other sources give the member are not in `stated`; otherwise they would outlive those sources.
    `names` are keys of bare names that mean the owner here. `profiles` are the owner's profiles of any time, whose
    evidence is stored on the first of `keys`. `other_person` is the owner's name if that is not the
    member.
    """

    keys: tuple[str, ...]
    stated: tuple[str, ...]
    names: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    other_person: str | None = None


_OF_A_COLLEAGUE = (
    "This export belongs to another member of the network. Load exports of your own only. If the address is yours, ask "
    "an owner for an invitation that confirms it."
)


def find_owner(
    load: CollectedLoad,
    *,
    member: KnownMember,
    stated_owner: str | None,
    colleagues: AbstractSet[str] = frozenset(),
) -> OwnerIdentities:
    """Determine the identities of the member in an export of theirs.

    The first of these that gives an identity decides: the user (`stated_owner`: an address, a number or a name) and the
    export, the member's identities, the identity that takes part in nearly everything. Identities that the export
    states together with it are added. Identities in `colleagues` belong to other members and are not added.

    Raises ExportOfAnotherPerson if the owner is not the member, ExportOwnerUnknown if that cannot be decided or if
    nobody in the export is `stated_owner`, PermissionDenied if a colleague is the owner. Where the export names the
    member and other people as owners, the others are left out with a note.
    """
    candidates = OwnerCandidates(load)
    claimed = candidates.claimed(stated_owner) if stated_owner else None
    mine, others = _choose(candidates, member, claimed, colleagues)
    if others:
        for other in others:
            text = f"{candidates.describe(other.keys)} is named as an owner too, and is not taken for you."
            load.notes[ReadingNote("", text)] = None
    exact = [key for key in mine if not is_name(key)]
    exact += sorted(candidates.joined_keys(exact) - colleagues)
    names = frozenset(key for key in mine if is_name(key))
    known = [key for key in member.identities if key not in colleagues]
    known += sorted(candidates.joined_keys(known) - colleagues)
    present = _present_keys(load, known, has_owner=bool(mine))
    if candidates.is_chat_of_names and not candidates.has_part([*mine, *known]):
        names = candidates.names_equal_to(member.names)
        if not names:
            raise candidates.unknown_owner()
    chosen = exact or present or _most_frequent_key(candidates, member, has_owner=bool(mine)) or sorted(names)
    if not colleagues.isdisjoint(chosen):
        raise PermissionDenied(_OF_A_COLLEAGUE)
    if not chosen:
        raise candidates.unknown_owner()
    keys = tuple(dict.fromkeys(sorted(chosen, key=lambda key: not _is_profile(key))))
    stated = keys
    if present and not exact:
        stated = keys[:1] if load.participations and not mine else ()
    profiles = [key for key in (*sorted(member.own), *keys) if _is_profile(key)]
    if _is_profile(keys[0]):  # evidence stays on the first profile, although LinkedIn's address of it may change
        keys = tuple(dict.fromkeys((profiles[0], *keys)))
    return OwnerIdentities(keys, stated, names, frozenset(profiles))


def find_other_owner(
    load: CollectedLoad, *, member: KnownMember, name: str, colleagues: AbstractSet[str] = frozenset()
) -> OwnerIdentities:
    """Determine the identities of a person other than the member whose export this is. `name` is what the user says.

    Raises ExportOfAnotherPerson if the export states somebody else, ExportOwnerUnknown if nobody in it is that person,
    PermissionDenied if they are a member of the network, who can load the export themselves.
    """
    candidates = OwnerCandidates(load)
    stated = candidates.stated()
    matching = [one for one in stated if candidates.is_called(one.keys, name)]
    if stated and not matching:
        raise ExportOfAnotherPerson(
            f"This export belongs to {candidates.describe(stated[0].keys)}, not to {name}.", remedy=Remedy.NAME_OTHER
        )
    keys = [key for one in matching for key in one.keys] or list(candidates.claimed(name).keys)
    exact = [key for key in keys if not is_name(key)]
    exact += sorted(candidates.joined_keys(exact) - {*exact})
    if not colleagues.isdisjoint(exact):
        raise PermissionDenied("This export belongs to another member of the network. They can load it themselves.")
    if not set(member.identities).isdisjoint(exact):
        raise ExportOfAnotherPerson("This export is your own. Load it as yours.")
    names = frozenset(key for key in keys if is_name(key))
    other = candidates.name_of(keys) or name
    return OwnerIdentities(tuple(exact or sorted(names)), (), names, other_person=other)


def _choose(
    candidates: OwnerCandidates, member: KnownMember, claimed: OwnerCandidate | None, colleagues: AbstractSet[str]
) -> tuple[list[str], list[OwnerCandidate]]:
    """The keys of the owners that the export and the user state and that are the member, and the owners that are not.

    `claimed` is the user's statement. It must agree with what the export states.
    """
    people = candidates.stated()
    if claimed and people and not any(claimed.keys & one.keys for one in people):
        verdicts = [candidates.agree(claimed, one, member) for one in people]
        if Verdict.DIFFERENT in verdicts and Verdict.SAME not in verdicts:
            other = people[verdicts.index(Verdict.DIFFERENT)]
            owner, user = candidates.describe(other.keys), candidates.describe(claimed.keys)
            raise ExportOfAnotherPerson(f"This export belongs to {owner}, not to {user}.", remedy=Remedy.LOAD_AS_OTHER)
        people = [claimed.together_with(people[0])] if verdicts == [Verdict.UNKNOWN] else [claimed, *people]
    elif claimed and not people:
        people = [claimed]
    if not people:
        return [], []
    if member.is_unknown:  # the first export: the owner's own identities decide who the member is
        first = next((one for one in people if claimed and claimed.keys & one.keys), None)
        first = first or max(people, key=lambda one: (candidates.participations(one), bool(one.names)))
        member = replace(member, identities=tuple(first.keys), names=tuple(first.names))
    verdicts = [member.compare(one.keys, one.names) for one in people]
    mine = [one for one, verdict in zip(people, verdicts, strict=True) if verdict is Verdict.SAME]
    others = [one for one, verdict in zip(people, verdicts, strict=True) if verdict is Verdict.DIFFERENT]
    unclear = [one for one, verdict in zip(people, verdicts, strict=True) if verdict is Verdict.UNKNOWN]
    if any(claimed and claimed.keys & one.keys for one in unclear) or mine or (not others and not member.own):
        mine, unclear = [*mine, *unclear], []
    if claimed and others and any(claimed.keys & one.keys for one in others):
        mine = []
    if not mine:
        if not any(colleagues.isdisjoint(one.keys) for one in (*others, *unclear)):
            raise PermissionDenied(_OF_A_COLLEAGUE)
        raise _another_person(candidates, member, [*others, *unclear][0], is_certain=bool(others))
    return list(dict.fromkeys(key for one in mine for key in sorted(one.keys))), others


def _another_person(
    candidates: OwnerCandidates, member: KnownMember, other: OwnerCandidate, *, is_certain: bool
) -> ExportOfAnotherPerson | ExportOwnerUnknown:
    owner, known = candidates.describe(other.keys), member.description
    if is_certain:
        return ExportOfAnotherPerson(
            f"This export belongs to {owner}, and you are {known}.", remedy=Remedy.LOAD_AS_OTHER
        )
    return ExportOwnerUnknown(
        f"This export belongs to {owner}. Tertius cannot tell whether that is you, {known}.",
        remedy=Remedy.NAME_OWNER_OR_OTHER,
    )


def _present_keys(load: CollectedLoad, known: list[str], *, has_owner: bool) -> list[str]:
    """The member's known identities that take part in this export, the most frequent first.

    All of them if the export has no addresses, or names its owner only by name, as a chat does that has phone numbers
    for the others only.
    """
    if not load.participations or has_owner:
        return known
    present = [key for key in known if key in load.participations]
    return sorted(present, key=lambda key: (-load.participations[key], key))


def _most_frequent_key(candidates: OwnerCandidates, member: KnownMember, *, has_owner: bool) -> list[str]:
    """The identity that takes part in nearly all interactions, or nothing. Raises if it is not the member."""
    load = candidates.load
    if has_owner:  # the export gives the owner's name, so a frequent identity is another person's
        return []
    ranked = load.participations.most_common(2)
    if not ranked or load.interactions < _MIN_INTERACTIONS or WORKSPACE in load.parts:
        return []
    (key, count), *others = ranked
    second_count = others[0][1] if others else 0
    if count < _MIN_SHARE * load.interactions or count < _MIN_LEAD * second_count:
        return []
    person = candidates.person([key])
    verdict = member.compare(person.keys, person.names)
    if verdict is Verdict.DIFFERENT or (verdict is Verdict.UNKNOWN and member.own):
        raise _another_person(candidates, member, person, is_certain=verdict is Verdict.DIFFERENT)
    return [key]


def assign_owner(load: CollectedLoad, owner: OwnerIdentities, source: str) -> CollectedLoad:
    """Replace the owner's placeholder and name by their identity, and add the source to keys of bare names.

    Only `owner.stated` are marked as the member's own. Changes `load` in place and returns it.
    """
    final_keys: dict[str, str] = {}

    def final_key(identity: str) -> str:
        key = final_keys.get(identity)
        if key is None:
            is_owner = identity == OWNER_PLACEHOLDER or (identity in owner.names and not is_name(owner.keys[0]))
            key = owner.keys[0] if is_owner else identity
            if is_name(key):
                key = f"{HandleKind.NAME}:{source}/{key.partition(':')[2]}"
            final_keys[identity] = key
        return key

    stated = tuple(final_key(key) for key in owner.stated)
    own = set(map(final_key, owner.keys)) if owner.other_person is None else set()
    load.facts = {_with_final_keys(fact, final_key, own) for fact in load.facts}
    load.facts |= {Fact(key, is_owner=True, keys=tuple(sorted(stated))) for key in stated}
    names: dict[str, tuple[int, int, str]] = {}
    for identity, name in load.names.items():
        key = final_key(identity)
        names[key] = max(name, names.get(key, name))
    load.names = names
    load.list_entries = {(part, final_key(identity)): day for (part, identity), day in load.list_entries.items()}
    evidence: dict[EvidencePair, DailyEvidence] = {}
    final_keys.update(dict.fromkeys(owner.profiles, owner.keys[0]))
    for (by, towards, channel), days in load.evidence.items():
        pair = (final_key(by), final_key(towards), channel)
        if pair[0] != pair[1]:
            evidence[pair] = evidence[pair].merged(days) if pair in evidence else days
    load.evidence = evidence
    return load


def drop_member_ties(load: CollectedLoad, owner: OwnerIdentities, source: str, member: KnownMember) -> CollectedLoad:
    """Drop the rows of another person's export that would give the member a connection, group, invitation or tie.

    `load` has its owner assigned. Changes it in place and returns it.
    """
    key = owner.keys[0]
    if is_name(key):
        key = f"{HandleKind.NAME}:{source}/{key.partition(':')[2]}"
    load.facts = {fact for fact in load.facts if fact.is_sent_invitation is None and fact.group is None}
    load.facts.add(Fact(key, name=owner.other_person, keys=(key,)))
    load.list_entries, load.connections = {}, 0
    own = {*member.identities}
    load.evidence = {pair: days for pair, days in load.evidence.items() if own.isdisjoint(pair[:2])}
    return load


def _is_profile(key: str) -> bool:
    return key.startswith(f"{HandleKind.LINKEDIN}:")


def _with_final_keys(fact: Fact, final_key: Callable[[str], str], own: Collection[str]) -> Fact:
    identity = final_key(fact.identity)
    return replace(
        fact,
        identity=identity,
        is_owner=fact.is_owner and identity in own,
        keys=tuple(sorted({final_key(key) for key in fact.keys})),
        principal=final_key(fact.principal) if fact.principal else None,
    )
