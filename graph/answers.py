"""The answers to "who can introduce me?": all of them expected outcomes, none of them an error."""

from dataclasses import dataclass, field
from enum import StrEnum

from graph.strength.model import model


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the viewer may see them. `id` is opaque. `shared`: no person, but a mailbox of several."""

    id: str
    name: str
    title: str | None = None
    company: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of one pair, in one direction: `counts` by channel, `first` and `last` day of contact.

    Days are counted from 1970-01-01. `until` is the day up to which anybody would have seen more. `said` is on which
    day the viewer last said what of it, by channel.
    """

    counts: dict[str, int] = field(default_factory=dict)
    first_day: int | None = None
    last_day: int | None = None
    coverage_until: int | None = None
    statements: dict[str, int] = field(default_factory=dict)

    @property
    def is_stated(self) -> bool:
        """Whether the viewer says that the one knows the other."""
        return not self.statements.keys().isdisjoint(model().stating)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a route needs: that `by` does something when `towards` asks. `odds` is 0 to 1.

    `out` is what `by` did towards `towards`, `back` the other way. Where it is `veiled`, the viewer may know how strong
    the tie is and no more: then `odds` are the least of their word.
    """

    from_person: Person
    to_person: Person
    strength: float
    outbound: Evidence
    inbound: Evidence
    label_only: bool = False

    @property
    def exact_strength(self) -> float | None:
        """The odds, where the viewer may know more than their word."""
        return None if self.label_only else self.strength


@dataclass(frozen=True, slots=True)
class Route:
    """One way to the target, through people who know each other.

    `people` runs from the one to ask to the target. `odds` is the product of `acts`, in their order: the introducers'
    acts from the asker outwards, then the last introducer's towards the target, then the target's answer; None where
    one of them is veiled. `apart` marks a fallback that shares no introducer with the best route.

    Where the one to ask is a colleague, that they act is taken for granted: `colleague` is what they are to the asker,
    by what was seen (odds 0 where they do not know them), and none of the `acts`.
    """

    people: tuple[Person, ...]
    steps: tuple[Step, ...]
    score: float | None
    shares_nobody: bool = False
    colleague: Step | None = None


@dataclass(frozen=True, slots=True)
class Introductions:
    """People to ask, best odds first: for each the best route through them."""

    target: Person
    routes: tuple[Route, ...]
    possible_duplicates: tuple[Person, ...] = ()
    """Others who are probably the same person as the target and were treated as one."""
    is_complete: bool = True
    """False where the search for routes was cut off for time: there may be better ones."""
    withheld_strength: float | None = None
    """Of the best way that leads through a colleague who has not agreed to be named: the least odds of its word."""


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """The target knows the asker: ask directly. Routes too where that tie is weak."""

    target: Person
    tie: Step
    routes: tuple[Route, ...] = ()
    possible_duplicates: tuple[Person, ...] = ()
    is_complete: bool = True
    withheld_strength: float | None = None


class Reason(StrEnum):
    """Why the one failing link of the nearest miss fails."""

    GONE_COLD = "GONE_COLD"
    ONE_SIDED = "ONE_SIDED"
    ONLY_STRANGERS = "ONLY_STRANGERS"
    NONE_SEEN = "NONE_SEEN"
    DO_NOT_ROUTE = "DO_NOT_ROUTE"


@dataclass(frozen=True, slots=True)
class NearestMiss:
    """The chain that came nearest: `people` from the asker to the target. `by` does not know `towards`."""

    people: tuple[Person, ...]
    from_person: Person
    to_person: Person
    outbound: Evidence
    inbound: Evidence


@dataclass(frozen=True, slots=True)
class PossibleConnector:
    """Somebody who knows the asker and works, or worked at the same time, where the target does. Never a route."""

    person: Person
    company: str
    title: str | None
    since: int | None
    until: int | None
    tie: Step


@dataclass(frozen=True, slots=True)
class Refusal:
    """No route: why, how near it came, what would mend it, and whom one might ask."""

    target: Person
    reason: Reason
    nearest_miss: NearestMiss | None
    suggestion: str
    possible_connectors: tuple[PossibleConnector, ...] = ()
    possible_duplicates: tuple[Person, ...] = ()
    searched_team: bool = False
    """Whether colleagues who share were looked at too."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several people a name may mean, told apart by company, last contact and source."""

    person: Person
    last_contact: int | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmbiguousTarget:
    """A name that means several people."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class UnknownTarget:
    """Nobody in view is meant by that. Leads where the question named a company. `why` is one plain sentence."""

    text: str
    message: str = ""
    possible_connectors: tuple[PossibleConnector, ...] = ()


Answer = Introductions | AlreadyKnown | Refusal | AmbiguousTarget | UnknownTarget
