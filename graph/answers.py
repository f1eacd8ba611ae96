"""Types of the answer to "who can introduce me?". Every type is an expected outcome; none is an error."""

from dataclasses import dataclass, field
from enum import StrEnum

from graph.days import date_of
from graph.records import UnreachableReason
from graph.strength.model import model

MIN_SCORE = 0.05
"""Default of the setting TERTIUS_LIMITS__MIN_ROUTE_SCORE."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the viewer may see them.

    `id` is opaque. `shared` is True for a shared mailbox such as info@, which is not a person.
    """

    id: str
    name: str
    title: str | None = None
    company: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Interactions of one ordered pair of people, summed over the sources that the viewer may see.

    Days are counted from 1970-01-01. `counts` holds the number of interactions by channel. `coverage_until` is the last
    day that any source of the pair covers. `statements` holds, by channel, the day of the viewer's latest statement.
    """

    counts: dict[str, int] = field(default_factory=dict)
    first_day: int | None = None
    last_day: int | None = None
    coverage_until: int | None = None
    statements: dict[str, int] = field(default_factory=dict)

    @property
    def is_stated(self) -> bool:
        """Whether the viewer stated that the first person knows the second."""
        return not self.statements.keys().isdisjoint(model().stating)

    @property
    def is_only_stated(self) -> bool:
        """Whether the viewer's statements are all that shows that the first person knows the second."""
        return self.is_stated and self.counts.keys() <= model().statement_lasts.keys()


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Why a person cannot be reached: mail to them was returned, or their account was closed, last seen on a day."""

    person_id: str
    reason: UnreachableReason
    day: int

    def describe(self, name: str) -> str:
        """Return the reason as a sentence."""
        date = date_of(self.day)
        day = f"{date.day} {date:%b %Y}"
        if self.reason is UnreachableReason.MAIL_RETURNED:
            return f"Mail to {name} was returned on {day}."
        return f"{name}'s account was closed on {day}."


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a route: `to_person` asks, and `from_person` responds.

    `strength` is the probability of that response, 0 to 1. `outbound` are the interactions of `from_person` towards
    `to_person`; `inbound` are those in the other direction. With `label_only` the viewer may see the label of the
    strength and no number or evidence: `strength` is then the lower bound of the label. No route uses an
    `is_asleep` tie: there was no contact for over 18 months (`is_silent`), or one of the two cannot be reached
    (`is_unreachable`). `unreachable` is the evidence for the latter, None where it was not read.
    """

    from_person: Person
    to_person: Person
    strength: float
    outbound: Evidence
    inbound: Evidence
    label_only: bool = False
    is_asleep: bool = False
    is_unreachable: bool = False
    unreachable: Unreachable | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the tie is asleep for lack of contact only."""
        return self.is_asleep and not self.is_unreachable

    @property
    def exact_strength(self) -> float | None:
        """The strength; None where the viewer may see only its label."""
        return None if self.label_only else self.strength


@dataclass(frozen=True, slots=True)
class RouteStamp:
    """Whether the first introducer of a route takes requests, and the viewer's earlier requests to them.

    `takes_requests_from` is the beginning of the day from which an introducer who takes no requests now does again,
    None without an end.
    `asked_at` and `declined_at` are of the viewer's own requests for the target. `asked_by_colleague`: another member
    has an open request to the introducer for the target. Times are in milliseconds since 1970.
    """

    takes_requests: bool = True
    takes_requests_from: int | None = None
    asked_at: int | None = None
    declined_at: int | None = None
    asked_by_colleague: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A path to the target through people who know each other.

    `people` runs from the first introducer to the target. `steps` are, in order: each introducer responds to the person
    who asks them, the last introducer contacts the target, the target responds. `score` is the product of their
    strengths, 0 to 1; None where a step has `label_only`. `shares_nobody` marks a route without an introducer of the
    best route.

    Where the first introducer is a colleague of a team, their response is policy and no step. `colleague` is then their
    tie to the asker (strength 0 where they have none).

    `dominated` counts the routes that lead over one more person to the first introducer and then along this route, with
    no better score; None where they are not counted.
    """

    people: tuple[Person, ...]
    steps: tuple[Step, ...]
    score: float | None
    shares_nobody: bool = False
    colleague: Step | None = None
    stamp: RouteStamp | None = None
    dominated: int | None = None

    @property
    def weakest_step(self) -> Step:
        """The step with the lowest strength."""
        return min(self.steps, key=lambda step: step.strength)


@dataclass(frozen=True, slots=True)
class AsleepIntroducer:
    """A person through whom a route would lead, if `tie` were not asleep.

    `tie.unreachable` is why somebody cannot be reached; None if the tie is asleep for lack of contact.
    """

    person: Person
    tie: Step


@dataclass(frozen=True, slots=True)
class LowScoreRoutes:
    """Found routes with a score below `min_score`: an answer counts them and does not list them."""

    count: int = 0
    min_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Introductions:
    """Routes to the target, best score first: for each first introducer the best route through them."""

    target: Person
    routes: tuple[Route, ...]
    possible_duplicates: tuple[Person, ...] = ()
    """Other records that are probably the same person as the target. The search treated them as one person."""
    is_complete: bool = True
    """False where the search ran out of time: better routes may exist."""
    withheld_strength: float | None = None
    """Lower bound of the strength label of the best route through a colleague who has not consented to be named."""
    low_score_routes: LowScoreRoutes = LowScoreRoutes()
    asleep_introducers: tuple[AsleepIntroducer, ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """The target knows the asker, who can ask directly.

    `routes` is filled only where that tie is weak or only stated. Every step of them is stronger than the tie.
    """

    target: Person
    tie: Step
    routes: tuple[Route, ...] = ()
    possible_duplicates: tuple[Person, ...] = ()
    is_complete: bool = True
    withheld_strength: float | None = None
    low_score_routes: LowScoreRoutes = LowScoreRoutes()
    asleep_introducers: tuple[AsleepIntroducer, ...] = ()


class Reason(StrEnum):
    """Why the failing link of the nearest miss is no tie. SCORES_TOO_LOW: it is the weakest step of the best route."""

    GONE_COLD = "GONE_COLD"
    ONE_SIDED = "ONE_SIDED"
    ONLY_STRANGERS = "ONLY_STRANGERS"
    NONE_SEEN = "NONE_SEEN"
    DO_NOT_ROUTE = "DO_NOT_ROUTE"
    SCORES_TOO_LOW = "SCORES_TOO_LOW"


@dataclass(frozen=True, slots=True)
class NearestMiss:
    """The chain that came nearest to a route.

    `people` runs from the asker to the target. The chain fails because `from_person` does not know `to_person`, or
    hardly (SCORES_TOO_LOW). `unreachable` is set if one of the two cannot be reached.
    """

    people: tuple[Person, ...]
    from_person: Person
    to_person: Person
    outbound: Evidence
    inbound: Evidence
    unreachable: Unreachable | None = None


@dataclass(frozen=True, slots=True)
class PossibleConnector:
    """A person who knows the asker and works where the target works, or worked there at the same time.

    A possible connector may know the target and is never part of a route. `since` and `until` are days of the job,
    None where the viewer may not see them.
    """

    person: Person
    company: str
    title: str | None
    since: int | None
    until: int | None
    is_current: bool
    tie: Step


@dataclass(frozen=True, slots=True)
class Refusal:
    """No route can be listed: the reason, the nearest miss, what would open a route, and possible connectors."""

    target: Person
    reason: Reason
    nearest_miss: NearestMiss | None
    suggestion: str
    possible_connectors: tuple[PossibleConnector, ...] = ()
    possible_duplicates: tuple[Person, ...] = ()
    searched_team: bool = False
    """Whether the search also started at colleagues who share sources."""
    low_score_routes: LowScoreRoutes = LowScoreRoutes()
    asleep_introducers: tuple[AsleepIntroducer, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several people whom a name matches, with what distinguishes them."""

    person: Person
    last_contact: int | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmbiguousTarget:
    """A name that matches several people: two or more."""

    candidates: tuple[Candidate, ...]


YOURSELF_MESSAGE = "That is you: ask for somebody else."
NO_NAME_MESSAGE = "No person in your sources has this name."


@dataclass(frozen=True, slots=True)
class UnknownTarget:
    """No person in view matches `text`. `message` is one sentence for the user.

    `possible_connectors` is filled where the question named a company. `only_candidate` is the only person of
    the name that was asked for, who is not at the company that was asked for. `similar_people` have a similar name
    where nobody has the name. `name` is that name, without the company.
    """

    text: str
    message: str = ""
    possible_connectors: tuple[PossibleConnector, ...] = ()
    only_candidate: Candidate | None = None
    similar_people: tuple[Person, ...] = ()
    name: str = field(default="", compare=False)


class AddressProof(StrEnum):
    """Why a proof confirms no address."""

    INVALID_LINK = "invalid link"
    OF_ANOTHER_MEMBER = "of another member"


Answer = Introductions | AlreadyKnown | Refusal | AmbiguousTarget | UnknownTarget
