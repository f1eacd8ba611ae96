"""Tests that a contact plan is private, follows its people, and ends with them and with the membership."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.errors import InvalidContactPlan
from graph.insights.contact_plans import (
    PlanContent,
    change_contact_plan,
    delete_contact_plan,
    list_contact_plans,
    read_plan_contents,
)
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.membership.leaving import leave_network
from graph.networks.sources import SharingLevel
from graph.privacy.erasure import erase_person
from graph.privacy.export import export_person
from graph.statements.identity_decisions import merge_people, undo_identity_decision
from graph.viewer import Viewer
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, own, talk

ANA, BEN = "ana@home.example", "ben@home.example"
JANE, JANE_AT_HOME, KIM = "jane.okonkwo@far.example", "jane.okonkwo@private.example", "kim.lee@far.example"


async def id_of(graph: Graph, viewer: Viewer, address: str) -> str:
    resolution = await resolve_reference(graph, viewer, address)
    assert isinstance(resolution, ResolvedTarget)
    return resolution.person.id


async def test_a_plan_is_private_and_ends_with_its_person_and_its_member(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await create_team_network(driver, graph, "ben")
    mail = [own(ANA, "Ana"), *talk(ANA, JANE), *talk(ANA, KIM)]
    await load_for(graph, "ana", mail, SharingLevel.EVIDENCE)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, JANE)])
    ana, ben = await viewer_of(graph, "ana"), await viewer_of(graph, "ben")
    jane, kim = await id_of(graph, ana, JANE), await id_of(graph, ana, KIM)

    id = await change_contact_plan(graph, ana, (jane,), every_days=30, note="Likes sailing\x1b.")
    assert await change_contact_plan(graph, ana, (jane,), snoozed_on=20, snoozed_until=40) == id
    pair = await change_contact_plan(graph, ana, (kim, jane), done_on=30)
    await change_contact_plan(graph, ana, (kim,), note="Knows Jane.Okonkwo@far.example well.")
    with pytest.raises(InvalidContactPlan):
        await change_contact_plan(graph, ana, (jane,), every_days=0)
    with pytest.raises(InvalidContactPlan):
        await change_contact_plan(graph, ana, (ana.person_id or "",), note="Me")

    content = PlanContent(every_days=30, note="Likes sailing.", snoozed_on=20, snoozed_until=40)
    assert await read_plan_contents(graph, ana) == {
        (jane,): content,
        tuple(sorted((jane, kim))): PlanContent(done_on=30),
        (kim,): PlanContent(note="Knows Jane.Okonkwo@far.example well."),
    }
    assert await list_contact_plans(graph, ben) == []
    assert not await delete_contact_plan(graph, ben, id)
    exported, hidden = await export_person(graph, ana, JANE), await export_person(graph, ben, JANE)
    assert isinstance(exported, dict)
    assert isinstance(hidden, dict)
    assert [plan["about"] for plan in exported["contactPlans"]] == [["Jane Okonkwo"], ["Kim Lee", "Jane Okonkwo"]]
    assert hidden["contactPlans"] == []

    await erase_person(graph, ben, JANE)
    assert await read_plan_contents(graph, ana) == {(kim,): PlanContent()}
    assert not await delete_contact_plan(graph, ana, pair)
    await change_contact_plan(graph, ben, (await id_of(graph, ben, ANA),), note="Ana leaves soon.")
    await leave_network(graph, network, "ben")
    left, _, _ = await driver.execute_query("MATCH (c:ContactPlan) RETURN collect(c.note) AS notes, count(c) AS plans")
    assert left[0].data() == {"notes": [], "plans": 1}


async def test_plans_follow_a_merge_and_a_split(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, JANE), *talk(ANA, JANE_AT_HOME)])
    ana = await viewer_of(graph, "ana")
    ids = [await id_of(graph, ana, address) for address in (JANE, JANE_AT_HOME)]
    await change_contact_plan(graph, ana, (ids[0],), every_days=30, note="At work.")
    await change_contact_plan(graph, ana, (ids[1],), every_days=90, note="At home.", done_on=10)

    decision = await merge_people(graph, ana, ids, today=TODAY)
    merged = (await viewer_of(graph, "ana")), await id_of(graph, ana, JANE)
    contents = await read_plan_contents(graph, merged[0])
    assert list(contents) == [(merged[1],)]
    assert contents[(merged[1],)].every_days == 30
    assert {*(contents[(merged[1],)].note or "").split("\n")} == {"At work.", "At home."}

    await undo_identity_decision(graph, ana, decision)
    assert {content.note for content in (await read_plan_contents(graph, ana)).values()} == {"At work.", "At home."}

    await merge_people(graph, ana, ids, today=TODAY)
    await change_contact_plan(graph, ana, (await id_of(graph, ana, JANE),), done_on=20)
    (plan,) = await list_contact_plans(graph, ana)
    assert (plan.content.every_days, plan.content.done_on) == (30, 20)
    rows, _, _ = await driver.execute_query("MATCH (c:ContactPlan) RETURN count(c) AS plans")
    assert rows[0]["plans"] == 1
