"""Tests that a list of targets gives each target the answer it has alone."""

from dataclasses import replace
from typing import Any

import neo4j
import pytest

from cypher import Query
from graph.answers import AlreadyKnown, AmbiguousTarget, Introductions, Refusal, UnknownTarget
from graph.database.client import Graph
from graph.errors import NoDataLoaded, QueryTimeout
from graph.introductions.answer import introductions
from graph.introductions.target_answer import TargetAnswer, TargetOutcome
from graph.introductions.target_list import MAX_SUGGESTED_NAMES, answer_target_list
from graph.lookup import index
from graph.lookup.resolve import NameReference, PersonReference, RowReference
from graph.records import Handle, HandleKind
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


def by_mail(*people: str, name: str = "", company: str = "") -> RowReference:
    return RowReference(tuple(Handle(HandleKind.EMAIL, f"{who}@{who}.example") for who in people), name, company)


async def draw_network(driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.9- ben -0.8-> cleo -probably-> twin",
        "ana <-0.5- eva -0.9-> twin",
        "ben <-0.7- dan -0.6-> far",
        "ana <-0.3- weak <-0.8- ben",
        "ana <-0.8- close <-0.9- ben",
        "ana -mail:700,400-> silent",
        "ana -lists-> only",
        names={"j1": "Jane Doe", "j2": "Jane Doe", "info": "Info"},
        jobs=(Job("j1", "Acme"), Job("j2", "Globex")),
    )


TARGETS: list[PersonReference] = [
    by_mail("cleo"),
    by_mail("far"),
    by_mail("weak"),
    by_mail("close"),
    by_mail("silent"),
    by_mail("only"),
    by_mail("ana"),
    by_mail("nobody"),
    "Jane Doe",
    "Jane Doe at Acme",
    NameReference("Jane Doe", "Globex"),
    "Zoe Nobody",
    "Zoe Nobody at Acme",
    "",
    by_mail("nobody", name="cleo"),
    by_mail("nobody", name="Zoe Nobody"),
    "Jnae Doe at Acme",
    by_mail("nobody", name="Jnae Doe"),
    by_mail("cleo"),
]


async def test_each_target_has_the_same_answer_as_alone(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw_network(driver)

    answers = await answer_target_list(graph, ANA, TARGETS)

    for target, ranked in zip(TARGETS, answers, strict=True):
        alone = await introductions(graph, ANA, target, limit=1)
        match alone:
            case Introductions():
                assert ranked.standing is TargetOutcome.ROUTE
                assert route_values(ranked) == [
                    (route.people, route.score, [step.strength for step in route.steps]) for route in alone.routes
                ]
            case AlreadyKnown():
                assert ranked.standing is TargetOutcome.KNOWN
                assert ranked.tie is not None
                assert (ranked.tie.from_person, ranked.tie.strength) == (alone.tie.from_person, alone.tie.strength)
                assert route_values(ranked) == [
                    (route.people, route.score, [step.strength for step in route.steps]) for route in alone.routes
                ]
            case Refusal():
                assert (ranked.standing, ranked.target) == (TargetOutcome.REFUSED, alone.target)
                assert_same_refusal(ranked, alone)
            case AmbiguousTarget():
                assert (ranked.standing, ranked.candidates) == (TargetOutcome.AMBIGUOUS, alone.candidates)
            case UnknownTarget():
                assert (ranked.standing, ranked.message) == (TargetOutcome.UNKNOWN, alone.message)
                assert ranked.similar_people == alone.similar_people


async def test_similar_names_are_searched_for_a_bounded_number_of_unknown_names(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw_network(driver)
    strangers = [f"Stranger Number{number}" for number in range(MAX_SUGGESTED_NAMES - 1)]

    answers = await answer_target_list(graph, ANA, [*strangers, "Jnae Doe", "Jnea Doe", "Jnae Doe"])

    names = [[person.name for person in answer.similar_people] for answer in answers[-3:]]
    assert names == [["Jane Doe", "Jane Doe"], [], ["Jane Doe", "Jane Doe"]]


def assert_same_refusal(ranked: TargetAnswer, alone: Refusal) -> None:
    assert ranked.refusal is not None
    assert replace(ranked.refusal, possible_connectors=()) == replace(alone, possible_connectors=())


def route_values(ranked: TargetAnswer) -> list[object]:
    route = ranked.route
    return [(route.people, route.score, [step.strength for step in route.steps])] if route else []


async def test_known_targets_rank_first_then_those_with_routes(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw_network(driver)

    answers = await answer_target_list(graph, ANA, TARGETS)

    ranks = {answer.rank: answer.target.id for answer in answers if answer.rank and answer.target}
    assert ranks == {1: "close", 2: "weak", 3: "cleo", 4: "cleo", 5: "cleo", 6: "far"}


async def test_a_row_with_two_matches_returns_both_candidates(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw_network(driver)

    (answer,) = await answer_target_list(graph, ANA, [by_mail("ben", "dan")])

    assert answer.standing is TargetOutcome.AMBIGUOUS
    assert {candidate.person.id for candidate in answer.candidates} == {"ben", "dan"}


async def test_a_list_needs_as_many_queries_as_one_target(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw_network(driver)
    counting_graph = CountingGraph(driver)

    await answer_target_list(counting_graph, ANA, [by_mail("cleo")])
    alone, counting_graph.count = counting_graph.count, 0
    await answer_target_list(counting_graph, ANA, [by_mail("cleo"), by_mail("far"), by_mail("cleo", name="x")])

    assert counting_graph.count == alone


async def test_names_of_a_list_share_their_queries(
    graph: Graph, driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "TURN_SECONDS", 1_000.0)
    await draw_network(driver)
    counting_graph = CountingGraph(driver)

    await answer_target_list(counting_graph, ANA, [NameReference("cleo")])
    alone, counting_graph.count = counting_graph.count, 0
    await answer_target_list(counting_graph, ANA, [NameReference(name) for name in ("cleo", "far", "Cleo", "cleo?")])

    assert counting_graph.count == alone


class CountingGraph(Graph):
    count = 0

    async def run(self, *args: object, **params: object) -> list[dict[str, object]]:
        self.count += 1
        return await super().run(*args, **params)  # type: ignore[arg-type]


class TooSlow(Graph):
    """A graph one of whose queries exceeds its time limit."""

    def __init__(self, driver: neo4j.AsyncDriver, name: str) -> None:
        super().__init__(driver)
        self._name = name

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if query.name == self._name:
            raise QueryTimeout("too slow")
        return await super().run(query, **params)


@pytest.mark.parametrize(
    ("query", "named", "cleo", "reason"),
    [
        ("lookup/find_by_name", TargetOutcome.TIMEOUT, TargetOutcome.ROUTE, "ONE_SIDED"),
        ("introductions/extend_to_targets", TargetOutcome.TIMEOUT, TargetOutcome.TIMEOUT, None),
        ("introductions/find_near_misses_short", TargetOutcome.ROUTE, TargetOutcome.ROUTE, None),
    ],
)
async def test_rows_that_are_not_answered_in_time_say_so(
    driver: neo4j.AsyncDriver, query: str, named: TargetOutcome, cleo: TargetOutcome, reason: str | None
) -> None:
    await draw_network(driver)

    rows = await answer_target_list(
        TooSlow(driver, query), ANA, [NameReference("far"), by_mail("cleo"), by_mail("silent"), NameReference("far")]
    )

    assert [row.standing for row in rows[:2]] == [named, cleo]
    assert (rows[2].refusal and rows[2].refusal.reason.name) == reason
    assert rows[2].refusal or "time limit" in rows[2].message
    assert rows[3] == replace(rows[0], rank=rows[3].rank)


async def test_a_list_without_time_left_returns_its_rows(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw_network(driver)

    rows = await answer_target_list(graph, ANA, [by_mail("cleo"), "", NameReference("far")], seconds=0)

    assert [row.standing for row in rows] == [TargetOutcome.TIMEOUT, TargetOutcome.UNKNOWN, TargetOutcome.TIMEOUT]


async def test_a_viewer_without_a_person_is_refused(graph: Graph) -> None:
    with pytest.raises(NoDataLoaded):
        await answer_target_list(graph, replace(ANA, person_id=None), ["cleo"])


async def test_an_error_of_a_query_is_raised_once(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    class Failing(Graph):
        async def run(self, *args: object, **params: object) -> list[dict[str, object]]:
            raise NoDataLoaded("nothing")

    with pytest.raises(NoDataLoaded):
        await answer_target_list(Failing(driver), ANA, ["cleo", "dan"])


@pytest.mark.parametrize(
    "viewer_fields",
    [
        {},
        {"withheld_colleagues": ("col", "ben")},
        {"excluded_introducers": ("ben",)},
        {"withheld_colleagues": ("col",), "excluded_introducers": ("eva",)},
    ],
)
async def test_each_target_of_a_team_has_the_same_answer_as_alone(
    graph: Graph, driver: neo4j.AsyncDriver, viewer_fields: dict[str, Any]
) -> None:
    await draw_network(driver)
    await draw(driver, "col -0.9-> cleo", "col <-0.8- dan", "ana <-0.2- mate -0.9-> far", "mate -0.8-> only")
    viewer = replace(ANA, colleagues=("col", "mate", "ben"), **viewer_fields)

    answers = await answer_target_list(graph, viewer, TARGETS, team=True)

    for target, ranked in zip(TARGETS, answers, strict=True):
        alone = await introductions(graph, viewer, target, limit=1, team=True)
        if isinstance(alone, Introductions | AlreadyKnown):
            assert route_values(ranked) == [
                (route.people, route.score, [step.strength for step in route.steps]) for route in alone.routes
            ]
            assert ranked.withheld_strength == alone.withheld_strength
            (colleague,) = [route.colleague for route in alone.routes] or [None]
            ranked_colleague = ranked.route.colleague if ranked.route else None
            assert (ranked_colleague and (ranked_colleague.from_person, ranked_colleague.strength)) == (
                colleague and (colleague.from_person, colleague.strength)
            )
        if isinstance(alone, Refusal):
            assert_same_refusal(ranked, alone)
