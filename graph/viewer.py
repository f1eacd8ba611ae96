"""Who is asking, and what they may see. Made from a token or the laptop's own account, never from an argument."""

from dataclasses import dataclass, replace
from typing import Self

EVERYBODY = "network"
"""The audience of a tie that the whole network may walk."""


def aside(audience: str) -> str:
    """The audience of a tie that those of another would walk, had nobody asked not to be routed through it."""
    return f"{audience} aside"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of one network at one moment.

    `person_id` is the member's own person, None until a source says who they are. `audiences` are the values
    of KNOWS.audience they may walk: the network's and their own. `sources` are the ids of the complete sources
    in view; of those that are `veiled` the viewer is told how strong ties are, and nothing that was seen. `as_of` is
    the network's day, counted from 1970-01-01 as everywhere in the graph.

    `colleagues` are the persons of the other members who share something, at whom a team's routes may start;
    `discreet` those of them who have not agreed to be named yet. `passed_over` are not to be asked to introduce,
    and to the `objected` nobody is to be led.
    """

    network: str
    member: str
    person_id: str | None
    audiences: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: int
    veiled: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    discreet: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    objected: tuple[str, ...] = ()

    @property
    def never(self) -> tuple[str, ...]:
        """Who is no introducer of theirs, to anybody."""
        return (self.person_id or "", *self.discreet, *self.passed_over)

    @property
    def circle(self) -> tuple[str, ...]:
        """The audiences of what they are told of who is probably the same as whom."""
        return (EVERYBODY, self.member)

    @property
    def cleared(self) -> tuple[str, ...]:
        """The sources whose numbers, days and channels they may see."""
        return tuple(source for source in self.sources if source not in self.veiled)

    @property
    def told(self) -> tuple[str, ...]:
        """The audiences of the ties they are told of: those they may walk, and those they asked not to be led over."""
        return (*self.audiences, aside(self.member)) if self.audiences else ()

    def on(self, day: int) -> Self:
        """The same member on another day: ties as derived, which are of the network's day, are not theirs to walk."""
        return replace(self, audiences=(), as_of=day)
