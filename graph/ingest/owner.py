"""Whose export it is, and everything said of "the owner" put onto an identity of theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.errors import ExportOwnerUnknown, Remedy
from graph.ingest.collect import OWNER, Fact, Gathered
from graph.ingest.daily_evidence import Evidence, Pair
from graph.names.keys import identity_key
from graph.records import WORKSPACE, Handle, HandleKind

_SHARE = 0.6
_AHEAD = 2
_ENOUGH = 5
"""A mailbox's owner takes part in most of it, and twice as often as anybody else (a judgement)."""


@dataclass(frozen=True, slots=True)
class Own:
    """The owner's identities, the one that evidence hangs on first; `stated` are those that this export itself implies.

    What is only known of the member from elsewhere is not stated here, else it would outlive the source that said it.
    """

    keys: tuple[str, ...]
    stated: tuple[str, ...]


def own_keys(gathered: Gathered, *, known: Iterable[str], said: str | None) -> Own:
    """Who the owner is.

    Taken, in this order, from what the user said (an e-mail address), what the export says, what is known of the
    member already, and who takes part in nearly everything; with each come those that the export joins with it. Raises
    ExportOwnerUnknown where all are silent.
    """
    stated = list(gathered.owners)
    if said is not None:
        found = identity_key(Handle(HandleKind.EMAIL, said))
        if found is None:
            raise ExportOwnerUnknown("The address given for the owner is not an e-mail address.")
        stated.insert(0, found)
    exact = _joined(gathered, stated)
    here = _members_here(gathered, _joined(gathered, known))
    chosen = exact or here or _always_there(gathered) or stated
    if not chosen:
        raise ExportOwnerUnknown("This export does not name its owner.", remedy=Remedy.NAME_OWNER)
    order = tuple(dict.fromkeys(sorted(chosen, key=lambda k: not k.startswith(f"{HandleKind.LINKEDIN}:"))))
    if exact or not here:
        return Own(order, order)
    return Own(order, order[:1] if gathered.taking_part and not gathered.owners else ())


def _joined(gathered: Gathered, keys: Iterable[str]) -> list[str]:
    """Those that are no names, then what this export states to be the same people's."""
    exact = dict.fromkeys(k for k in keys if not _is_name(k))
    others = {k for fact in gathered.facts if not exact.keys().isdisjoint(fact.keys) for k in fact.keys}
    return [*exact, *sorted(others - exact.keys())]


def _members_here(gathered: Gathered, members: list[str]) -> list[str]:
    """The member's known identities that take part in this export; all of them where it has no addresses at all.

    And where it has the owner by name alone, as a chat does in which others stand by their numbers.
    """
    if not gathered.taking_part or gathered.owners:
        return members
    here = [k for k in members if k in gathered.taking_part]
    return sorted(here, key=lambda k: (-gathered.taking_part[k], k))


def _always_there(gathered: Gathered) -> list[str]:
    if gathered.owners:  # by name: whoever else is always there is somebody else
        return []
    ranked = gathered.taking_part.most_common(2)
    if not ranked or gathered.interactions < _ENOUGH or WORKSPACE in gathered.parts:
        return []
    (first, times), *others = ranked
    second = others[0][1] if others else 0
    if times >= _SHARE * gathered.interactions and times >= _AHEAD * second:
        return [first]
    return []


def settle(gathered: Gathered, own: Own, source: str) -> Gathered:
    """Put the owner's identity where the export says "the owner" or only their name; bare names become the source's."""
    names = {k for k in gathered.owners if _is_name(k)}
    renamed: dict[str, str] = {}

    def settled(identity: str) -> str:
        found = renamed.get(identity)
        if found is None:
            owners = identity == OWNER or (identity in names and not _is_name(own.keys[0]))
            found = own.keys[0] if owners else identity
            if _is_name(found):
                found = f"{HandleKind.NAME}:{source}/{found.partition(':')[2]}"
            renamed[identity] = found
        return found

    stated = tuple(settled(k) for k in own.stated)
    gathered.facts = {_moved(fact, settled) for fact in gathered.facts}
    gathered.facts |= {Fact(k, self=True, keys=tuple(sorted(stated))) for k in stated}
    moved: dict[str, tuple[int, int, str]] = {}
    for identity, best in gathered.named.items():
        there = settled(identity)
        moved[there] = max(best, moved.get(there, best))
    gathered.named = moved
    gathered.listed = {(part, settled(i)): day for (part, i), day in gathered.listed.items()}
    pairs: dict[Pair, Evidence] = {}
    for (by, towards, channel), evidence in gathered.pairs.items():
        pair = (settled(by), settled(towards), channel)
        if pair[0] != pair[1]:
            pairs[pair] = pairs[pair].joined(evidence) if pair in pairs else evidence
    gathered.pairs = pairs
    return gathered


def _is_name(identity: str) -> bool:
    return identity.startswith(f"{HandleKind.NAME}:")


def _moved(fact: Fact, settled: Callable[[str], str]) -> Fact:
    return Fact(
        identity=settled(fact.identity),
        part=fact.part,
        name=fact.name,
        title=fact.title,
        company=fact.company,
        since=fact.since,
        until=fact.until,
        self=fact.self,
        keys=tuple(sorted({settled(k) for k in fact.keys})),
        assists=settled(fact.assists) if fact.assists else None,
    )
