"""Tests that a colleague is named as introducer after consent. Before it, only the strength is visible."""

from dataclasses import replace

import neo4j
import pytest

from graph.answers import Introductions, Refusal
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import PermissionDenied
from graph.introductions.answer import introductions
from graph.introductions.colleagues import find_colleagues_who_know
from graph.introductions.introducer_consent import pairs_from_own_sources
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.membership.leaving import leave_network
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import read_state
from graph.privacy.erasure import erase_person
from graph.privacy.objection import record_objection
from graph.sharing.exclusions import exclude_introducer
from graph.sharing.visibility_requests import (
    answer_visibility_request,
    list_visibility_requests,
    request_visibility,
    set_introducer_visibility,
)
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, home, own, talk, wrote
from tests.prepared_stores import created_once

ANA, BEN, CLEO = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
DAN, JANE, KIM = "dan@near.example", "jane@far.example", "kim@far.example"


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    await create_team(driver, graph)
    return graph


@created_once
async def create_team(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ben knows Jane best, then Cleo, then Dan, whom Ana knows herself. Colleagues are named after consent."""
    network = await create_team_network(driver, graph, "ben", "cleo")
    anas = [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN), *talk(DAN, JANE, times=1, ago=200, copy=ANA)]
    await load_for(graph, "ana", anas)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE, times=12)], SharingLevel.EVIDENCE)
    await load_for(graph, "cleo", [own(CLEO, "Cleo"), *talk(CLEO, JANE, times=2, ago=60)], SharingLevel.EVIDENCE)
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)


async def find_jane(graph: Graph, member: str = "ana") -> ResolvedTarget:
    target = await resolve_reference(graph, await viewer_of(graph, member), JANE)
    assert isinstance(target, ResolvedTarget)
    return target


async def routes_to_jane(graph: Graph, member: str = "ana", *, team: bool = True) -> tuple[list[str], float | None]:
    """The introducer of each route to Jane, and the strength of the withheld route."""
    answer = await introductions(graph, await viewer_of(graph, member), JANE, team=team)
    assert isinstance(answer, Introductions)
    return [route.people[0].name for route in answer.routes], answer.withheld_strength


async def request_jane(graph: Graph, member: str = "ana") -> bool:
    viewer = await viewer_of(graph, member)
    return await request_visibility(
        graph, await read_state(graph, viewer.network), viewer, await find_jane(graph), today=TODAY
    )


async def answer_request(graph: Graph, member: str, *, agreed: bool) -> None:
    viewer = await viewer_of(graph, member)
    (request,) = await list_visibility_requests(graph, viewer)
    assert await answer_visibility_request(graph, viewer, request.id, consented=agreed)


async def test_an_answer_for_a_past_day_withholds_colleagues_too(team: Graph) -> None:
    ana = await viewer_of(team, "ana")
    state = await read_state(team, ana.network)

    answer = await introductions(team, ana.as_of_day(ana.as_of - 1), JANE, state_for_past=state)

    assert isinstance(answer, Introductions)
    assert ([route.people[0].name for route in answer.routes], answer.withheld_strength) == (["Dan"], 0.75)


async def test_a_target_who_objected_creates_no_request(team: Graph) -> None:
    network, _ = await home(team)
    await record_objection(team, network, f"email:{JANE}", today=day_of(TODAY))

    assert not await request_jane(team)
    assert await list_visibility_requests(team, await viewer_of(team, "ben")) == []


async def test_a_colleague_is_named_only_after_consent(team: Graph) -> None:
    ana = await viewer_of(team, "ana")
    assert await routes_to_jane(team) == (["Dan"], 0.75)
    assert await routes_to_jane(team, team=False) == (["Dan"], 0.75)
    assert (await find_colleagues_who_know(team, ana, await find_jane(team))).steps == ()
    assert (await find_colleagues_who_know(team, ana, await find_jane(team))).withheld == 0.75

    assert await request_jane(team)
    assert await request_jane(team)
    (request,) = await list_visibility_requests(team, await viewer_of(team, "ben"))
    assert (request.target.name, request.consented) == ("Jane", None)
    assert await list_visibility_requests(team, await viewer_of(team, "cleo")) == []
    await answer_request(team, "ben", agreed=True)

    names, withheld_strength = await routes_to_jane(team)
    assert (names, withheld_strength) == (["Ben", "Dan"], 0.55)
    assert [
        step.from_person.name for step in (await find_colleagues_who_know(team, ana, await find_jane(team))).steps
    ] == ["Ben"]


async def test_after_a_declined_request_the_next_colleague_is_asked(team: Graph) -> None:
    await request_jane(team)
    await answer_request(team, "ben", agreed=False)

    assert await routes_to_jane(team) == (["Dan"], 0.55)
    assert await request_jane(team)
    await answer_request(team, "cleo", agreed=True)
    assert await routes_to_jane(team) == (["Cleo", "Dan"], None)
    assert not await request_jane(team)
    await answer_request(team, "ben", agreed=True)
    assert "Ben" in (await routes_to_jane(team))[0]


async def test_only_the_recipient_may_answer_and_leaving_deletes_requests(team: Graph) -> None:
    await request_jane(team)
    (request,) = await list_visibility_requests(team, await viewer_of(team, "ben"))

    for member, id in (("cleo", request.id), ("ana", request.id), ("ben", "0" * 24)):
        assert not await answer_visibility_request(team, await viewer_of(team, member), id, consented=True)
    with pytest.raises(PermissionDenied):
        await set_introducer_visibility(
            team, await read_state(team, (await home(team))[0]), "ben", IntroducerVisibility.IMMEDIATE
        )
    assert (await routes_to_jane(team))[0] == ["Dan"]
    await leave_network(team, (await home(team))[0], "ben")
    rows, _, _ = await team._driver.execute_query("MATCH (r:VisibilityRequest) RETURN r")
    assert rows == []


async def test_an_erasure_of_the_target_deletes_its_requests(team: Graph) -> None:
    await request_jane(team)

    await erase_person(team, await viewer_of(team, "ana"), JANE)

    assert await list_visibility_requests(team, await viewer_of(team, "ben")) == []


async def test_immediate_visibility_names_colleagues_without_a_request(team: Graph) -> None:
    await set_introducer_visibility(
        team, await read_state(team, (await home(team))[0]), "ana", IntroducerVisibility.IMMEDIATE
    )

    assert await routes_to_jane(team) == (["Ben", "Cleo", "Dan"], None)
    assert not await request_jane(team)


async def test_a_refusal_does_not_name_a_colleague_without_consent(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ben knows Kim but not Ana, so the nearest miss would name him."""
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, KIM), wrote(ANA, BEN, ago=9)], SharingLevel.EVIDENCE)
    open_viewer = await viewer_of(graph, "ana")
    withholding_viewer = replace(open_viewer, withheld_colleagues=open_viewer.colleagues)

    open_answer, withheld_answer = [
        await introductions(graph, viewer, KIM) for viewer in (open_viewer, withholding_viewer)
    ]

    assert isinstance(open_answer, Refusal)
    assert isinstance(withheld_answer, Refusal)
    assert "Ben" in open_answer.suggestion
    assert "Ben" not in withheld_answer.suggestion
    assert withheld_answer.nearest_miss is None or "Ben" not in {
        person.name for person in withheld_answer.nearest_miss.people
    }


async def test_pairs_of_a_colleague_are_limited_to_own_sources(team: Graph) -> None:
    ana, target = await viewer_of(team, "ana"), (await find_jane(team)).person.id
    ben, cleo = [await resolve_reference(team, ana, address) for address in (BEN, CLEO)]
    assert isinstance(ben, ResolvedTarget)
    assert isinstance(cleo, ResolvedTarget)
    pairs = [(colleague.person.id, target) for colleague in (ben, cleo)]
    own_pair = (ben.person.id, ana.person_id or "")

    assert await pairs_from_own_sources(team, ana, [*pairs, own_pair]) == {*pairs}
    await request_jane(team)
    await answer_request(team, "ben", agreed=True)
    await exclude_introducer(team, await read_state(team, ana.network), ana, cleo.person.id, today=TODAY)
    assert await pairs_from_own_sources(team, await viewer_of(team, "ana"), [*pairs, own_pair]) == {pairs[1]}
