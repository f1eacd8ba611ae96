"""Tests that a service answers from an index only while it is current, and reads it again in the background."""

import asyncio

import neo4j
import pytest

from graph.answers import Answer, Introductions
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.viewer import Viewer
from operations.questions.route_indexing import route_indexing
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import own, talk

ANA, BEN, DAN, JANE = "ana@home.example", "ben@home.example", "dan@near.example", "jane@far.example"
ROOM = 10**6


async def current_viewer(graph: Graph) -> Viewer:
    """Ana's view, as soon as the index is current."""
    async with asyncio.timeout(30):
        while True:
            viewer = await viewer_of(graph, "ana")
            if ROUTE_INDEXES.find(viewer):
                return viewer
            await asyncio.sleep(0.02)


def introducers(answer: Answer) -> list[str]:
    return [route.people[0].name for route in answer.routes] if isinstance(answer, Introductions) else []


async def test_a_load_is_in_the_next_answer_and_in_the_next_index(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN), *talk(BEN, JANE, copy=ANA)])
    async with route_indexing(graph, None, ROOM, poll_seconds=0.02):
        viewer = await current_viewer(graph)
        assert introducers(await introductions(graph, viewer, JANE)) == ["Ben"]
        assert ROUTE_INDEXES.nbytes > 0

        await load_for(graph, "ana", [own(ANA, "Ana"), *talk(DAN, JANE, copy=ANA, times=9)], kind="calendar")
        newer = await viewer_of(graph, "ana")
        assert newer.ties_id != viewer.ties_id
        from_neo4j = await introductions(graph, newer, JANE)
        from_index = await introductions(graph, await current_viewer(graph), JANE)

        assert set(introducers(from_neo4j)) == {"Ben", "Dan"}
        assert from_index == from_neo4j
        assert ROUTE_INDEXES.find(viewer) is None
    assert ROUTE_INDEXES.nbytes == 0


@pytest.mark.parametrize("limit", [1, 2 * 24])  # less than the ties take, and less than ties and people take
async def test_a_network_that_exceeds_the_memory_limit_has_no_index(
    driver: neo4j.AsyncDriver, graph: Graph, caplog: pytest.LogCaptureFixture, limit: int
) -> None:
    await create_team_network(driver, graph)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN)])
    async with route_indexing(graph, None, limit, poll_seconds=0.02):
        async with asyncio.timeout(30):
            while "exceeds the memory limit" not in caplog.text:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.02)
        assert ROUTE_INDEXES.find(await viewer_of(graph, "ana")) is None
