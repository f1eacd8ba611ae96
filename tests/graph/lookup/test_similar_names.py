"""Tests of suggestions for a misspelt name."""

import neo4j

from graph.answers import UnknownTarget
from graph.database.client import Graph
from graph.lookup.resolve import NameReference, resolve_reference
from graph.lookup.similar_names import find_similar_companies, find_similar_people
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


async def suggest(graph: Graph, name: str) -> list[str]:
    return [person.name for person in await find_similar_people(graph, ANA, name)]


async def test_people_with_a_similar_name_are_suggested_the_most_similar_first(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, names={"p1": "Jane Okonkwo", "p2": "Jana Okonko", "p3": "John Smith", "p4": "Łukasz Wiśniewski"})

    assert await suggest(graph, "Jnae Okonkwo") == ["Jane Okonkwo", "Jana Okonko"]
    assert await suggest(graph, "Okonkwo Jane") == ["Jane Okonkwo", "Jana Okonko"]
    assert await suggest(graph, "Lukasz Wisnieski") == ["Łukasz Wiśniewski"]
    assert await suggest(graph, "Xavier Quux") == await suggest(graph, "?!") == []


async def test_names_out_of_view_are_not_suggested(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Jane Okonkwo"})
    await draw(driver, names={"p2": "Jane Okonkwa"}, source="of-ben", owner="ben")
    await draw(driver, names={"p3": "Jane Okonkwe"}, network="elsewhere")
    crowd = {f"q{number}": f"Jane Okonkwi{number:03}" for number in range(250)}
    await draw(driver, names=crowd, source="of-dan", owner="dan")

    assert await suggest(graph, "Jane Okonkwi") == ["Jane Okonkwo"]


async def test_an_unknown_target_suggests_similar_names(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        names={"p1": "Jane Okonkwo", "p2": "Jane Okonkwo", "p3": "Jane Okonjo"},
        jobs=(Job("p1", "Acme Robotics"), Job("p2", "Acme Robotics")),
    )
    await draw(driver, names={"p4": "Janet Hidden"}, source="of-ben", owner="ben", jobs=(Job("p4", "Hidden Robotics"),))

    for asked in ("Jnae Okonkwo", NameReference("Jnae Okonkwo"), "Jnae Okonkwo at Acme Robotics"):
        resolution = await resolve_reference(graph, ANA, asked)
        assert isinstance(resolution, UnknownTarget)
        assert [person.name for person in resolution.similar_people] == ["Jane Okonkwo", "Jane Okonjo"]
    hidden = await resolve_reference(graph, ANA, "Jnaet Hidden")
    assert isinstance(hidden, UnknownTarget)
    assert hidden.similar_people == ()
    assert await find_similar_companies(graph, ANA, "Acme Robtics") == ("Acme Robotics",)
    assert await find_similar_companies(graph, ANA, "Hiden Robotics") == ()
    assert await find_similar_companies(graph, ANA, "acme") == ()
