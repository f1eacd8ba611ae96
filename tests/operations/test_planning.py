"""Tests that a plan for a list respects caps and earlier requests, and says why a target stays uncovered."""

from dataclasses import replace

import neo4j

from graph.database.client import Graph
from graph.insights.planning.introduction_plan import IntroductionPlan, PlanCoverage
from graph.networks.state import read_state
from graph.viewer import Viewer
from operations.insights.planning import plan_target_list
from operations.session import Session
from sources.tables.target_list import list_of_targets
from tests.drawing import NETWORK
from tests.graph.evidence_drawing import draw, view
from tests.graph.route_indexes import indexed

SEND = """
MATCH (m:Member {network: $network, id: 'ana'})
CREATE (m)-[:ASKED]->(r:IntroductionRequest {network: $network, id: $introducer + $target, asker: 'ana',
  people: [$introducer, $target], keys: [$introducer_key, $target_key], names: [$introducer, $target],
  reason: '', benefit: '', note: 'n', status: 'sent', sent_at: timestamp(), created_at: timestamp(),
  changed_at: timestamp(), expires_at: timestamp() + 100000, actions: [], actors: [], statuses: [], times: [],
  action_keys: []})
"""


ANA = replace(view("ana"), member="ana")


async def plan_for(graph: Graph, *targets: str, requests_each: int = 2, viewer: Viewer = ANA) -> IntroductionPlan:
    session = Session(graph, await read_state(graph, NETWORK), viewer)
    return await plan_target_list(session, list_of_targets(targets), requests_each=requests_each)


def assigned(plan: IntroductionPlan) -> dict[str, str]:
    return {
        planned.answer.target.name: planned.route.people[0].name
        for planned in plan.targets
        if planned.answer.target and planned.route
    }


async def test_a_plan_respects_caps_and_earlier_requests(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.9- ben -0.9-> jane",
        "ben -0.8-> omar",
        "ben -0.7-> lena",
        "ana <-0.6- cleo -0.6-> jane",
        "ana <-0.9- near",
        "ana -lists-> nobody",
        "hub -0.9-> nobody",
        "hub -0.8-> other",
        "ana -lists-> hub",
    )
    everybody = ("jane", "omar", "lena", "near", "nobody", "other", "Zoe Nobody", "jane@jane.example")

    plan = await plan_for(graph, *everybody)
    one_each = await plan_for(graph, *everybody, requests_each=1)
    async with indexed(driver, ANA) as (recording, viewer):
        from_index = await plan_for(recording, *everybody, viewer=viewer)

    assert from_index == plan
    assert not recording.searched
    assert assigned(plan) == {"jane": "cleo", "omar": "ben", "lena": "ben"}
    assert [planned.coverage for planned in plan.targets] == [
        PlanCoverage.ASSIGNED,
        PlanCoverage.ASSIGNED,
        PlanCoverage.ASSIGNED,
        PlanCoverage.KNOWN,
        PlanCoverage.NO_ROUTE,
        PlanCoverage.NO_ROUTE,
        PlanCoverage.UNKNOWN,
        PlanCoverage.REPEATED,
    ]
    assert [(load.introducer.name, len(load.routes)) for load in plan.loads] == [("ben", 2), ("cleo", 1)]
    assert abs(plan.expected - (0.6 * 0.6 + 0.9 * 0.8 + 0.9 * 0.7)) < 1e-9
    assert [(tie.person.name, len(tie.targets), tie.is_connection) for tie in plan.new_ties][:1] == [("hub", 2, True)]
    assert assigned(one_each) == {"jane": "cleo", "omar": "ben"}
    assert one_each.targets[2].coverage is PlanCoverage.INTRODUCERS_FULL

    for introducer, target in (("ben", "omar"), ("cleo", "jane")):
        await driver.execute_query(
            SEND,
            network=NETWORK,
            introducer=introducer,
            target=target,
            introducer_key=f"email:{introducer}@{introducer}.example",
            target_key=f"email:{target}@{target}.example",
        )
    after = await plan_for(graph, "jane", "omar", "lena")

    assert assigned(after) == {"jane": "ben"}
    assert [planned.coverage for planned in after.targets] == [
        PlanCoverage.ASSIGNED,
        PlanCoverage.ALREADY_ASKED,
        PlanCoverage.INTRODUCERS_FULL,
    ]
