"""Tests of which found routes an answer lists: those with a sufficient score, and those stronger than a direct tie."""

from collections.abc import Sequence

import neo4j
import pytest

from graph.answers import AlreadyKnown, Evidence, Introductions, LowScoreRoutes, Person, Reason, Refusal, Route, Step
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.companies import reachable_people
from graph.introductions.listed_routes import split_by_score
from graph.introductions.target_answer import TargetOutcome
from graph.introductions.target_list import answer_target_list
from presentation.sentences import low_score_routes_note, refusal_message
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")
SCORES = {0.0: 3, 0.1: 2, 0.3: 1, 0.9: 0}
"""Minimum scores, and the number of routes to cleo that each leaves."""


async def draw_network(driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.8- ben -0.8-> cleo",
        "ana <-0.5- dan -0.4-> cleo",
        "ana <-0.3- eva -0.25-> cleo",
        "ana <-0.3- weak <-0.2- ben",
        "ben -mail:9,8-> ana",
        jobs=tuple(Job(who, "Acme") for who in ("cleo", "weak")),
    )


@pytest.mark.parametrize("min_score", SCORES)
async def test_every_answer_counts_routes_below_the_minimum(
    graph: Graph, driver: neo4j.AsyncDriver, min_score: float
) -> None:
    await draw_network(driver)

    everything = await introductions(graph, ANA, "cleo")
    answer = await introductions(graph, ANA, "cleo", min_score=min_score)
    (row,) = await answer_target_list(graph, ANA, ["cleo"], min_score=min_score)
    company = await reachable_people(graph, ANA, name="Acme", min_score=min_score)

    assert isinstance(everything, Introductions)
    listed = SCORES[min_score]
    assert isinstance(answer, Introductions if listed else Refusal)
    assert answer.low_score_routes == LowScoreRoutes(3 - listed, min_score)
    if isinstance(answer, Introductions):
        assert answer.routes == everything.routes[:listed]
    assert (row.standing, row.route is not None) == (
        (TargetOutcome.ROUTE, True) if listed else (TargetOutcome.REFUSED, False)
    )
    assert {one.row.target.id for one in company.people if one.row.target} == ({"cleo", "weak"} if listed else {"weak"})
    assert company.low_score_count == (0 if listed else 1)


async def test_a_refusal_of_low_score_routes_names_the_weakest_tie(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw_network(driver)

    answer = await introductions(graph, ANA, "cleo", min_score=0.9)
    (row,) = await answer_target_list(graph, ANA, ["cleo"], min_score=0.9)

    assert isinstance(answer, Refusal)
    assert row.refusal is not None
    assert (answer.reason, answer.suggestion) == (row.refusal.reason, row.refusal.suggestion)
    assert answer.reason is Reason.SCORES_TOO_LOW
    assert refusal_message(answer) == "No genuine route to cleo: every route has a score below 90 %."
    assert low_score_routes_note(answer.low_score_routes, listed=0) == "3 routes have a score below 90 %."
    assert answer.suggestion.startswith("The best route leads through ben. Its weakest tie is between ben and you")
    assert answer.nearest_miss is not None
    assert [person.id for person in answer.nearest_miss.people] == ["ana", "ben", "cleo"]
    assert answer.nearest_miss.outbound.counts == {"mail": 2}


async def test_a_weak_tie_to_the_target_has_no_routes_below_the_minimum(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw_network(driver)

    answer = await introductions(graph, ANA, "weak", min_score=0.5)
    (row,) = await answer_target_list(graph, ANA, ["weak"], min_score=0.5)

    assert isinstance(answer, AlreadyKnown)
    assert (answer.routes, answer.low_score_routes.count) == ((), 1)
    assert (row.standing, row.route, row.refusal) == (TargetOutcome.KNOWN, None, None)


@pytest.mark.parametrize(
    ("evidence", "introducers"),
    [
        ("cleo -statement_met:3-> ana", ["ben"]),
        ("cleo -mail:3-> ana", []),
    ],
)
async def test_a_stated_tie_hides_no_route_whose_steps_are_stronger(
    graph: Graph, driver: neo4j.AsyncDriver, evidence: str, introducers: list[str]
) -> None:
    await draw(driver, "ana <-0.47- cleo", "ana <-0.9- ben -0.9-> cleo", "ana <-0.47- dan -0.9-> cleo", evidence)

    answer = await introductions(graph, ANA, "cleo")
    (row,) = await answer_target_list(graph, ANA, ["cleo"])

    assert isinstance(answer, AlreadyKnown)
    assert answer.tie.strength == 0.47
    assert [route.people[0].id for route in answer.routes] == introducers
    assert [route.people[0].id for route in [row.route] if route] == introducers


@pytest.mark.parametrize(
    ("strengths", "label_only", "listed"),
    [
        ([0.2, 0.2], False, False),
        ([0.0, 0.0], True, True),
        ([0.0, 0.0, 0.0, 0.0], True, False),
    ],
)
def test_a_step_with_a_label_only_counts_with_the_upper_bound_of_its_label(
    strengths: Sequence[float], label_only: bool, listed: bool
) -> None:
    ana, ben = Person("ana", "Ana"), Person("ben", "Ben")
    steps = tuple(Step(ben, ana, strength, Evidence(), Evidence(), label_only) for strength in strengths)
    route = Route((ben, ana), steps, None if label_only else 0.04)

    assert split_by_score([route], 0.05) == (
        ((route,), LowScoreRoutes(0, 0.05)) if listed else ((), LowScoreRoutes(1, 0.05))
    )
