"""Tests of the people that the viewer can reach at a company."""

from dataclasses import replace
from typing import Any

import neo4j
import pytest

from graph.answers import Introductions
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.companies import ReachablePeople, find_domain_contacts, reachable_people
from tests.drawing import AS_OF
from tests.graph.evidence_drawing import Job, draw, view
from tests.graph.route_indexes import indexed

ANA = view("ana")


@pytest.mark.parametrize("how", [{"name": "Acme Robotics, Inc."}, {"domain": "www.Acme-Robotics.com"}])
async def test_reachable_people_rank_present_employees_first_then_by_score(
    graph: Graph, driver: neo4j.AsyncDriver, how: dict[str, Any]
) -> None:
    people = ("far", "near", "direct", "once", "silent", "elsewhere", "twin")
    await draw(
        driver,
        "ana <-0.9- ben -0.8-> near",
        "ana <-0.9- ben -0.3-> far",
        "ben -mail:3-> near",
        "ana <-0.7- direct",
        "ben -0.9-> once",
        "ana -mail:3-> silent",
        "ben -0.9-> elsewhere",
        "near -probably-> twin",
        keys={who: f"email:{who}@acme-robotics.com" for who in people if who != "elsewhere"},
        jobs=(
            *(Job(who, "Acme Robotics", "Engineer") for who in ("far", "near", "direct", "silent", "twin")),
            Job("once", "Acme Robotics", until=AS_OF - 99),
            Job("elsewhere", "Globex"),
        ),
    )
    await driver.execute_query(
        "MATCH (i:Identity) WHERE i.key ENDS WITH '@acme-robotics.com' SET i.domain = 'acme-robotics.com'"
    )

    contacts = (await reachable_people(graph, ANA, **how)).people

    assert [(contact.row.target and contact.row.target.id, contact.now) for contact in contacts] == [
        ("direct", True),
        ("near", True),
        ("far", True),
        ("once", False),
    ]
    alone = await introductions(graph, ANA, "near", limit=1)
    assert isinstance(alone, Introductions)
    assert contacts[1].row.route == replace(alone.routes[0], dominated=None)
    async with indexed(driver, ANA) as (recording, ana):
        assert (await reachable_people(recording, ana, **how)).people == contacts
        assert not recording.searched
    assert [
        len((await reachable_people(graph, ANA, limit=1, **how)).people),
        await reachable_people(graph, ANA, name="Nowhere"),
    ] == [1, ReachablePeople()]


async def test_a_domain_out_of_view_equals_an_unknown_domain(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben -0.8-> near", keys={"near": "email:near@acme.com"})
    await draw(driver, "ana <-0.9- ben", keys={"x": "email:x@hid.com"}, names={"x": "X"}, source="of-ben", owner="ben")

    assert await find_domain_contacts(graph, ANA, "hid.com") == await find_domain_contacts(graph, ANA, "none.com")
    assert await reachable_people(graph, ANA, domain="hid.com") == ReachablePeople()
