"""Tests of suggestions for a misspelt name."""

import neo4j

from graph.database.client import Graph
from graph.lookup.similar_names import find_similar_people
from tests.graph.evidence_drawing import draw, view

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

    assert await suggest(graph, "Jane Okonkwi") == ["Jane Okonkwo"]
