"""Reads the profiles of people: name, title and company as the viewer's sources state them."""

from collections.abc import Iterable

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.viewer import Viewer

READ_PROFILES = cypher.load("lookup/read_profiles")

UNNAMED = "somebody whose name you may not see"
"""The name of a person on the viewer's route whom no source in view names."""


async def read_profiles(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, Person]:
    """Return everybody asked for, with the name and the current job that the sources in view give."""
    asked = list(dict.fromkeys(ids))
    (row,) = await graph.run(READ_PROFILES, network=viewer.network, ids=asked, sources=viewer.sources)
    named = {id: Person(id, name, title, company, shared) for id, name, title, company, shared in row["people"]}
    return {id: named.get(id) or Person(id=id, name=UNNAMED) for id in asked}
