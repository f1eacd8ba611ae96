"""Routes that start at colleagues, and which colleagues know somebody."""

from dataclasses import replace

import neo4j

from graph.answers import Introductions, Refusal
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.colleagues import find_colleagues_who_know
from graph.lookup.resolve import Target, find
from graph.networks.sources import SharingLevel
from graph.viewer import Viewer
from presentation.sentences import refusal_message, route_summary
from tests.graph.evidence_drawing import draw, view
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import own, talk

ANA = replace(view("ana"), colleagues=("ben", "fay"))
ANAS, BENS, CLEOS = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
JANE, KIM, LEE = "jane@far.example", "kim@far.example", "lee@far.example"


async def ways(graph: Graph, viewer: Viewer, target: str, *, team: bool = True) -> list[tuple[str, float | None]]:
    """Who stands on each route, colleagues marked, and its odds."""
    found = await introductions(graph, viewer, target, team=team)
    routes = found.routes if isinstance(found, Introductions) else ()
    return [
        (" ".join(one.name for one in way.people) + (" (colleague)" if way.colleague else ""), way.score)
        for way in routes
    ]


async def test_a_colleagues_step_is_left_out_of_the_odds(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.5- ben -0.5-> cleo", "fay <-0.5- dan -0.9-> cleo", "ana <-0.9- eva -0.9-> cleo")
    await draw(driver, "ben -mail:9-> ana")

    assert await ways(graph, ANA, "cleo", team=False) == [("eva cleo", 0.81), ("ben cleo", 0.25)]
    assert await ways(graph, ANA, "cleo") == [
        ("eva cleo", 0.81),
        ("ben cleo (colleague)", 0.5),
        ("fay dan cleo (colleague)", 0.45),
    ]
    found = await introductions(graph, ANA, "cleo", team=True)
    assert isinstance(found, Introductions)
    _, ben, fay = found.routes
    assert [(act.from_person.id, act.to_person.id) for act in fay.steps] == [
        ("dan", "fay"),
        ("dan", "cleo"),
        ("cleo", "dan"),
    ]
    assert route_summary(ben) == "ben: colleague. ben to cleo: fair."
    assert ben.colleague is not None
    assert (ben.colleague.strength, ben.colleague.outbound.counts) == (0.5, {"mail": 1})
    assert fay.colleague is not None
    assert fay.colleague.strength == 0


async def test_of_equal_odds_ones_own_come_first_then_who_knows_one_best(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, "ben -0.9-> cleo", "ana <-0.5- fay -0.9-> cleo", "ana <-1.0- zoe -0.9-> cleo")

    assert [people for people, _ in await ways(graph, ANA, "cleo")] == [
        "zoe cleo",
        "fay cleo (colleague)",
        "ben cleo (colleague)",
    ]


async def test_where_nobody_has_a_way_it_says_so_and_no_more(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-mail:9- cleo", "ben -mail:8-> cleo", "ben <-0.9- dan")

    alone = await introductions(graph, ANA, "cleo")
    team = await introductions(graph, ANA, "cleo", team=True)

    assert isinstance(alone, Refusal)
    assert isinstance(team, Refusal)
    assert team == replace(alone, searched_team=True)
    assert refusal_message(team) == refusal_message(alone) + " No colleague who shares sources has a route either."


async def test_whoever_is_alone_gets_their_own_answer(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben -0.9-> cleo", "fay -0.9-> cleo", names={"dan": "dan"})

    for target in ("cleo", "dan"):
        answers = [await introductions(graph, view("ana"), target, team=team) for team in (False, True)]
        assert answers[0] == answers[1]


async def team_of_three(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ana brings little, Ben shares how strong his ties are, Cleo shares all but one source."""
    await joined(driver, graph, "ben", "cleo")
    await brings(graph, "ana", [own(ANAS, "Ana"), *talk(ANAS, BENS, times=2)])
    await brings(
        graph, "ben", [own(BENS, "Ben"), *talk(BENS, JANE, times=9), *talk(BENS, ANAS, times=2)], SharingLevel.STRENGTH
    )
    cleos = [own(CLEOS, "Cleo"), *talk(CLEOS, JANE, times=3, ago=90), *talk(CLEOS, LEE)]
    await brings(graph, "cleo", cleos, SharingLevel.EVIDENCE)
    await brings(graph, "cleo", [own(CLEOS, "Cleo"), *talk(CLEOS, KIM, times=9)], SharingLevel.PRIVATE, kind="calendar")


async def test_routes_start_at_members_who_share_and_lead_over_nothing_private(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await team_of_three(driver, graph)
    ana, ben, cleo = [await seen_by(graph, who) for who in ("ana", "ben", "cleo")]

    assert await ways(graph, ana, JANE, team=False) == [("Ben Jane", None)]
    assert await ways(graph, ana, JANE) == [("Ben Jane (colleague)", None), ("Cleo Jane (colleague)", None)]
    ((people, odds),) = await ways(graph, ana, LEE)
    assert people == "Cleo Lee (colleague)"
    assert odds is not None  # what is known of Jane, Ben shares as words alone
    for viewer in (ana, ben):
        assert await ways(graph, viewer, KIM) == []
    assert {len(viewer.colleagues) for viewer in (ana, ben, cleo)} == {1, 2}  # Ana shares nothing


async def test_which_colleagues_know_somebody_best_first_at_the_viewers_clearance(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await team_of_three(driver, graph)
    ana = await seen_by(graph, "ana")
    jane = await find(graph, ana, JANE)
    assert isinstance(jane, Target)

    ben, cleo = (await find_colleagues_who_know(graph, ana, jane)).steps

    assert (ben.from_person.name, ben.exact_strength, ben.outbound.counts) == ("Ben", None, {})
    assert (cleo.from_person.name, cleo.exact_strength, cleo.outbound.counts) == ("Cleo", None, {"mail": 3})
    assert cleo.strength < ben.strength
    known = await find_colleagues_who_know(graph, await seen_by(graph, "cleo"), jane)
    assert [act.from_person.name for act in known.steps] == ["Ben"]
