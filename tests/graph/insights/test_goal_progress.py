"""Tests of the progress of a goal."""

from graph.answers import Person
from graph.insights.measures.goal_progress import INTRODUCERS_NAMED, goal_progress
from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage
from graph.insights.measures.reach import Reach, ReachedPerson


def test_every_introducer_on_the_best_routes_counts_though_three_are_named() -> None:
    routes = [(f"first {number}", f"second {number}") for number in range(INTRODUCERS_NAMED + 2)]
    reached = {f"target {number}": ReachedPerson(f"target {number}", ids, 0.5) for number, ids in enumerate(routes)}
    reached["elsewhere"] = ReachedPerson("elsewhere", ("unrelated",), 0.9)
    ids = {*reached, "unrelated", *(id for each in routes for id in each)}
    people = {id: Person(id, id, None, "Halden" if id.startswith("target") else None) for id in ids}
    goal = Goal(GoalPurpose.SALES, GoalStage.STARTING, ("Halden",))

    (target,) = goal_progress(goal, (), Reach({}, reached), people, with_numbers=True).targets

    assert len(target.introducers) == INTRODUCERS_NAMED
    assert target.introducer_ids == {id for each in routes for id in each}
