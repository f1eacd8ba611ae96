"""One pass over many targets finds for each what a search of its own finds, order included."""

import asyncio
from dataclasses import replace

import neo4j
from hypothesis import given

from graph.database.client import Graph
from graph.introductions.batch_routes import find_best_routes
from graph.viewer import NETWORK_AUDIENCE, Viewer
from tests.laws.test_routes_oracle import (
    ASKER,
    MEMBER,
    World,
    at_once,
    drawn,
    enumerated,
    examples,
    seeds,
    team,
    world,
)


@examples(25)
@given(seeds=seeds)
async def test_one_pass_equals_exhaustive_enumeration_for_each_target(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    """Everybody is a target here, so that targets stand on the ways to others; some are several people."""
    worlds = [replace((team if seed % 2 else world)(seed), limit=1) for seed in seeds]
    networks = await drawn(driver, worlds)

    async def ask(network: str, asked_of: World) -> None:
        view = Viewer(
            network, MEMBER, ASKER, (NETWORK_AUDIENCE, MEMBER), (), 0, excluded_introducers=asked_of.passed_over
        )
        targets = dict(enumerate([asked_of.targets, *((id,) for id in asked_of.names if id != ASKER)]))
        async with at_once:
            found = await find_best_routes(
                Graph(driver),
                view,
                targets,
                colleagues=asked_of.colleagues,
                max_introducers=asked_of.max_introducers,
            )
        for place, ids in targets.items():
            assert ([found[place]] if place in found else []) == enumerated(replace(asked_of, targets=ids)), asked_of

    await asyncio.gather(*(ask(network, one) for network, one in zip(networks, worlds, strict=True)))
