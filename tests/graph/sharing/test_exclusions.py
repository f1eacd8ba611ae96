"""Through whom no route is to lead: nobody's, or one member's, in every kind of answer."""

from dataclasses import replace

import neo4j
import pytest

from graph.answers import AlreadyKnown, Answer, Introductions, Refusal, UnknownTarget
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import InvalidSharingRequest, PermissionDenied
from graph.ids import stable_id
from graph.introductions.answer import introductions
from graph.introductions.colleagues import find_colleagues_who_know
from graph.introductions.companies import reachable_people
from graph.introductions.routes import Form, search
from graph.introductions.target_list import Standing, answer_target_list
from graph.lookup.possible_connectors import find_connectors_at
from graph.lookup.resolve import OBJECTED, Target, find
from graph.membership.leaving import leave_network
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.privacy.objection import record_objection
from graph.sharing.exclusions import exclude_introducer, list_excluded_introducers, undo_exclusion
from graph.viewer import Viewer
from tests.graph.evidence_drawing import Job, draw, view
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import TODAY, by_mail, connections, home, own, talk

ANA, BEN, CLEO = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
DAN, JANE = "dan@near.example", "jane@far.example"


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    """Ben knows Jane, and Dan does, whom all know; all share."""
    await joined(driver, graph, "ben", "cleo")
    await brings(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN)], SharingLevel.EVIDENCE)
    bens = [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE), *talk(BEN, CLEO), *talk(DAN, JANE, copy=BEN)]
    await brings(graph, "ben", bens, SharingLevel.EVIDENCE, others=True)
    await brings(graph, "cleo", [own(CLEO, "Cleo"), *talk(CLEO, BEN), *talk(CLEO, DAN)], SharingLevel.EVIDENCE)
    return graph


async def person(graph: Graph, viewer: Viewer, who: str) -> str:
    found = await find(graph, viewer, who)
    assert isinstance(found, Target)
    return found.person.id


async def said(graph: Graph, member: str, who: str, *, everybody: bool = False) -> None:
    """A member lets no route lead through somebody."""
    network, _ = await home(graph)
    viewer = await seen_by(graph, member)
    id = viewer.person_id if who == "me" else await person(graph, viewer, who)
    await exclude_introducer(
        graph, await read_state(graph, network), viewer, id or "", today=TODAY, for_everybody=everybody
    )


async def taken_back(graph: Graph, member: str) -> bool:
    """A member takes back the first that they can."""
    network, _ = await home(graph)
    viewer, found = await seen_by(graph, member), await read_state(graph, network)
    return await undo_exclusion(graph, found, viewer, (await list_excluded_introducers(graph, found, viewer))[0].id)


def between(answer: Answer) -> set[str]:
    """Everybody who stands between two in an answer, or is named beside it."""
    if isinstance(answer, Refusal):
        miss = answer.nearest_miss.people[1:-1] if answer.nearest_miss else ()
        return {one.name for one in (*miss, *(lead.person for lead in answer.possible_connectors))}
    assert isinstance(answer, Introductions)
    return {one.name for route in answer.routes for one in route.people[:-1]}


async def everywhere(graph: Graph, member: str, target: str = JANE) -> set[str]:
    """Who stands between a member and a target in any answer: either start, longer routes, today and once."""
    viewer, (network, _) = await seen_by(graph, member), await home(graph)
    found = await read_state(graph, network)
    answers = [
        await introductions(graph, viewer, target, team=team, max_introducers=hops)
        for team in (False, True)
        for hops in (1, 2, 3)
    ]
    answers.append(await introductions(graph, viewer.as_of_day(day_of(TODAY) - 1), target, state_for_past=found))
    (asked,) = {await person(graph, viewer, target)}
    known = await find_colleagues_who_know(graph, viewer, Target((await introductions(graph, viewer, target)).target))  # type: ignore[union-attr]
    for form in Form:
        ways = await search(graph, viewer, targets=[asked], max_introducers=3, form=form)
        assert {*viewer.excluded_introducers}.isdisjoint(id for way in ways.routes for id in way.people)
    return set().union(*map(between, answers)) | {act.from_person.name for act in known.steps}


async def test_of_oneself_it_binds_everybody(team: Graph) -> None:
    assert await everywhere(team, "ana") == {"Ben", "Dan", "Cleo"}

    await said(team, "ben", "me")

    assert await everywhere(team, "ana") == {"Dan", "Cleo"}
    assert await everywhere(team, "cleo") == {"Dan", "Ana"}
    asked_for = await introductions(team, await seen_by(team, "cleo"), BEN)
    assert isinstance(asked_for, AlreadyKnown)
    assert not await undo_exclusion(
        team, await read_state(team, (await home(team))[0]), await seen_by(team, "ana"), "0" * 24
    )
    assert await taken_back(team, "ben")
    assert "Ben" in await everywhere(team, "ana")


async def test_who_objected_is_on_no_way_and_at_the_end_of_none_and_no_member_takes_it_back(team: Graph) -> None:
    network, _ = await home(team)
    for _ in range(2):
        await record_objection(team, network, [f"email:{DAN}"], today=day_of(TODAY))

    for member in ("ana", "ben", "cleo"):
        viewer, found = await seen_by(team, member), await read_state(team, network)
        asked = [
            await introductions(team, viewer, DAN),
            await introductions(team, viewer.as_of_day(day_of(TODAY) - 1), DAN, state_for_past=found),
        ]
        assert [one.message for one in asked if isinstance(one, UnknownTarget)] == [OBJECTED] * 2
        (listed,) = await answer_target_list(team, viewer, [DAN])
        assert (listed.standing, listed.message) == (Standing.UNKNOWN, OBJECTED)
        assert await reachable_people(team, viewer, domain="near.example") == []
        assert await list_excluded_introducers(team, found, viewer) == []
        assert not await undo_exclusion(team, found, viewer, stable_id("objected", network, f"email:{DAN}"))
    assert await everywhere(team, "ana") == {"Ben", "Cleo"}


async def test_of_another_it_binds_whoever_says_it(team: Graph) -> None:
    await said(team, "cleo", DAN)
    await said(team, "cleo", DAN)

    assert await everywhere(team, "cleo") == {"Ana", "Ben"}
    assert "Dan" in await everywhere(team, "ana")
    target = await introductions(team, await seen_by(team, "ben"), DAN)
    assert isinstance(target, Introductions)
    assert await taken_back(team, "cleo")
    assert await everywhere(team, "cleo") == {"Ana", "Ben", "Dan"}


async def test_an_owner_says_it_for_everybody_and_a_member_may_not(team: Graph) -> None:
    with pytest.raises(PermissionDenied):
        await said(team, "cleo", DAN, everybody=True)
    await said(team, "ana", DAN, everybody=True)
    ana = await seen_by(team, "ana")

    for member in ("ana", "cleo"):
        assert "Dan" not in await everywhere(team, member)
    with pytest.raises(InvalidSharingRequest):
        await exclude_introducer(team, await read_state(team, ana.network), ana, "nobody", today=TODAY)


async def test_it_holds_when_a_source_returns_and_when_they_leave(team: Graph) -> None:
    network, _ = await home(team)
    await said(team, "cleo", "me")
    await said(team, "cleo", DAN)
    await brings(team, "cleo", connections((by_mail(DAN), "Acme")), SharingLevel.EVIDENCE, kind="linkedin")
    assert "Cleo" not in await everywhere(team, "ana")

    await leave_network(team, network, "cleo")

    ana = await seen_by(team, "ana")
    assert ana.excluded_introducers == (await person(team, ana, CLEO),)
    assert [one.label for one in await list_excluded_introducers(team, await read_state(team, network), ana)] == [
        "Cleo"
    ]
    assert await list_excluded_introducers(team, await read_state(team, network), await seen_by(team, "ben")) == []
    assert await taken_back(team, "ana")
    assert (await seen_by(team, "ana")).excluded_introducers == ()


async def test_they_are_no_lead_and_no_near_miss(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    jobs = (Job("cleo", "Acme"), Job("ben", "Acme"))
    await draw(driver, "ana <-0.9- ben", "ben -mail:9-> cleo", "ana <-mail:4- cleo", jobs=jobs)
    ana = view("ana")
    bound = replace(ana, excluded_introducers=("ben",))

    before, after = [await introductions(graph, viewer, "cleo") for viewer in (ana, bound)]

    assert between(before) == {"ben"}
    assert between(after) == set()
    assert isinstance(after, Refusal)
    assert "ben" not in after.suggestion
    assert [lead.person.id for lead in await find_connectors_at(graph, ana, "Acme")] == ["ben", "cleo"][:1]
    assert await find_connectors_at(graph, bound, "Acme") == ()
