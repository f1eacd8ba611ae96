"""Whom one might ask where there is no route."""

import neo4j

from graph.database.client import Graph
from graph.lookup.possible_connectors import find_company_contacts, find_connectors, find_connectors_at
from tests.drawing import AS_OF
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


async def ids(graph: Graph, *targets: str) -> list[str]:
    return [lead.person.id for lead in await find_connectors(graph, ANA, targets=targets)]


async def test_whoever_knows_the_asker_and_works_there_is_a_lead_best_first(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    there = ("ben", "dan", "eva", "fay", "hub", "cleo")
    await draw(
        driver,
        "ana <-0.5- ben",
        "ana <-0.9- dan",
        "ana <-0.5- eva",
        "ana <-0.4- fay",
        "ana -0.9-> hub",
        "ana <-0.9- gil",
        jobs=(*(Job(who, "Acme", "Engineer", since=9_000) for who in there), Job("gil", "Globex")),
    )

    found = await find_connectors(graph, ANA, targets=("cleo",))

    assert [lead.person.id for lead in found] == ["dan", "ben", "eva"]
    assert (found[0].company, found[0].title, found[0].since) == ("Acme", "Engineer", 9_000)
    assert (found[0].tie.strength, found[0].tie.to_person.id) == (0.9, "ana")


async def test_a_former_job_counts_where_it_is_seen_to_overlap(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        *(f"ana <-0.9- {who}" for who in ("ben", "dan", "eva")),
        jobs=(
            Job("cleo", "Acme", since=15_000),
            Job("ben", "Acme", since=9_000, until=15_500),
            Job("dan", "Acme", since=9_000, until=14_500),
            Job("undated", "Globex"),
            Job("eva", "Globex", until=14_500),
        ),
    )

    assert await ids(graph, "cleo") == ["ben"]
    assert await ids(graph, "undated") == []


async def test_a_former_employer_of_the_target_makes_no_lead(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", jobs=(Job("cleo", "Acme", until=15_000), Job("ben", "Acme")))

    assert await ids(graph, "cleo") == []


async def test_a_tie_on_one_twin_and_a_job_on_the_other_are_one_lead(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    crowd = tuple(Job(f"worker{n}", "Acme") for n in range(5))
    await draw(
        driver,
        "ana <-0.9- ben -probably-> benny",
        "ana <-0.5- benny",
        jobs=(Job("benny", "Acme"), Job("cleo", "Acme"), *crowd),
    )

    assert await ids(graph, "cleo") == ["ben"]
    await draw(driver, *(f"ana <-0.1- friend{n}" for n in range(20)))
    assert await ids(graph, "cleo") == ["ben"]


async def test_the_target_and_their_twin_are_never_leads(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.9- cleo -probably-> twin",
        jobs=(Job("cleo", "Acme"), Job("twin", "Acme"), Job("ana", "Acme")),
    )

    assert await ids(graph, "cleo", "twin") == []


async def test_a_job_that_no_source_in_view_tells_is_no_lead(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", "ana <-0.9- dan", jobs=(Job("cleo", "Acme"), Job("dan", "Acme")))
    await draw(driver, jobs=(Job("ben", "Acme"),), source="of-ben", owner="ben")
    await draw(driver, jobs=(Job("cleo", "Secret"), Job("dan", "Secret")), source="of-ben", owner="ben")

    assert await ids(graph, "cleo") == ["dan"]
    assert (await find_company_contacts(graph, ANA, "Secret")).present == ()
    assert [lead.person.id for lead in (await find_company_contacts(graph, view("ana", "ben"), "Secret")).present] == [
        "dan"
    ]


async def test_at_a_company_stand_those_there_now_and_those_who_were(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.5- ben",
        "ana <-0.9- dan",
        "ana <-0.7- eva",
        jobs=(
            Job("ben", "ACME, Inc."),
            Job("ben", "Acme", "Intern", until=AS_OF - 2_000),
            Job("dan", "Acme", until=AS_OF - 9),
            Job("eva", "Acme Robotics"),
        ),
    )

    acme = await find_company_contacts(graph, ANA, "acme")

    assert [lead.person.id for lead in acme.present] == ["ben"]
    assert [lead.person.id for lead in acme.former] == ["dan"]
    assert [lead.person.id for lead in (await find_company_contacts(graph, ANA, "robot")).present] == ["eva"]
    assert [lead.person.id for lead in await find_connectors_at(graph, ANA, "Acme")] == ["ben"]


async def test_another_networks_company_is_never_shown(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", jobs=(Job("ben", "Acme"),), network="other")
    await draw(driver, "ana <-0.9- ben")

    assert await find_company_contacts(graph, ANA, "Acme") == await find_company_contacts(graph, ANA, "?")
    assert await find_company_contacts(graph, ANA, "Acme") == await find_company_contacts(graph, ANA, "Globex")
