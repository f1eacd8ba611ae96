"""A whole list says of each target what asking for that one alone says."""

from dataclasses import replace
from typing import Any

import neo4j
import pytest

from graph.answers import AlreadyKnown, AmbiguousTarget, Introductions, Refusal, UnknownTarget
from graph.database.client import Graph
from graph.errors import NoDataLoaded
from graph.introductions.answer import introductions
from graph.introductions.target_list import Standing, TargetAnswer, answer_target_list
from graph.lookup.resolve import Asked, Called, Described
from graph.records import Handle, HandleKind
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


def by_mail(*people: str, name: str = "", company: str = "") -> Described:
    return Described(tuple(Handle(HandleKind.EMAIL, f"{who}@{who}.example") for who in people), name, company)


async def drawn(driver: neo4j.AsyncDriver) -> None:
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


ASKED: list[Asked] = [
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
    Called("Jane Doe", "Globex"),
    "Zoe Nobody",
    "Zoe Nobody at Acme",
    "",
    by_mail("nobody", name="cleo"),
    by_mail("nobody", name="Zoe Nobody"),
    by_mail("cleo"),
]


async def test_each_of_a_list_is_answered_as_one_alone(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await drawn(driver)

    found = await answer_target_list(graph, ANA, ASKED)

    for asked, ranked in zip(ASKED, found, strict=True):
        alone = await introductions(graph, ANA, asked, limit=1)
        match alone:
            case Introductions():
                assert ranked.standing is Standing.ROUTE
                assert told(ranked) == [
                    (way.people, way.score, [act.strength for act in way.steps]) for way in alone.routes
                ]
            case AlreadyKnown():
                assert ranked.standing is Standing.KNOWN
                assert ranked.tie is not None
                assert (ranked.tie.from_person, ranked.tie.strength) == (alone.tie.from_person, alone.tie.strength)
                assert told(ranked) == [
                    (way.people, way.score, [act.strength for act in way.steps]) for way in alone.routes
                ]
            case Refusal():
                assert (ranked.standing, ranked.target) == (Standing.REFUSED, alone.target)
            case AmbiguousTarget():
                assert (ranked.standing, ranked.candidates) == (Standing.AMBIGUOUS, alone.candidates)
            case UnknownTarget():
                assert (ranked.standing, ranked.message) == (Standing.UNKNOWN, alone.message)


def told(ranked: TargetAnswer) -> list[object]:
    way = ranked.route
    return [(way.people, way.score, [act.strength for act in way.steps])] if way else []


async def test_the_best_to_ask_come_first_and_whoever_knows_the_asker_before_them(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await drawn(driver)

    found = await answer_target_list(graph, ANA, ASKED)

    ranks = {one.rank: one.target.id for one in found if one.rank and one.target}
    assert ranks == {1: "close", 2: "weak", 3: "cleo", 4: "cleo", 5: "cleo", 6: "far"}


async def test_why_nobody_can_be_asked_is_said_by_what_was_seen(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await drawn(driver)

    silent, only, far = await answer_target_list(graph, ANA, [by_mail("silent"), by_mail("only"), by_mail("j1")])

    assert silent.message.startswith("Your sources show no message from silent to you (last contact in October 2025)")
    assert only.message.startswith("You and only are connected on a list, but your sources show no message between you")
    assert far.message.startswith("Your sources show nothing between you and Jane Doe")


async def test_a_row_that_means_two_people_offers_both(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await drawn(driver)

    (found,) = await answer_target_list(graph, ANA, [by_mail("ben", "dan")])

    assert found.standing is Standing.AMBIGUOUS
    assert {candidate.person.id for candidate in found.candidates} == {"ben", "dan"}


async def test_a_list_is_asked_in_as_many_questions_as_one_target(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await drawn(driver)
    counting = Counting(driver)

    await answer_target_list(counting, ANA, [by_mail("cleo")])
    alone, counting.count = counting.count, 0
    await answer_target_list(counting, ANA, [by_mail("cleo"), by_mail("far"), by_mail("cleo", name="x")])

    assert counting.count == alone


class Counting(Graph):
    count = 0

    async def run(self, *args: object, **params: object) -> list[dict[str, object]]:
        self.count += 1
        return await super().run(*args, **params)  # type: ignore[arg-type]


async def test_without_a_person_nobody_can_be_asked_for(graph: Graph) -> None:
    with pytest.raises(NoDataLoaded):
        await answer_target_list(graph, replace(ANA, person_id=None), ["cleo"])


async def test_what_fails_is_told_once_to_all_who_wait(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    class Failing(Graph):
        async def run(self, *args: object, **params: object) -> list[dict[str, object]]:
            raise NoDataLoaded("nothing")

    with pytest.raises(NoDataLoaded):
        await answer_target_list(Failing(driver), ANA, ["cleo", "dan"])


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"withheld_colleagues": ("col", "ben")},
        {"excluded_introducers": ("ben",)},
        {"withheld_colleagues": ("col",), "excluded_introducers": ("eva",)},
    ],
)
async def test_a_team_is_asked_as_for_one_alone(graph: Graph, driver: neo4j.AsyncDriver, seen: dict[str, Any]) -> None:
    await drawn(driver)
    await draw(driver, "col -0.9-> cleo", "col <-0.8- dan", "ana <-0.2- mate -0.9-> far", "mate -0.8-> only")
    viewer = replace(ANA, colleagues=("col", "mate", "ben"), **seen)

    found = await answer_target_list(graph, viewer, ASKED, team=True)

    for asked, ranked in zip(ASKED, found, strict=True):
        alone = await introductions(graph, viewer, asked, limit=1, team=True)
        if isinstance(alone, Introductions | AlreadyKnown):
            assert told(ranked) == [
                (way.people, way.score, [act.strength for act in way.steps]) for way in alone.routes
            ]
            assert ranked.withheld_strength == alone.withheld_strength
            (colleague,) = [way.colleague for way in alone.routes] or [None]
            mine = ranked.route.colleague if ranked.route else None
            assert (mine and (mine.from_person, mine.strength)) == (
                colleague and (colleague.from_person, colleague.strength)
            )
