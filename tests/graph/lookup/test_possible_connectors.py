"""Tests of possible connectors: people who may know the target because they share an employer."""

from collections.abc import Iterable

import neo4j

from graph.answers import PossibleConnector
from graph.database.client import Graph
from graph.lookup.possible_connectors import find_company_contacts, find_connectors, find_connectors_at
from operations.questions.companies import count_people
from tests.drawing import AS_OF
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


async def connector_ids(graph: Graph, *targets: str) -> list[str]:
    return [connector.person.id for connector in await find_connectors(graph, ANA, targets=targets)]


async def test_colleagues_of_the_target_who_know_the_asker_are_listed(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    employees = ("ben", "dan", "eva", "fay", "hub", "cleo")
    await draw(
        driver,
        "ana <-0.5- ben",
        "ana <-0.9- dan",
        "ana <-0.5- eva",
        "ana <-0.4- fay",
        "ana -0.9-> hub",
        "ana <-0.9- gil",
        jobs=(*(Job(who, "Acme", "Engineer", since=9_000) for who in employees), Job("gil", "Globex")),
    )

    connectors = await find_connectors(graph, ANA, targets=("cleo",))

    assert [connector.person.id for connector in connectors] == ["dan", "ben", "eva"]
    assert (connectors[0].company, connectors[0].title, connectors[0].since) == ("Acme", "Engineer", 9_000)
    assert (connectors[0].tie.strength, connectors[0].tie.to_person.id) == (0.9, "ana")


async def test_a_former_job_counts_if_its_dates_overlap(graph: Graph, driver: neo4j.AsyncDriver) -> None:
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

    assert await connector_ids(graph, "cleo") == ["ben"]
    assert await connector_ids(graph, "undated") == []


async def test_a_former_employer_of_the_target_gives_no_connector(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", jobs=(Job("cleo", "Acme", until=15_000), Job("ben", "Acme")))

    assert await connector_ids(graph, "cleo") == []


async def test_duplicates_with_a_tie_and_a_job_are_one_connector(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    crowd = tuple(Job(f"worker{n}", "Acme") for n in range(5))
    await draw(
        driver,
        "ana <-0.9- ben -probably-> benny",
        "ana <-0.5- benny",
        jobs=(Job("benny", "Acme"), Job("cleo", "Acme"), *crowd),
    )

    assert await connector_ids(graph, "cleo") == ["ben"]
    await draw(driver, *(f"ana <-0.1- friend{n}" for n in range(20)))
    assert await connector_ids(graph, "cleo") == ["ben"]


async def test_the_target_and_their_duplicate_are_never_connectors(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "ana <-0.9- cleo -probably-> twin",
        jobs=(Job("cleo", "Acme"), Job("twin", "Acme"), Job("ana", "Acme")),
    )

    assert await connector_ids(graph, "cleo", "twin") == []


async def test_a_job_from_a_source_out_of_view_gives_no_connector(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", "ana <-0.9- dan", jobs=(Job("cleo", "Acme"), Job("dan", "Acme")))
    await draw(driver, jobs=(Job("ben", "Acme"),), source="of-ben", owner="ben")
    await draw(driver, jobs=(Job("cleo", "Secret"), Job("dan", "Secret")), source="of-ben", owner="ben")

    assert await connector_ids(graph, "cleo") == ["dan"]
    assert (await find_company_contacts(graph, ANA, "Secret")).present == ()
    assert [
        connector.person.id for connector in (await find_company_contacts(graph, view("ana", "ben"), "Secret")).present
    ] == ["dan"]


async def test_company_contacts_separate_present_from_former_employees(graph: Graph, driver: neo4j.AsyncDriver) -> None:
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

    assert [connector.person.id for connector in acme.present] == ["ben"]
    assert [connector.person.id for connector in acme.former] == ["dan"]
    assert [connector.person.id for connector in (await find_company_contacts(graph, ANA, "robot")).present] == ["eva"]
    assert [connector.person.id for connector in await find_connectors_at(graph, ANA, "Acme")] == ["ben"]


async def test_company_contacts_do_not_depend_on_where_the_search_begins(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    """It begins with the jobs or with the ties, whichever are fewer."""
    await draw(
        driver,
        "ana <-0.9- ben -probably-> benny -probably-> bee",
        "ana <-0.5- benny",
        "ana <-0.7- dan",
        "eva -0.9-> fay",
        jobs=(
            Job("ben", "Acme", "Intern", until=AS_OF - 2_000),
            Job("benny", "ACME, Inc.", "Engineer", since=9_000),
            Job("benny", "Acme", "Founder", since=8_000),
            Job("dan", "Acme", "Clerk", until=AS_OF - 9),
            Job("dan", "Acme", "Driver", until=AS_OF - 8),
            Job("eva", "Acme"),
            Job("ana", "Acme"),
        ),
    )
    begun_with_ties = await find_company_contacts(graph, ANA, "Acme")

    await draw(driver, *(f"ana <-0.1- friend{n}" for n in range(20)))
    begun_with_jobs = await find_company_contacts(graph, ANA, "Acme")

    assert begun_with_ties == begun_with_jobs
    (ben,), (dan,) = begun_with_ties.present, begun_with_ties.former
    assert (ben.person.id, ben.company, ben.title, ben.since, ben.tie.strength) == (
        "ben",
        "Acme",
        "Engineer",
        9_000,
        0.9,
    )
    assert (dan.person.id, dan.title, dan.until) == ("dan", "Driver", AS_OF - 8)
    assert (begun_with_ties.present_count, begun_with_ties.former_count) == (1, 1)
    assert await count_people(graph, ANA, "Acme") == 5


async def test_company_contacts_say_who_is_asleep_and_who_is_unreachable(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    who = ("ben", "dan", "eva")
    await draw(driver, *(f"ana <-0.5- {one}" for one in who), jobs=tuple(Job(one, "Acme") for one in who))
    await driver.execute_query(
        "MATCH ()-[k:KNOWS]->() WHERE k.by IN ['dan', 'eva'] SET k.asleep = true, k.unreachable = k.by = 'eva'"
    )
    expected = [("ben", False, False), ("dan", True, False), ("eva", True, True)]

    def ties(connectors: Iterable[PossibleConnector]) -> list[tuple[str, bool, bool]]:
        return [(one.person.id, one.tie.is_asleep, one.tie.is_unreachable) for one in connectors]

    assert ties(await find_connectors_at(graph, ANA, "Acme")) == expected
    begun_with_ties = await find_company_contacts(graph, ANA, "Acme")
    await draw(driver, *(f"ana <-0.1- friend{n}" for n in range(20)))
    begun_with_jobs = await find_company_contacts(graph, ANA, "Acme")

    assert ties(begun_with_ties.present) == ties(begun_with_jobs.present) == expected


async def test_a_company_of_another_network_is_never_returned(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ana <-0.9- ben", jobs=(Job("ben", "Acme"),), network="other")
    await draw(driver, "ana <-0.9- ben")

    assert await find_company_contacts(graph, ANA, "Acme") == await find_company_contacts(graph, ANA, "?")
    assert await find_company_contacts(graph, ANA, "Acme") == await find_company_contacts(graph, ANA, "Globex")
