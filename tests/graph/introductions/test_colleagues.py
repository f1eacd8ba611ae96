"""Tests of routes that start at colleagues, and of listing the colleagues who know a person."""

from dataclasses import replace

import neo4j

from graph.answers import Introductions, Refusal
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.colleagues import find_colleagues_who_know
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.sources import SharingLevel
from graph.viewer import Viewer
from presentation.sentences import refusal_message, route_summary
from tests.graph.evidence_drawing import draw, view
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import own, talk

ANA = replace(view("ana"), colleagues=("ben", "fay"))
ANA_EMAIL, BEN_EMAIL, CLEO_EMAIL = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
JANE, KIM, LEE = "jane@far.example", "kim@far.example", "lee@far.example"


async def route_scores(
    graph: Graph, viewer: Viewer, target: str, *, team: bool = True
) -> list[tuple[str, float | None]]:
    """The names on each route, with colleagues marked, and its score."""
    answer = await introductions(graph, viewer, target, team=team)
    routes = answer.routes if isinstance(answer, Introductions) else ()
    return [
        (" ".join(person.name for person in route.people) + (" (colleague)" if route.colleague else ""), route.score)
        for route in routes
    ]


async def test_the_score_omits_the_step_to_a_colleague(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.5- ben -0.5-> cleo", "fay <-0.5- dan -0.9-> cleo", "ana <-0.9- eva -0.9-> cleo")
    await draw(driver, "ben -mail:9-> ana")

    assert await route_scores(graph, ANA, "cleo", team=False) == [("eva cleo", 0.81), ("ben cleo", 0.25)]
    assert await route_scores(graph, ANA, "cleo") == [
        ("eva cleo", 0.81),
        ("ben cleo (colleague)", 0.5),
        ("fay dan cleo (colleague)", 0.45),
    ]
    answer = await introductions(graph, ANA, "cleo", team=True)
    assert isinstance(answer, Introductions)
    _, ben, fay = answer.routes
    assert [(step.from_person.id, step.to_person.id) for step in fay.steps] == [
        ("dan", "fay"),
        ("dan", "cleo"),
        ("cleo", "dan"),
    ]
    assert route_summary(ben) == "ben: colleague. ben to cleo: fair; cleo to ben: strong."
    assert ben.colleague is not None
    assert (ben.colleague.strength, ben.colleague.outbound.counts) == (0.5, {"mail": 1})
    assert fay.colleague is not None
    assert fay.colleague.strength == 0


async def test_equal_scores_rank_own_ties_first_then_stronger_colleagues(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, "ben -0.9-> cleo", "ana <-0.5- fay -0.9-> cleo", "ana <-1.0- zoe -0.9-> cleo")

    assert [people for people, _ in await route_scores(graph, ANA, "cleo")] == [
        "zoe cleo",
        "fay cleo (colleague)",
        "ben cleo (colleague)",
    ]


async def test_a_refusal_for_the_team_only_adds_that_it_was_searched(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-mail:9- cleo", "ben -mail:8-> cleo", "ben <-0.9- dan")

    alone = await introductions(graph, ANA, "cleo")
    team = await introductions(graph, ANA, "cleo", team=True)

    assert isinstance(alone, Refusal)
    assert isinstance(team, Refusal)
    assert team == replace(alone, searched_team=True)
    assert refusal_message(team) == refusal_message(alone) + " No colleague who shares sources has a route either."


async def test_without_colleagues_the_team_answer_equals_the_own_answer(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, "ana <-0.9- ben -0.9-> cleo", "fay -0.9-> cleo", names={"dan": "dan"})

    for target in ("cleo", "dan"):
        answers = [await introductions(graph, view("ana"), target, team=team) for team in (False, True)]
        assert answers[0] == answers[1]


async def load_team(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ana keeps her source private, Ben shares the strength of his ties, and Cleo shares all but one source."""
    await create_team_network(driver, graph, "ben", "cleo")
    await load_for(graph, "ana", [own(ANA_EMAIL, "Ana"), *talk(ANA_EMAIL, BEN_EMAIL, times=2)])
    await load_for(
        graph,
        "ben",
        [own(BEN_EMAIL, "Ben"), *talk(BEN_EMAIL, JANE, times=9), *talk(BEN_EMAIL, ANA_EMAIL, times=2)],
        SharingLevel.STRENGTH,
    )
    cleo_records = [own(CLEO_EMAIL, "Cleo"), *talk(CLEO_EMAIL, JANE, times=3, ago=90), *talk(CLEO_EMAIL, LEE)]
    await load_for(graph, "cleo", cleo_records, SharingLevel.EVIDENCE)
    await load_for(
        graph, "cleo", [own(CLEO_EMAIL, "Cleo"), *talk(CLEO_EMAIL, KIM, times=9)], SharingLevel.PRIVATE, kind="calendar"
    )


async def test_routes_start_at_sharing_members_and_use_no_private_ties(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_team(driver, graph)
    ana, ben, cleo = [await viewer_of(graph, who) for who in ("ana", "ben", "cleo")]

    assert await route_scores(graph, ana, JANE, team=False) == [("Ben Jane", None)]
    assert await route_scores(graph, ana, JANE) == [("Ben Jane (colleague)", None), ("Cleo Jane (colleague)", None)]
    ((people, score),) = await route_scores(graph, ana, LEE)
    assert people == "Cleo Lee (colleague)"
    assert score is not None  # Ben shares his tie to Jane without its number
    for viewer in (ana, ben):
        assert await route_scores(graph, viewer, KIM) == []
    assert {len(viewer.colleagues) for viewer in (ana, ben, cleo)} == {1, 2}  # Ana shares nothing


async def test_colleagues_who_know_a_person_are_listed_at_sharing_level(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await load_team(driver, graph)
    ana = await viewer_of(graph, "ana")
    jane = await resolve_reference(graph, ana, JANE)
    assert isinstance(jane, ResolvedTarget)

    ben, cleo = (await find_colleagues_who_know(graph, ana, jane)).steps

    assert (ben.from_person.name, ben.exact_strength, ben.outbound.counts) == ("Ben", None, {})
    assert (cleo.from_person.name, cleo.exact_strength, cleo.outbound.counts) == ("Cleo", None, {"mail": 3})
    assert cleo.strength < ben.strength
    known = await find_colleagues_who_know(graph, await viewer_of(graph, "cleo"), jane)
    assert [step.from_person.name for step in known.steps] == ["Ben"]
