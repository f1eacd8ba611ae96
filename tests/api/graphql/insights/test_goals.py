"""Tests of `networkGoal` and `setNetworkGoal` over the sample network."""

from typing import Any

import neo4j
import pytest

import cypher
from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage, goal_ranges, read_goal, set_goal
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.insights.goals import assess_goal
from operations.session import Session
from presentation.insights.goals import goal_progress_data
from tests.api.conftest import TODAY, Ask, Counting
from tests.api.test_answer_json import ON_REQUEST, fragments

SET_GOAL = """
mutation($goal: GoalInput) {
  setNetworkGoal(input: {goal: $goal}) { goal { purpose stage companies roles fields } }
}
"""
GOAL: dict[str, Any] = {
    "purpose": "JOB_SEARCH",
    "stage": "SENIOR",
    "companies": ["Halden", "Pinecrest Schools", " Halden "],
    "roles": ["product MANAGER"],
    "fields": [],
}


async def test_a_goal_shows_who_can_be_reached_before_the_advice(ask: Ask, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    viewer = build_viewer(state, member)
    document = fragments("networkGoal", "", ON_REQUEST, "").replace("networkGoal()", "networkGoal")
    assert (await ask(document))["data"]["networkGoal"] is None

    for _ in range(2):
        stored = (await ask(SET_GOAL, goal=GOAL))["data"]["setNetworkGoal"]["goal"]
        assert stored == GOAL | {"companies": ["Halden", "Pinecrest Schools"]}
    answer = (await ask(document))["data"]["networkGoal"]

    measured = await assess_goal(Session(sample, state, viewer))
    assert measured is not None
    assert answer == goal_progress_data(measured)
    halden, pinecrest, managers = answer["targets"]
    assert (halden["knownCount"], halden["reachableCount"]) == (0, 1)
    assert [one["person"]["name"] for one in halden["introducers"]] == ["Noor Haddad"]
    assert (pinecrest["knownCount"], managers["kind"], managers["knownCount"]) == (4, "ROLE", 4)
    assert answer["message"] == "56 of your 268 connections know you."
    assert (answer["advisedMin"], answer["advisedMax"]) == (1_000, 2_000)
    assert "732 fewer" in answer["adviceMessage"]

    wrong = await ask(SET_GOAL, goal={"purpose": "SALES", "stage": "SENIOR"})
    assert wrong["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "starting, established" in wrong["errors"][0]["message"]
    assert (await ask(SET_GOAL, goal=None))["data"]["setNetworkGoal"]["goal"] is None
    assert await read_goal(sample, viewer) is None


@pytest.mark.parametrize("purpose", GoalPurpose)
def test_each_purpose_has_ranges_that_follow_each_other(purpose: GoalPurpose) -> None:
    ranges = [*goal_ranges()[purpose].values()]

    assert [least for least, _ in ranges[1:]] == [most for _, most in ranges[:-1]]
    assert all(least < most for least, most in ranges)


async def test_a_goal_ends_with_the_membership(driver: neo4j.AsyncDriver, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    await driver.execute_query(
        "MATCH (n:Network {id: $network}) CREATE (n)-[:HAS]->(:Member {network: $network, id: 'bob', role: 'member'})",
        network=network,
    )
    state = await read_state(sample, network)
    bob = build_viewer(state, "bob")
    await set_goal(sample, bob, Goal(GoalPurpose.SALES, GoalStage.STARTING, ("Halden",)))
    assert await read_goal(sample, build_viewer(state, member)) is None
    await sample.run(cypher.load("membership/remove_member"), network=network, member="bob")
    (rows, _, _) = await driver.execute_query("MATCH (m:Member) WHERE m.goal_purpose IS NOT NULL RETURN m")
    assert rows == []
