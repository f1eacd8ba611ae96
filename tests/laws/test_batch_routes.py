"""Tests that a batch search finds for each target the route of a single search."""

import asyncio
from dataclasses import replace

import neo4j
import pytest
from hypothesis import given

from graph.database.client import Graph
from graph.introductions.batch_routes import find_best_routes
from graph.viewer import NETWORK_AUDIENCE, Viewer
from tests.laws.test_routes_oracle import (
    ASKER,
    MEMBER,
    World,
    concurrency_limit,
    create_networks,
    enumerate_routes,
    examples,
    seeds,
    world,
    world_with_colleagues,
)

pytestmark = pytest.mark.fuzz


@examples(2)
@given(seeds=seeds)
async def test_batch_routes_equal_exhaustive_enumeration_for_each_target(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    """Everybody is a target, so that targets are on routes to others. Some targets are several people."""
    worlds = [replace((world_with_colleagues if seed % 2 else world)(seed), limit=1) for seed in seeds]
    networks = await create_networks(driver, worlds)

    async def ask(network: str, example: World) -> None:
        view = Viewer(network, MEMBER, ASKER, (NETWORK_AUDIENCE, MEMBER), (), 0, excluded_introducers=example.excluded)
        targets = dict(enumerate([example.targets, *((id,) for id in example.names if id != ASKER)]))
        async with concurrency_limit:
            routes = await find_best_routes(
                Graph(driver),
                view,
                targets,
                colleagues=example.colleagues,
                max_introducers=example.max_introducers,
            )
        for place, ids in targets.items():
            assert ([routes[place]] if place in routes else []) == enumerate_routes(replace(example, targets=ids)), (
                example
            )

    await asyncio.gather(*(ask(network, example) for network, example in zip(networks, worlds, strict=True)))
