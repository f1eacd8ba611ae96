"""A plan for a list of targets: whom to ask for each of them, what each introducer carries, and who stays uncovered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod

from graph.answers import Person, Route
from graph.insights.planning.assignment import assign_targets
from graph.introductions.target_answer import TargetAnswer, TargetOutcome

MAX_PLANNED_TARGETS = 200
"""Maximum number of targets of a plan: each target with a route takes a search of its own."""
MAX_REQUESTS_EACH = 20
"""Largest number of requests that a plan may give to one introducer."""


class PlanCoverage(StrEnum):
    """The result of the plan for a target."""

    ASSIGNED = "assigned"
    KNOWN = "known"
    """The target knows the viewer: no introducer is needed."""
    INTRODUCERS_FULL = "introducers_full"
    """Each introducer with a route to the target has as many requests as they take."""
    ALREADY_ASKED = "already_asked"
    """The viewer already asked each introducer with a route to the target."""
    NEEDS_CONSENT = "needs_consent"
    """The only routes lead through a colleague who has not consented to be named."""
    NO_ROUTE = "no_route"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    REPEATED = "repeated"
    """The target of an earlier row."""
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class PlannedTarget:
    """One row of the list. `route` is that of the introducer to ask, where the row is ASSIGNED."""

    answer: TargetAnswer
    coverage: PlanCoverage
    route: Route | None = None

    @property
    def chance(self) -> float:
        """The probability that the introduction succeeds, 0 where the row is not ASSIGNED."""
        return route_chance(self.route) if self.route else 0.0


@dataclass(frozen=True, slots=True)
class IntroducerLoad:
    """The targets to ask one introducer for, the best score first."""

    introducer: Person
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class NewTie:
    """A person whose tie to the viewer would open routes to `targets`, which have none."""

    person: Person
    targets: tuple[Person, ...]
    is_connection: bool
    """Whether the viewer lists the person as a connection."""


@dataclass(frozen=True, slots=True)
class IntroductionPlan:
    """The plan. `targets` has the rows of the list in their order.

    `expected` is the sum of the scores: the number of introductions to expect. `new_ties` are the ties that would open
    most of the targets without a route, the most targets first.
    """

    targets: tuple[PlannedTarget, ...]
    loads: tuple[IntroducerLoad, ...]
    expected: float
    new_ties: tuple[NewTie, ...] = ()


_COVERAGE_BY_OUTCOME = {
    TargetOutcome.KNOWN: PlanCoverage.KNOWN,
    TargetOutcome.REFUSED: PlanCoverage.NO_ROUTE,
    TargetOutcome.AMBIGUOUS: PlanCoverage.AMBIGUOUS,
    TargetOutcome.UNKNOWN: PlanCoverage.UNKNOWN,
    TargetOutcome.TIMEOUT: PlanCoverage.TIMEOUT,
}


def route_chance(route: Route) -> float:
    """The score of a route; the product of the lower bounds of its labels where the viewer may not see numbers."""
    return route.score if route.score is not None else prod(step.strength for step in route.steps)


def plan_introductions(
    answers: Sequence[TargetAnswer],
    routes: Mapping[str, Sequence[Route]],
    capacities: Mapping[str, int],
    asked: Collection[tuple[str, str]],
) -> IntroductionPlan:
    """Assign the targets of the answered list.

    `routes` are those to each target without a tie, by the target's id; a target without an entry was not searched in
    time. `capacities` is the number of requests by introducer. `asked` are the pairs (target, introducer) of the
    viewer's earlier requests, which are not used again.
    """
    usable = {
        (target, route.people[0].id): route
        for target, some in routes.items()
        for route in some
        if (target, route.people[0].id) not in asked
    }
    scores = {pair: route_chance(route) for pair, route in usable.items()}
    chosen = {pair[0]: usable[pair] for pair in assign_targets(scores, capacities).items()}
    planned: list[PlannedTarget] = []
    earlier: set[str] = set()
    for answer in answers:
        id = answer.target.id if answer.target else ""
        if id and id in earlier:
            planned.append(PlannedTarget(answer, PlanCoverage.REPEATED))
            continue
        earlier.add(id)
        coverage = _coverage(answer, id, routes, usable, chosen)
        planned.append(PlannedTarget(answer, coverage, chosen.get(id) if coverage is PlanCoverage.ASSIGNED else None))
    return IntroductionPlan(tuple(planned), _loads(planned), sum(one.chance for one in planned))


def _coverage(
    answer: TargetAnswer,
    id: str,
    routes: Mapping[str, Sequence[Route]],
    usable: Mapping[tuple[str, str], Route],
    chosen: Mapping[str, Route],
) -> PlanCoverage:
    if answer.standing is not TargetOutcome.ROUTE:
        return _COVERAGE_BY_OUTCOME[answer.standing]
    if id in chosen:
        return PlanCoverage.ASSIGNED
    if id not in routes:
        return PlanCoverage.TIMEOUT
    if not routes[id]:
        return PlanCoverage.NEEDS_CONSENT
    if any(target == id for target, _ in usable):
        return PlanCoverage.INTRODUCERS_FULL
    return PlanCoverage.ALREADY_ASKED


def _loads(planned: Sequence[PlannedTarget]) -> tuple[IntroducerLoad, ...]:
    by_introducer: dict[str, list[Route]] = {}
    for one in planned:
        if one.route:
            by_introducer.setdefault(one.route.people[0].id, []).append(one.route)
    loads = [
        IntroducerLoad(some[0].people[0], tuple(sorted(some, key=lambda route: (-route_chance(route), _name(route)))))
        for some in by_introducer.values()
    ]
    return tuple(sorted(loads, key=lambda load: (-len(load.routes), load.introducer.name, load.introducer.id)))


def _name(route: Route) -> tuple[str, str]:
    return route.people[-1].name, route.people[-1].id
