"""Tests of complete answers: the target, the routes and their evidence."""

from dataclasses import replace
from math import isclose, prod

import neo4j
import pytest

from graph.answers import AlreadyKnown, AmbiguousTarget, Answer, Introductions, Reason, Refusal, Route, UnknownTarget
from graph.database.client import Graph
from graph.errors import NoDataLoaded, QueryTimeout
from graph.introductions.answer import introductions
from graph.introductions.target_list import answer_target_list
from presentation.sentences import asleep_note
from tests.drawing import AS_OF
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


async def ask(graph: Graph, text: str = "cleo", max_introducers: int = 2) -> Answer:
    return await introductions(graph, ANA, text, max_introducers=max_introducers)


def route_ids(routes: tuple[Route, ...]) -> list[str]:
    return [" ".join(person.id for person in route.people) for route in routes]


async def test_a_route_has_its_steps_with_evidence_in_both_directions(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben <-0.8- dan -0.7/0.3-> cleo")
    await draw(driver, "ana <-mail:9,8- ben", "ana -mail:20-> ben", "dan -recommendation:5-> cleo")

    answer = await ask(graph)

    assert isinstance(answer, Introductions)
    assert answer.target.id == "cleo"
    (route,) = answer.routes
    assert route_ids(answer.routes) == ["ben dan cleo"]
    assert [(step.from_person.id, step.to_person.id) for step in route.steps] == [
        ("ben", "ana"),
        ("dan", "ben"),
        ("dan", "cleo"),
        ("cleo", "dan"),
    ]
    assert [step.strength for step in route.steps[:3]] == [0.9, 0.8, 0.7]
    assert route.score is not None
    assert isclose(prod(step.strength for step in route.steps), route.score, abs_tol=1e-12)
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


async def test_routes_that_share_nobody_with_the_best_are_marked(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.9- ben <-0.9- dan -0.9-> cleo",
        "ana <-0.8- eva <-0.9- dan",
        "ana <-0.5- fay -0.5-> cleo",
    )

    answer = await ask(graph)

    assert isinstance(answer, Introductions)
    assert route_ids(answer.routes) == ["ben dan cleo", "eva dan cleo", "fay cleo"]
    assert [route.shares_nobody for route in answer.routes] == [False, False, True]


async def test_a_target_who_knows_the_asker_is_already_known(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.6- cleo", "ana <-0.9- ben -0.9-> cleo", "cleo -mail:9-> ana")

    answer = await ask(graph)

    assert isinstance(answer, AlreadyKnown)
    assert (answer.tie.strength, answer.tie.outbound.counts, answer.routes) == (0.6, {"mail": 1}, ())


async def test_a_weak_tie_to_the_target_is_returned_with_routes(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.3- twin -probably-> cleo", "ana <-0.9- ben -0.9-> cleo")

    answer = await ask(graph)

    assert isinstance(answer, AlreadyKnown)
    assert (answer.tie.from_person.id, [person.id for person in answer.possible_duplicates]) == ("twin", ["twin"])
    assert route_ids(answer.routes) == ["ben cleo"]


async def test_a_route_may_end_at_a_probable_duplicate(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben -0.9-> twin -probably-> cleo")

    answer = await ask(graph)

    assert isinstance(answer, Introductions)
    assert route_ids(answer.routes) == ["ben twin"]
    assert (answer.target.id, [person.id for person in answer.possible_duplicates]) == ("cleo", ["twin"])


async def test_a_refusal_lists_possible_connectors(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    jobs = (Job("cleo", "Acme"), Job("ben", "Acme"))
    await draw(driver, "ana <-0.9- ben", "ana <-mail:9- cleo", jobs=jobs)

    answer = await ask(graph)

    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.ONE_SIDED
    assert [connector.person.id for connector in answer.possible_connectors] == ["ben"]


async def test_a_route_over_the_maximum_length_is_refused(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben <-0.9- dan -0.9-> cleo")

    assert isinstance(await ask(graph, max_introducers=1), Refusal)


async def test_unknown_and_ambiguous_targets_have_their_own_answers(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Jane Doe", "p2": "Jane Doe"})

    assert isinstance(await ask(graph, "Jane Doe"), AmbiguousTarget)
    assert isinstance(await ask(graph, "John Doe"), UnknownTarget)


async def test_other_networks_do_not_affect_an_answer(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    jobs = (Job("cleo", "Acme"), Job("ben", "Acme"))
    await draw(driver, "ana <-0.9- ben -0.9-> cleo -mail:3-> ana", jobs=jobs, network="other")
    await draw(driver, jobs=(Job("cleo", "Acme"),))

    answer = await ask(graph)

    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.possible_connectors) == (Reason.NONE_SEEN, ())


async def test_the_same_message_in_two_sources_counts_once(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- cleo", "cleo -mail:9,8-> ana")
    await draw(driver, "cleo -mail:9,7-> ana", source="of-ben", owner="ben")

    wider_view = replace(ANA, sources=(*ANA.sources, "of-ben"))
    answer = await introductions(graph, wider_view, "cleo")

    assert isinstance(answer, AlreadyKnown)
    assert answer.tie.outbound.counts == {"mail": 3}


async def test_a_statement_counts_until_it_expires(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- cleo", "cleo -statement_well:300-> ana -statement_met:400-> cleo")

    answer = await ask(graph)

    assert isinstance(answer, AlreadyKnown)
    assert (answer.tie.outbound.is_stated, answer.tie.outbound.counts) == (True, {"statement_well": 1})
    assert (answer.tie.inbound.is_stated, answer.tie.inbound.counts) == (False, {})


async def test_a_viewer_without_a_person_is_refused(graph: Graph) -> None:
    with pytest.raises(NoDataLoaded):
        await introductions(graph, replace(ANA, person_id=None), "cleo")


async def test_a_search_without_time_is_incomplete_and_never_refuses(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben -0.5-> cleo", "ana <-0.9- dan <-0.9- eva -0.9-> cleo", "eva -0.9-> jan")

    answer = await introductions(graph, ANA, "cleo", seconds=0)

    assert isinstance(answer, Introductions)
    assert (route_ids(answer.routes), answer.is_complete) == (["ben cleo"], False)
    with pytest.raises(QueryTimeout):
        await introductions(graph, ANA, "jan", seconds=0)
    assert isinstance(await introductions(graph, ANA, "jan", max_introducers=1, seconds=0), Refusal)
    await draw(driver, "ana <-0.2- cleo")
    weak = await introductions(graph, ANA, "cleo", seconds=0)
    assert isinstance(weak, AlreadyKnown)
    assert not weak.is_complete


async def test_a_tie_without_contact_for_18_months_is_listed_apart(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.6- ben -0.9-> jane",
        "ana <-0.9- old -0.9-> jane",
        "ana <-0.8- near -0.9-> still",
        "still -0.9-> jane",
        "ana <-0.9- known",
        "ben -0.8-> known",
        "ana -mail:900,620-> old",
        "old -mail:800-> ana",
        "ana -mail:700-> known",
        "known -mail:700-> ana",
    )
    await driver.execute_query(
        """
        MATCH (p)-[k:KNOWS]->(q)
        WHERE [p.id, q.id] IN [['old', 'ana'], ['still', 'jane'], ['known', 'ana']]
        SET k.asleep = true
        """
    )

    answer = await introductions(graph, view("ana"), "jane")
    rows = await answer_target_list(graph, view("ana"), ["known", "jane", "old"])
    known = await introductions(graph, view("ana"), "known")
    refused = await introductions(graph, view("ana"), "jane", max_introducers=1, min_score=0.9)

    assert isinstance(answer, Introductions)
    assert [[person.id for person in route.people] for route in answer.routes] == [["ben", "jane"]]
    assert [(each.person.id, each.tie.to_person.id) for each in answer.asleep_introducers] == [("old", "ana")]
    assert (
        asleep_note(answer.asleep_introducers[0].tie, "ana") == "old and you: 3 messages from 2024 to 2025, none since."
    )
    assert isinstance(refused, Refusal)
    assert [each.person.id for each in refused.asleep_introducers] == ["old"]
    assert isinstance(known, AlreadyKnown)
    assert known.tie.is_asleep
    assert [route.people[0].id for route in known.routes] == ["ben"]
    assert [(row.target and row.target.id, row.rank) for row in rows] == [("known", 2), ("jane", 1), ("old", 3)]
