"""Tests of tags: who may use them, how they follow people, and routes that lead only through tagged people."""

from dataclasses import replace

import neo4j
import pytest

from graph.answers import Introductions
from graph.database.client import Graph
from graph.errors import InvalidTag
from graph.insights.tags import (
    Tag,
    delete_tag,
    find_tag,
    list_tags,
    people_by_tag,
    tag_people,
    untag_people,
    viewer_through_tag,
)
from graph.introductions.answer import introductions
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.membership.leaving import leave_network
from graph.networks.sources import SharingLevel
from graph.privacy.erasure import erase_person
from graph.privacy.export import export_person
from graph.records import Handle, HandleKind, PersonMention
from graph.statements.identity_decisions import list_identity_decisions, merge_people, undo_identity_decision
from operations.insights.tags import change_tagged_people
from tests.graph.evidence_drawing import draw, view
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, connections, own, talk
from tests.operations.requests_team import session_of

ANA, BEN = "ana@home.example", "ben@home.example"
DAN, EVA, JANE = "dan@near.example", "eva@near.example", "jane@far.example"


async def person(graph: Graph, address: str, member: str = "ana") -> str:
    target = await resolve_reference(graph, await viewer_of(graph, member), address)
    assert isinstance(target, ResolvedTarget)
    return target.person.id


def counts(tags: list[Tag]) -> dict[str, int]:
    return {tag.name: len(tag.people) for tag in tags}


async def test_a_private_tag_is_unknown_to_others_and_a_shared_one_shows_only_people_in_view(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN), *talk(ANA, EVA), *talk(ANA, JANE)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, JANE)], SharingLevel.PRIVATE)
    ana, ben = await viewer_of(graph, "ana"), await viewer_of(graph, "ben")
    people = [await person(graph, address) for address in (DAN, JANE)]

    await tag_people(graph, ana, "Clients", people)
    await tag_people(graph, ana, "clients", people)
    shared = await tag_people(graph, ana, "Alumni", people, is_shared=True)

    assert counts(await list_tags(graph, ana)) == {"Alumni": 2, "Clients": 2}
    assert counts(await list_tags(graph, ben)) == {"Alumni": 1}
    refusals = []
    for name in ("clients", "nothing"):
        with pytest.raises(InvalidTag) as refused:
            await find_tag(graph, ben, name)
        refusals.append(str(refused.value).replace(name, ""))
    assert refusals[0] == refusals[1]
    assert not await delete_tag(graph, ben, shared)
    await tag_people(graph, ben, "alumni", [])
    assert (await find_tag(graph, ben, "ALUMNI")).is_own

    # a tag follows its people through a merge and its undoing
    await untag_people(graph, ana, "alumni", people[:1])
    await merge_people(graph, ana, [await person(graph, EVA), await person(graph, JANE)], today=TODAY)
    assert (await find_tag(graph, ana, "alumni")).people == {await person(graph, EVA)}
    (decision,) = await list_identity_decisions(graph, ana)
    await undo_identity_decision(graph, ana, decision.id)
    assert (await find_tag(graph, ana, "alumni")).people == {await person(graph, JANE)}

    exported = await export_person(graph, ana, DAN)
    assert isinstance(exported, dict)
    assert exported["tags"] == ["Clients"]
    await erase_person(graph, ana, DAN)
    assert counts(await list_tags(graph, ana)) == {"Alumni": 1, "Clients": 1}
    keys, _, _ = await driver.execute_query("MATCH (t:Tag) UNWIND t.keys AS key RETURN collect(DISTINCT key) AS keys")
    assert keys[0]["keys"] == [f"email:{JANE}"]
    await leave_network(graph, network, "ben")
    left, _, _ = await driver.execute_query("MATCH (t:Tag) RETURN count(t) AS tags")
    assert left[0]["tags"] == 2


async def test_a_shared_tag_does_not_tell_whom_a_private_row_states_to_be_one_person(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, DAN), *talk(BEN, JANE)], SharingLevel.EVIDENCE)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN)])
    both = PersonMention((Handle(HandleKind.EMAIL, DAN), Handle(HandleKind.EMAIL, JANE)), "Dan")
    await load_for(graph, "ana", [own(ANA, "Ana"), *connections((both, None))], kind="vcard")
    session = await session_of(graph, "ana")
    dan, jane = [await person(graph, address, "ben") for address in (DAN, JANE)]

    await change_tagged_people(session, "clients", [DAN], is_shared=True)

    assert (await find_tag(graph, session.viewer, "clients")).people == {dan, jane}
    assert (await find_tag(graph, await viewer_of(graph, "ben"), "clients")).people == {dan}
    await change_tagged_people(session, "clients", [DAN], tagged=False)
    assert (await find_tag(graph, session.viewer, "clients")).people == set()


async def test_an_own_tag_comes_before_a_shared_one_with_its_name(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN), *talk(ANA, JANE)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, JANE)])
    dan, jane = [await person(graph, address) for address in (DAN, JANE)]
    ana = await viewer_of(graph, "ana")
    await tag_people(graph, ana, "clients", [dan])
    await tag_people(graph, await viewer_of(graph, "ben"), "Clients", [jane], is_shared=True)
    await tag_people(graph, await viewer_of(graph, "ben"), "alumni", [jane], is_shared=True)

    assert await people_by_tag(graph, ana) == {"clients": {dan}, "alumni": {jane}}
    assert (await find_tag(graph, ana, "CLIENTS")).people == {dan}


async def test_routes_through_a_tag_ask_nobody_else(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben -0.9-> jane", "ana <-0.6- cleo -0.6-> jane", "ana <-0.5- dan -0.9-> ben")
    ana = replace(view("ana"), member="ana")
    await tag_people(graph, ana, "clients", ["cleo", "dan"])

    answer = await introductions(graph, await viewer_through_tag(graph, ana, "clients"), "jane")

    assert isinstance(answer, Introductions)
    assert [[one.id for one in route.people] for route in answer.routes] == [["cleo", "jane"]]
