"""Who a member is so far, and whether the owner of an export can be the same person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

import cypher
from graph.database.client import Graph
from graph.names.keys import key_text
from graph.people.matching import may_be_one_person

_READ_MEMBER = cypher.load("ingest/read_member")


class Verdict(Enum):
    """Whether a person is the member: shared identities or agreeing names, names that differ, or nothing to compare."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnownMember:
    """What a network knows of a member.

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
