"""A search for a company, and a refusal, do the same work and find the same, whatever other members keep private."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import neo4j

from cypher import Query
from graph.database.client import Graph
from graph.days import date_of
from graph.introductions.companies import find_domain_contacts, reachable_people
from graph.lookup.possible_connectors import find_company_contacts, find_connectors_at
from graph.lookup.resolve import NameReference, PersonReference
from graph.lookup.similar_names import find_similar_companies, find_similar_people
from graph.networks.state import build_viewer, read_state
from operations.ask import ask
from operations.questions.companies import count_people
from operations.session import Session
from tests.drawing import AS_OF, NETWORK
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")
Search = Callable[[Graph], Awaitable[Any]]
SIZES = (200, 3, 0)


def asking(target: PersonReference, as_of: date | None = None) -> Search:
    """Ana asks for a person who is not reachable."""

    async def search(graph: Graph) -> Any:
        state = await read_state(graph, NETWORK)
        reply = await ask(Session(graph, state, build_viewer(state, "ana")), target, as_of=as_of)
        return reply.answer

    return search


SEARCHES: dict[str, Search] = {
    "contacts by name": lambda graph: find_company_contacts(graph, ANA, "Acme"),
    "contacts by the beginning of a word": lambda graph: find_company_contacts(graph, ANA, "robot"),
    "contacts by an unknown name": lambda graph: find_company_contacts(graph, ANA, "Hidden Works"),
    "contacts by domain": lambda graph: find_domain_contacts(graph, ANA, "acme.example"),
    "contacts by an unknown domain": lambda graph: find_domain_contacts(graph, ANA, "hidden-works.example"),
    "number of people": lambda graph: count_people(graph, ANA, "Acme"),
    "connectors": lambda graph: find_connectors_at(graph, ANA, "Acme"),
    "introductions by name": lambda graph: reachable_people(graph, ANA, name="Acme"),
    "introductions by an unknown name": lambda graph: reachable_people(graph, ANA, name="Hidden Works"),
    "introductions by domain": lambda graph: reachable_people(graph, ANA, domain="acme.example"),
    "similar companies": lambda graph: find_similar_companies(graph, ANA, "Acne Robotics"),
    "similar people": lambda graph: find_similar_people(graph, ANA, "naer"),
    "similar people out of view": lambda graph: find_similar_people(graph, ANA, "secrit7"),
    "introductions by an unknown domain": lambda graph: reachable_people(graph, ANA, domain="hidden-works.example"),
    "a refusal": asking("cleo@acme.example"),
    "a refusal by name": asking("cleo"),
    "a refusal as of an earlier day": asking("cleo@acme.example", date_of(AS_OF - 10)),
    "an unknown name at a company": asking(NameReference("Nobody Atall", "Acme")),
    "an unknown name": asking("Nobody Atall"),
    "an unknown address": asking("nobody@hidden-works.example"),
}


class Profiled(Graph):
    """A graph that counts its read queries, their rows and their accesses to the store."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(driver)
        self.driver = driver
        self.work: list[tuple[str, int, int]] = []

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        result = await self.driver.execute_query("PROFILE " + query.text, params)
        assert result.summary.profile is not None
        if not query.writes:  # the entry of the audit log, whose accesses differ from one time to the next
            self.work.append((query.name, len(result.records), accesses(result.summary.profile)))
        return [dict(record) for record in result.records]


def accesses(step: dict[str, Any]) -> int:
    """The accesses to the store of a step of a plan and of all steps below it."""
    return int(step.get("dbHits", 0)) + sum(accesses(child) for child in step.get("children", ()))


async def draw_visible_people(driver: neo4j.AsyncDriver) -> None:
    """People at Acme and Acme Robotics in Ana's own source, two of whom know her. Cleo is not reachable."""
    await draw(
        driver,
        "ana <-0.9- ben -0.8-> near",
        "ana <-0.7- dan -mail:30,20-> ana",
        keys={"near": "email:near@acme.example", "dan": "email:dan@acme.example", "cleo": "email:cleo@acme.example"},
        jobs=(
            Job("near", "Acme", "Engineer"),
            Job("dan", "Acme", "Founder", since=9_000),
            Job("ben", "Acme Robotics"),
            Job("cleo", "Acme", "Engineer"),
        ),
    )


async def draw_private_people(driver: neo4j.AsyncDriver, count: int) -> None:
    """People at the same companies and domains, and at unknown ones, in Vera's private source. Some assist Cleo."""
    who = [f"secret{number}" for number in range(count)]
    places = ("Acme", "Acme Robotics", "Robotware", "Hidden Works")
    domains = ("acme.example", "hidden-works.example")
    await draw(
        driver,
        keys={name: f"email:{name}@{domains[at % 2]}" for at, name in enumerate(who)},
        jobs=tuple(Job(name, places[at % 4], "Engineer") for at, name in enumerate(who)),
        source="of-vera",
        owner="vera",
    )
    await driver.execute_query(
        """
        MATCH (p:Person)-[:WORKS_AT]->() WHERE p.id STARTS WITH 'secret'
        MATCH (v:Person {id: 'vera'})
        CREATE (p)-[:KNOWS {by: p.id, towards: 'vera', audience: 'vera', strength: 0.9, mutual_strength: 0.9}]->(v)
        """
    )
    await driver.execute_query(
        """
        MATCH (:Source {id: 'of-vera'})-[n:NAMES]->() WHERE n.company = 'Acme'
        SET n.principal = 'email:cleo@acme.example'
        """
    )


async def keep_private_people(driver: neo4j.AsyncDriver, count: int) -> None:
    """Delete the private people but the first `count`, with their identities and facts."""
    await driver.execute_query(
        """
        MATCH (p:Person) WHERE p.id STARTS WITH 'secret' AND toInteger(substring(p.id, 6)) >= $count
        OPTIONAL MATCH (p)--(n:Identity|Fact)
        DETACH DELETE p, n
        """,
        count=count,
    )


async def test_the_work_does_not_depend_on_private_people_of_others(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    """Neo4j plans every query once, for the largest network, so the work of a size does not depend on statistics."""
    await draw_visible_people(driver)
    await draw_private_people(driver, SIZES[0])
    await driver.execute_query("CALL db.prepareForReplanning()")  # with fresh statistics of the indexes
    results: dict[str, list[Any]] = {name: [] for name in SEARCHES}
    work: dict[str, list[Any]] = {name: [] for name in SEARCHES}
    for size in SIZES:
        await keep_private_people(driver, size)
        for name, search in SEARCHES.items():
            profiled = Profiled(driver)
            results[name].append(await search(profiled))
            work[name].append(sorted(profiled.work))  # some queries run concurrently

    assert results == {name: rows[:1] * len(SIZES) for name, rows in results.items()}
    differing = {
        name: [queries for queries in zip(*done, strict=True) if len({*queries}) > 1] for name, done in work.items()
    }
    assert differing == {name: [] for name in SEARCHES}


async def test_the_answer_does_not_depend_on_private_facts_about_visible_people(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw_visible_people(driver)
    before = [await search(graph) for search in SEARCHES.values()]

    await draw(
        driver,
        keys={"dan": "email:dan@acme.example", "near": "email:near@acme.example"},
        jobs=(
            *(Job("dan", "ACME!", "Founder", since=since) for since in (1_000, 2_000)),
            Job("near", "ACME!", "Engineer", until=9_999),
            Job("dan", "Hidden Works", "Owner"),
        ),
        source="of-vera",
        owner="vera",
    )
    await driver.execute_query("MATCH (c:Company {key: 'acme'}) SET c.name = 'ACME!'")
    await driver.execute_query("MATCH (:Person {id: 'dan'})-[w:WORKS_AT]->(:Company {key: 'acme'}) SET w.since = 1000")

    assert [await search(graph) for search in SEARCHES.values()] == before
