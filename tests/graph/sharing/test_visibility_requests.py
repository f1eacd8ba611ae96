"""Through which colleague a route leads is told when they agree, on every surface; until then its strength alone."""

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
from graph.lookup.resolve import Target, find
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
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import TODAY, home, own, talk, wrote

ANA, BEN, CLEO = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
DAN, JANE, KIM = "dan@near.example", "jane@far.example", "kim@far.example"


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    """Ben knows Jane best, then Cleo, then Dan, whom Ana knows by her own mail; colleagues are named on agreement."""
    network = await joined(driver, graph, "ben", "cleo")
    anas = [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN), *talk(DAN, JANE, times=1, ago=200, copy=ANA)]
    await brings(graph, "ana", anas)
    await brings(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE, times=12)], SharingLevel.EVIDENCE)
    await brings(graph, "cleo", [own(CLEO, "Cleo"), *talk(CLEO, JANE, times=2, ago=60)], SharingLevel.EVIDENCE)
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)
    return graph


async def jane(graph: Graph, member: str = "ana") -> Target:
    found = await find(graph, await seen_by(graph, member), JANE)
    assert isinstance(found, Target)
    return found


async def told(graph: Graph, member: str = "ana", *, team: bool = True) -> tuple[list[str], float | None]:
    """The one to ask on each route to Jane, and how strong the way is that is withheld."""
    found = await introductions(graph, await seen_by(graph, member), JANE, team=team)
    assert isinstance(found, Introductions)
    return [route.people[0].name for route in found.routes], found.withheld_strength


async def asked(graph: Graph, member: str = "ana") -> bool:
    viewer = await seen_by(graph, member)
    return await request_visibility(
        graph, await read_state(graph, viewer.network), viewer, await jane(graph), today=TODAY
    )


async def says(graph: Graph, member: str, *, agreed: bool) -> None:
    viewer = await seen_by(graph, member)
    (waiting,) = await list_visibility_requests(graph, viewer)
    assert await answer_visibility_request(graph, viewer, waiting.id, consented=agreed)


async def test_as_of_another_day_too_a_way_through_a_colleague_is_one_word(team: Graph) -> None:
    ana = await seen_by(team, "ana")
    then = await read_state(team, ana.network)

    found = await introductions(team, ana.as_of_day(ana.as_of - 1), JANE, state_for_past=then)

    assert isinstance(found, Introductions)
    assert ([route.people[0].name for route in found.routes], found.withheld_strength) == (["Dan"], 0.75)


async def test_nobody_is_asked_to_lead_to_whoever_objected(team: Graph) -> None:
    network, _ = await home(team)
    await record_objection(team, network, [f"email:{JANE}"], today=day_of(TODAY))

    assert not await asked(team)
    assert await list_visibility_requests(team, await seen_by(team, "ben")) == []


async def test_until_a_colleague_agrees_a_way_through_them_is_one_word(team: Graph) -> None:
    ana = await seen_by(team, "ana")
    assert await told(team) == (["Dan"], 0.75)
    assert await told(team, team=False) == (["Dan"], 0.75)
    assert (await find_colleagues_who_know(team, ana, await jane(team))).steps == ()
    assert (await find_colleagues_who_know(team, ana, await jane(team))).withheld == 0.75

    assert await asked(team)
    assert await asked(team)
    (waiting,) = await list_visibility_requests(team, await seen_by(team, "ben"))
    assert (waiting.target.name, waiting.consented) == ("Jane", None)
    assert await list_visibility_requests(team, await seen_by(team, "cleo")) == []
    await says(team, "ben", agreed=True)

    names, hidden = await told(team)
    assert (names, hidden) == (["Ben", "Dan"], 0.55)
    assert [act.from_person.name for act in (await find_colleagues_who_know(team, ana, await jane(team))).steps] == [
        "Ben"
    ]


async def test_who_declines_is_not_told_of_and_the_next_is_asked(team: Graph) -> None:
    await asked(team)
    await says(team, "ben", agreed=False)

    assert await told(team) == (["Dan"], 0.55)
    assert await asked(team)
    await says(team, "cleo", agreed=True)
    assert await told(team) == (["Cleo", "Dan"], None)
    assert not await asked(team)
    await says(team, "ben", agreed=True)
    assert "Ben" in (await told(team))[0]


async def test_nobody_else_answers_and_what_was_asked_goes_with_who_asked(team: Graph) -> None:
    await asked(team)
    (waiting,) = await list_visibility_requests(team, await seen_by(team, "ben"))

    for member, id in (("cleo", waiting.id), ("ana", waiting.id), ("ben", "0" * 24)):
        assert not await answer_visibility_request(team, await seen_by(team, member), id, consented=True)
    with pytest.raises(PermissionDenied):
        await set_introducer_visibility(
            team, await read_state(team, (await home(team))[0]), "ben", IntroducerVisibility.IMMEDIATE
        )
    assert (await told(team))[0] == ["Dan"]
    await leave_network(team, (await home(team))[0], "ben")
    rows, _, _ = await team._driver.execute_query("MATCH (r:VisibilityRequest) RETURN r")
    assert rows == []


async def test_what_was_asked_goes_with_whom_it_was_about(team: Graph) -> None:
    await asked(team)

    await erase_person(team, await seen_by(team, "ana"), JANE)

    assert await list_visibility_requests(team, await seen_by(team, "ben")) == []


async def test_named_at_once_there_is_nothing_to_ask(team: Graph) -> None:
    await set_introducer_visibility(
        team, await read_state(team, (await home(team))[0]), "ana", IntroducerVisibility.IMMEDIATE
    )

    assert await told(team) == (["Ben", "Cleo", "Dan"], None)
    assert not await asked(team)


async def test_a_refusal_names_nobody_who_has_not_agreed(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ben knows Kim, and not Ana: the nearest miss would be him."""
    await joined(driver, graph, "ben")
    await brings(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN)])
    await brings(graph, "ben", [own(BEN, "Ben"), *talk(BEN, KIM), wrote(ANA, BEN, ago=9)], SharingLevel.EVIDENCE)
    named = await seen_by(graph, "ana")
    shy = replace(named, withheld_colleagues=named.colleagues)

    open_, closed = [await introductions(graph, viewer, KIM) for viewer in (named, shy)]

    assert isinstance(open_, Refusal)
    assert isinstance(closed, Refusal)
    assert "Ben" in open_.suggestion
    assert "Ben" not in closed.suggestion
    assert closed.nearest_miss is None or "Ben" not in {one.name for one in closed.nearest_miss.people}


async def test_of_a_colleagues_ties_one_is_told_what_one_has_seen_oneself(team: Graph) -> None:
    ana, target = await seen_by(team, "ana"), (await jane(team)).person.id
    ben, cleo = [await find(team, ana, who) for who in (BEN, CLEO)]
    assert isinstance(ben, Target)
    assert isinstance(cleo, Target)
    pairs = [(one.person.id, target) for one in (ben, cleo)]
    mine = (ben.person.id, ana.person_id or "")

    assert await pairs_from_own_sources(team, ana, [*pairs, mine]) == {*pairs}
    await asked(team)
    await says(team, "ben", agreed=True)
    await exclude_introducer(team, await read_state(team, ana.network), ana, cleo.person.id, today=TODAY)
    assert await pairs_from_own_sources(team, await seen_by(team, "ana"), [*pairs, mine]) == {pairs[1]}
