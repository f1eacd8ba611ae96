"""The whole answer: who is meant, who could introduce, and what is told of it."""

from dataclasses import replace
from math import isclose, prod

import neo4j
import pytest

from graph.answers import AlreadyKnown, AmbiguousTarget, Answer, Introductions, Reason, Refusal, Route, UnknownTarget
from graph.database.client import Graph
from graph.errors import NoDataLoaded, QueryTimeout
from graph.introductions.answer import introductions
from tests.drawing import AS_OF
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


async def ask(graph: Graph, text: str = "cleo", max_introducers: int = 2) -> Answer:
    return await introductions(graph, ANA, text, max_introducers=max_introducers)


def ways(routes: tuple[Route, ...]) -> list[str]:
    return [" ".join(person.id for person in route.people) for route in routes]


async def test_a_route_tells_each_act_and_what_was_seen_both_ways(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben <-0.8- dan -0.7/0.3-> cleo")
    await draw(driver, "ana <-mail:9,8- ben", "ana -mail:20-> ben", "dan -recommendation:5-> cleo")

    found = await ask(graph)

    assert isinstance(found, Introductions)
    assert found.target.id == "cleo"
    (route,) = found.routes
    assert ways(found.routes) == ["ben dan cleo"]
    assert [(act.from_person.id, act.to_person.id) for act in route.steps] == [
        ("ben", "ana"),
        ("dan", "ben"),
        ("dan", "cleo"),
        ("cleo", "dan"),
    ]
    assert [act.strength for act in route.steps[:3]] == [0.9, 0.8, 0.7]
    assert route.score is not None
    assert isclose(prod(act.strength for act in route.steps), route.score, abs_tol=1e-12)
    first, _, reached, answers = route.steps
    assert (first.outbound.counts, first.outbound.first_day, first.outbound.last_day) == (
        {"mail": 2},
        AS_OF - 9,
        AS_OF - 8,
    )
    assert (first.inbound.counts, first.inbound.coverage_until) == ({"mail": 1}, AS_OF)
    assert reached.outbound.counts == {"recommendation": 1}
    assert answers.outbound.counts == {}
    assert answers.inbound == reached.outbound


async def test_fallbacks_that_share_nobody_with_the_best_are_marked(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.9- ben <-0.9- dan -0.9-> cleo",
        "ana <-0.8- eva <-0.9- dan",
        "ana <-0.5- fay -0.5-> cleo",
    )

    found = await ask(graph)

    assert isinstance(found, Introductions)
    assert ways(found.routes) == ["ben dan cleo", "eva dan cleo", "fay cleo"]
    assert [route.shares_nobody for route in found.routes] == [False, False, True]


async def test_whoever_knows_the_asker_is_asked_directly(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.6- cleo", "ana <-0.9- ben -0.9-> cleo", "cleo -mail:9-> ana")

    found = await ask(graph)

    assert isinstance(found, AlreadyKnown)
    assert (found.tie.strength, found.tie.outbound.counts, found.routes) == (0.6, {"mail": 1}, ())


async def test_a_weak_tie_to_the_target_comes_with_routes(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.3- twin -probably-> cleo", "ana <-0.9- ben -0.9-> cleo")

    found = await ask(graph)

    assert isinstance(found, AlreadyKnown)
    assert (found.tie.from_person.id, [one.id for one in found.possible_duplicates]) == ("twin", ["twin"])
    assert ways(found.routes) == ["ben cleo"]


async def test_a_route_may_end_at_a_probable_twin_and_says_so(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben -0.9-> twin -probably-> cleo")

    found = await ask(graph)

    assert isinstance(found, Introductions)
    assert ways(found.routes) == ["ben twin"]
    assert (found.target.id, [one.id for one in found.possible_duplicates]) == ("cleo", ["twin"])


async def test_without_a_route_there_is_a_refusal_with_leads(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    jobs = (Job("cleo", "Acme"), Job("ben", "Acme"))
    await draw(driver, "ana <-0.9- ben", "ana <-mail:9- cleo", jobs=jobs)

    found = await ask(graph)

    assert isinstance(found, Refusal)
    assert found.reason is Reason.ONE_SIDED
    assert [lead.person.id for lead in found.possible_connectors] == ["ben"]


async def test_a_route_longer_than_allowed_is_no_route(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben <-0.9- dan -0.9-> cleo")

    assert isinstance(await ask(graph, max_introducers=1), Refusal)


async def test_nobody_and_several_are_answers_too(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Jane Doe", "p2": "Jane Doe"})

    assert isinstance(await ask(graph, "Jane Doe"), AmbiguousTarget)
    assert isinstance(await ask(graph, "John Doe"), UnknownTarget)


async def test_other_networks_stay_out_of_every_answer(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    jobs = (Job("cleo", "Acme"), Job("ben", "Acme"))
    await draw(driver, "ana <-0.9- ben -0.9-> cleo -mail:3-> ana", jobs=jobs, network="other")
    await draw(driver, jobs=(Job("cleo", "Acme"),))

    found = await ask(graph)

    assert isinstance(found, Refusal)
    assert (found.reason, found.possible_connectors) == (Reason.NONE_SEEN, ())


async def test_the_same_message_in_two_sources_counts_once(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- cleo", "cleo -mail:9,8-> ana")
    await draw(driver, "cleo -mail:9,7-> ana", source="of-ben", owner="ben")

    both = replace(ANA, sources=(*ANA.sources, "of-ben"))
    found = await introductions(graph, both, "cleo")

    assert isinstance(found, AlreadyKnown)
    assert found.tie.outbound.counts == {"mail": 3}


async def test_a_statement_is_seen_until_it_expires(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- cleo", "cleo -statement_well:300-> ana -statement_met:400-> cleo")

    found = await ask(graph)

    assert isinstance(found, AlreadyKnown)
    assert (found.tie.outbound.is_stated, found.tie.outbound.counts) == (True, {"statement_well": 1})
    assert (found.tie.inbound.is_stated, found.tie.inbound.counts) == (False, {})


async def test_nobody_can_ask_before_a_source_says_who_they_are(graph: Graph) -> None:
    with pytest.raises(NoDataLoaded):
        await introductions(graph, replace(ANA, person_id=None), "cleo")


async def test_a_search_without_time_flags_what_it_found_and_refuses_nobody(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, "ana <-0.9- ben -0.5-> cleo", "ana <-0.9- dan <-0.9- eva -0.9-> cleo", "eva -0.9-> jan")

    found = await introductions(graph, ANA, "cleo", seconds=0)

    assert isinstance(found, Introductions)
    assert (ways(found.routes), found.is_complete) == (["ben cleo"], False)
    with pytest.raises(QueryTimeout):
        await introductions(graph, ANA, "jan", seconds=0)
    assert isinstance(await introductions(graph, ANA, "jan", max_introducers=1, seconds=0), Refusal)
    await draw(driver, "ana <-0.2- cleo")
    weak = await introductions(graph, ANA, "cleo", seconds=0)
    assert isinstance(weak, AlreadyKnown)
    assert not weak.is_complete
