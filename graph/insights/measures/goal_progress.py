"""Measures how far the viewer's network serves a goal: who knows the viewer, and who can be reached through whom."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.answers import Person
from graph.insights.measures.goals import Goal
from graph.insights.measures.reach import Reach
from graph.names.keys import company_key

INTRODUCERS_NAMED = 3
"""Maximum number of introducers named for one target of a goal."""


class GoalTargetKind(StrEnum):
    """The kind of a target of a goal."""

    COMPANY = "company"
    ROLE = "role"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class GoalIntroducer:
    """Somebody who can introduce the viewer to people of a target.

    `people` is their number, and `expected` the sum of the scores of the routes: the introductions to expect if each is
    asked for. It is None for a viewer who may see only the labels of some strengths: it would reveal their numbers.
    """

    person: Person
    people: int
    expected: float | None


@dataclass(frozen=True, slots=True)
class GoalTargetProgress:
    """One company, role or field of a goal: how many of its people know the viewer, and how many can be reached.

    `reachable` people need an introducer and do not know the viewer. `introducers` have the most expected introductions
    first; for a viewer who may see no numbers, the most people. `introducer_ids` are all on the best routes.
    """

    kind: GoalTargetKind
    name: str
    known: int
    reachable: int
    introducers: tuple[GoalIntroducer, ...]
    introducer_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A goal beside what is measured.

    `known` is the number of connections who know the viewer, `connections` that of all. `advised` is the range that
    advice names.
    """

    goal: Goal
    connections: int
    known: int
    advised: tuple[int, int]
    targets: tuple[GoalTargetProgress, ...]


def goal_progress(
    goal: Goal, listed: Iterable[str], reach: Reach, people: Mapping[str, Person], *, with_numbers: bool
) -> GoalProgress:
    """Measure a goal. `listed` are the ids of the connections, `people` the profiles of everybody in `reach`.

    `with_numbers`: the viewer may see the number of every strength in view.
    """
    connections = {*listed}
    return GoalProgress(
        goal=goal,
        connections=len(connections),
        known=len(connections & reach.known.keys()),
        advised=goal.advised_range,
        targets=tuple(
            _target_progress(kind, name, matches, reach, people, with_numbers=with_numbers)
            for kind, name, matches in _matchers(goal)
        ),
    )


def people_of_goal(goal: Goal, people: Iterable[Person]) -> set[str]:
    """Return the ids of those of these people whom a company, role or field of the goal matches."""
    matchers = [matches for _, _, matches in _matchers(goal)]
    return {person.id for person in people if any(matches(person) for matches in matchers)}


def _matchers(goal: Goal) -> list[tuple[GoalTargetKind, str, Callable[[Person], bool]]]:
    kinds: Iterable[tuple[GoalTargetKind, tuple[str, ...], Callable[[str], Callable[[Person], bool]]]] = (
        (GoalTargetKind.COMPANY, goal.companies, _at_company),
        (GoalTargetKind.ROLE, goal.roles, _with_role),
        (GoalTargetKind.FIELD, goal.fields, _in_field),
    )
    return [(kind, name, matcher(name)) for kind, names, matcher in kinds for name in names]


def _target_progress(
    kind: GoalTargetKind,
    name: str,
    matches: Callable[[Person], bool],
    reach: Reach,
    people: Mapping[str, Person],
    *,
    with_numbers: bool,
) -> GoalTargetProgress:
    reached = [one for one in reach.reached.values() if matches(people[one.person_id])]
    scores: dict[str, list[float]] = defaultdict(list)
    for one in reached:
        scores[one.first_introducer].append(one.score)
    introducers = [
        GoalIntroducer(people[id], len(each), sum(sorted(each)) if with_numbers else None)
        for id, each in scores.items()
    ]
    introducers.sort(
        key=lambda one: (-(one.people if one.expected is None else one.expected), one.person.name, one.person.id)
    )
    return GoalTargetProgress(
        kind,
        name,
        known=sum(matches(people[id]) for id in reach.known),
        reachable=len(reached),
        introducers=tuple(introducers[:INTRODUCERS_NAMED]),
        introducer_ids=frozenset(id for one in reached for id in one.introducers),
    )


def _at_company(name: str) -> Callable[[Person], bool]:
    """Match the company with this name, and companies whose name goes on, such as `Halden Robotics` for `Halden`."""
    key = company_key(name)
    return lambda person: bool(key) and f"{company_key(person.company or '')} ".startswith(f"{key} ")


def _with_role(name: str) -> Callable[[Person], bool]:
    """Match a current job title that contains all words."""
    words = _words(name)
    return lambda person: bool(words) and words <= _words(person.title)


def _in_field(name: str) -> Callable[[Person], bool]:
    """Match a current job title and company that together contain all words."""
    words = _words(name)
    return lambda person: bool(words) and words <= _words(person.title) | _words(person.company)


def _words(text: str | None) -> set[str]:
    return {*re.findall(r"\w+", (text or "").casefold())}
