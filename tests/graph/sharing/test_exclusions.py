"""Tests of excluded introducers: for one member or for all, in every kind of answer."""

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
from graph.introductions.companies import ReachablePeople, reachable_people
from graph.introductions.routes import RouteQuestion, SearchDirection, search_in_database
from graph.introductions.target_answer import TargetOutcome
from graph.introductions.target_list import answer_target_list
from graph.lookup.possible_connectors import find_connectors_at
from graph.lookup.resolve import OBJECTED_MESSAGE, ResolvedTarget, resolve_reference
from graph.membership.leaving import leave_network
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.privacy.objection import record_objection
from graph.sharing.exclusions import exclude_introducer, list_excluded_introducers, unexclude_introducer
from graph.viewer import Viewer
from tests.graph.evidence_drawing import Job, draw, view
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, by_mail, connections, home, own, talk
from tests.prepared_stores import created_once

ANA, BEN, CLEO = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
DAN, JANE = "dan@near.example", "jane@far.example"


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    await create_team(driver, graph)
    return graph


@created_once
async def create_team(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ben and Dan know Jane, and all members know Dan. All share their sources."""
    await create_team_network(driver, graph, "ben", "cleo")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN)], SharingLevel.EVIDENCE)
    bens = [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE), *talk(BEN, CLEO), *talk(DAN, JANE, copy=BEN)]
    await load_for(graph, "ben", bens, SharingLevel.EVIDENCE, others=True)
    await load_for(graph, "cleo", [own(CLEO, "Cleo"), *talk(CLEO, BEN), *talk(CLEO, DAN)], SharingLevel.EVIDENCE)


async def person_id(graph: Graph, viewer: Viewer, text: str) -> str:
    target = await resolve_reference(graph, viewer, text)
    assert isinstance(target, ResolvedTarget)
    return target.person.id


async def exclude(graph: Graph, member: str, text: str, *, everybody: bool = False) -> None:
    """Exclude a person as introducer for a member, or for everybody."""
    network, _ = await home(graph)
    viewer = await viewer_of(graph, member)
    id = viewer.person_id if text == "me" else await person_id(graph, viewer, text)
    await exclude_introducer(
        graph, await read_state(graph, network), viewer, id or "", today=TODAY, for_everybody=everybody
    )


async def undo_first_exclusion(graph: Graph, member: str) -> bool:
    """Undo the first exclusion that the member can list."""
    network, _ = await home(graph)
    viewer, state = await viewer_of(graph, member), await read_state(graph, network)
    return await unexclude_introducer(
        graph, state, viewer, (await list_excluded_introducers(graph, state, viewer))[0].id
    )


def intermediaries(answer: Answer) -> set[str]:
    """The introducers and possible connectors in an answer."""
    if isinstance(answer, Refusal):
        miss = answer.nearest_miss.people[1:-1] if answer.nearest_miss else ()
        return {
            person_named.name
            for person_named in (*miss, *(connector.person for connector in answer.possible_connectors))
        }
    assert isinstance(answer, Introductions)
    return {person_named.name for route in answer.routes for person_named in route.people[:-1]}


async def introducers_in_all_answers(graph: Graph, member: str, target: str = JANE) -> set[str]:
    """The introducers in every kind of answer: with and without team, of each length, today and in the past."""
    viewer, (network, _) = await viewer_of(graph, member), await home(graph)
    state = await read_state(graph, network)
    answers = [
        await introductions(graph, viewer, target, team=team, max_introducers=length)
        for team in (False, True)
        for length in (1, 2, 3)
    ]
    answers.append(await introductions(graph, viewer.as_of_day(day_of(TODAY) - 1), target, state_for_past=state))
    (target_id,) = {await person_id(graph, viewer, target)}
    answer = await introductions(graph, viewer, target)
    assert isinstance(answer, Introductions | AlreadyKnown | Refusal)
    known = await find_colleagues_who_know(graph, viewer, ResolvedTarget(answer.target))
    for form in SearchDirection:
        result = await search_in_database(graph, RouteQuestion(viewer, [target_id], max_introducers=3), form=form)
        assert {*viewer.excluded_introducers}.isdisjoint(id for route in result.routes for id in route.people)
    return set().union(*map(intermediaries, answers)) | {step.from_person.name for step in known.steps}


async def test_excluding_oneself_applies_to_all_members(team: Graph) -> None:
    assert await introducers_in_all_answers(team, "ana") == {"Ben", "Dan"}

    await exclude(team, "ben", "me")

    assert await introducers_in_all_answers(team, "ana") == {"Dan"}
    assert await introducers_in_all_answers(team, "cleo") == {"Dan"}
    answer = await introductions(team, await viewer_of(team, "cleo"), BEN)
    assert isinstance(answer, AlreadyKnown)
    assert not await unexclude_introducer(
        team, await read_state(team, (await home(team))[0]), await viewer_of(team, "ana"), "0" * 24
    )
    assert await undo_first_exclusion(team, "ben")
    assert "Ben" in await introducers_in_all_answers(team, "ana")


async def test_an_objection_removes_a_person_from_all_answers(team: Graph) -> None:
    network, _ = await home(team)
    for _ in range(2):
        await record_objection(team, network, f"email:{DAN}", today=day_of(TODAY))

    for member in ("ana", "ben", "cleo"):
        viewer, state = await viewer_of(team, member), await read_state(team, network)
        answers = [
            await introductions(team, viewer, DAN),
            await introductions(team, viewer.as_of_day(day_of(TODAY) - 1), DAN, state_for_past=state),
        ]
        assert [answer.message for answer in answers if isinstance(answer, UnknownTarget)] == [OBJECTED_MESSAGE] * 2
        (row,) = await answer_target_list(team, viewer, [DAN])
        assert (row.standing, row.message) == (TargetOutcome.UNKNOWN, OBJECTED_MESSAGE)
        assert await reachable_people(team, viewer, domain="near.example") == ReachablePeople()
        assert await list_excluded_introducers(team, state, viewer) == []
        assert not await unexclude_introducer(team, state, viewer, stable_id("objected", network, f"email:{DAN}"))
    assert await introducers_in_all_answers(team, "ana") == {"Ben"}


async def test_excluding_another_person_applies_only_to_the_member(team: Graph) -> None:
    await exclude(team, "cleo", DAN)
    await exclude(team, "cleo", DAN)

    assert await introducers_in_all_answers(team, "cleo") == {"Ben"}
    assert "Dan" in await introducers_in_all_answers(team, "ana")
    answer = await introductions(team, await viewer_of(team, "ben"), DAN)
    assert isinstance(answer, Introductions)
    assert await undo_first_exclusion(team, "cleo")
    assert await introducers_in_all_answers(team, "cleo") == {"Ben", "Dan"}


async def test_only_an_owner_may_exclude_for_everybody(team: Graph) -> None:
    with pytest.raises(PermissionDenied):
        await exclude(team, "cleo", DAN, everybody=True)
    await exclude(team, "ana", DAN, everybody=True)
    ana = await viewer_of(team, "ana")

    for member in ("ana", "cleo"):
        assert "Dan" not in await introducers_in_all_answers(team, member)
    with pytest.raises(InvalidSharingRequest):
        await exclude_introducer(team, await read_state(team, ana.network), ana, "nobody", today=TODAY)


async def test_an_exclusion_survives_loads_and_the_members_departure(team: Graph) -> None:
    network, _ = await home(team)
    await exclude(team, "cleo", "me")
    await exclude(team, "cleo", DAN)
    await load_for(team, "cleo", connections((by_mail(DAN), "Acme")), SharingLevel.EVIDENCE, kind="linkedin")
    assert "Cleo" not in await introducers_in_all_answers(team, "ana")

    await leave_network(team, network, "cleo")

    ana = await viewer_of(team, "ana")
    assert ana.excluded_introducers == (await person_id(team, ana, CLEO),)
    assert [
        exclusion.label for exclusion in await list_excluded_introducers(team, await read_state(team, network), ana)
    ] == ["Cleo"]
    assert await list_excluded_introducers(team, await read_state(team, network), await viewer_of(team, "ben")) == []
    assert await undo_first_exclusion(team, "ana")
    assert (await viewer_of(team, "ana")).excluded_introducers == ()


async def test_an_excluded_person_is_no_connector_and_in_no_nearest_miss(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    jobs = (Job("cleo", "Acme"), Job("ben", "Acme"))
    await draw(driver, "ana <-0.9- ben", "ben -mail:9-> cleo", "ana <-mail:4- cleo", jobs=jobs)
    ana = view("ana")
    restricted = replace(ana, excluded_introducers=("ben",))

    before, after = [await introductions(graph, viewer, "cleo") for viewer in (ana, restricted)]

    assert intermediaries(before) == {"ben"}
    assert intermediaries(after) == set()
    assert isinstance(after, Refusal)
    assert "ben" not in after.suggestion
    assert [connector.person.id for connector in await find_connectors_at(graph, ana, "Acme")] == ["ben", "cleo"][:1]
    assert await find_connectors_at(graph, restricted, "Acme") == ()
