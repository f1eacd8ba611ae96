"""Tests of the state of a network."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.networks.state import read_state
from tests.graph.worlds import home, load_export, own


@pytest.mark.parametrize("lost", ["sharing_level", "status", "kind", "id"])
async def test_a_source_that_is_deleted_meanwhile_is_left_out(
    driver: neo4j.AsyncDriver, graph: Graph, lost: str
) -> None:
    """A query that began before the deletion still finds the node, and no longer its properties."""
    network, _ = await home(graph)
    for kind in ("mailbox", "calendar"):
        await load_export(graph, [own("ana@home.example", "Ana")], kind=kind)
    await driver.execute_query(f"MATCH (s:Source {{kind: 'mailbox'}}) REMOVE s.{lost}")

    assert [source.kind for source in (await read_state(graph, network)).sources] == ["calendar"]
