"""Finds the member to whom an identity belongs. Two members of a network are two people, whatever their exports state.

An identity belongs to the member for whom it was confirmed: by a sign-in, by the member who invited them, or by a link
that was sent to it. Otherwise it belongs to the member whose own sources name it as theirs. If those are several, the
one who joined first counts. An identity whose holder proved it and objected belongs to no member for whom it was not
confirmed.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from graph.people.clusters import Identity


def assign_contested_identities(
    identities: Mapping[str, Identity],
    owners: Mapping[str, str],
    members: Sequence[str],
    confirmed: Mapping[str, Sequence[str]],
    objected: AbstractSet[str] = frozenset(),
) -> dict[str, str]:
    """The member of each identity that belongs to one. Removes other members' claims from the facts.

    `members` are the current members, the first to join first. `owners` maps sources to members, `confirmed` maps
    members to the identities that were confirmed for them. `objected` are identities that their holders proved.
    Claims of departed members stay: they are no other person.
    """
    ranks = {member: rank for rank, member in enumerate(members)}
    member_by_key = {key: member for member in reversed(members) for key in confirmed.get(member, ())}
    for key, identity in identities.items():
        claimants = {owners[fact.source] for fact in identity.facts if fact.is_owner} & ranks.keys()
        if not claimants:
            continue
        owner = member_by_key.get(key)
        if owner is None and key not in objected:
            owner = member_by_key.setdefault(key, min(claimants, key=ranks.__getitem__))
        if others := claimants - {owner}:
            identity.facts = [
                fact._replace(is_owner=None) if owners[fact.source] in others else fact for fact in identity.facts
            ]
    return member_by_key
