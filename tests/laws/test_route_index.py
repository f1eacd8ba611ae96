"""Tests that the route index returns what exhaustive enumeration and Neo4j return, scores and order included."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import neo4j
import pytest
from hypothesis import given

from graph.database.client import Graph
from graph.insights.measures.reach import IntroducerTies, read_ties_of_introducers
from graph.introductions.index.build import read_parts, read_route_index
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.introductions.index.route_index import RouteIndex
from graph.introductions.index.tied_people import build_people
from graph.introductions.routes import (
    FoundRoute,
    RouteQuestion,
    count_dominated_routes,
    search_in_database,
    search_in_memory,
)
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

ROOM = 10**9


def index_of(example: World) -> RouteIndex:
    """The index of a graph, without a database."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for tie in example.ties:
        if not tie.is_asleep:
            row = rows.setdefault((tie.towards, tie.audience), defaultdict(list))
            row |= {"towards": tie.towards, "audience": tie.audience}
            row["by"].append(tie.by)
            row["strengths"].append(tie.strength)
            row["mutual_strengths"].append(tie.mutual_strength)
    places = {id: place for place, id in enumerate(sorted(example.names))}
    return RouteIndex("network", "1", build_people(example.names, read_parts(list(rows.values()), places)))


def search(index: RouteIndex, example: World) -> list[FoundRoute]:
    never = {ASKER, *example.targets, *example.excluded}
    routes = index.search(
        asker=ASKER,
        targets=example.targets,
        never=never,
        audiences=(NETWORK_AUDIENCE, MEMBER),
        colleagues={*example.colleagues} - never,
        limit=example.limit,
        max_introducers=example.max_introducers,
    ).finish()
    return [FoundRoute(*route) for route in routes]


@examples(60)
@given(seeds=seeds)
def test_routes_of_an_index_equal_exhaustive_enumeration(seeds: Sequence[int]) -> None:
    for seed in seeds:
        example = (world_with_colleagues if seed % 2 else world)(seed)
        assert search(index_of(example), example) == enumerate_routes(example), example


@examples(30)
@given(seeds=seeds)
def test_scores_that_round_alike_are_ordered_alike(seeds: Sequence[int]) -> None:
    """The strengths differ in the last bits, so that different factors have equal products."""
    for seed in seeds:
        chance = Random(seed)
        strengths = [0.3 + chance.randint(0, 4) * 2.0**-54 for _ in range(5)]
        example = world(seed, strengths=strengths)
        assert search(index_of(example), example) == enumerate_routes(example), example


@examples(40)
@given(seeds=seeds)
def test_a_list_search_finds_the_first_route_to_each_target(seeds: Sequence[int]) -> None:
    """Everybody is a target, so that targets are on routes to others. Some targets are several people."""
    for seed in seeds:
        example = replace((world_with_colleagues if seed % 2 else world)(seed), limit=1)
        targets = [example.targets, *((id,) for id in example.names if id != ASKER)]
        never = {ASKER, *example.excluded}
        result = index_of(example).search_list(
            asker=ASKER,
            targets=targets,
            never=never,
            audiences=(NETWORK_AUDIENCE, MEMBER),
            colleagues={*example.colleagues} - never,
            max_introducers=example.max_introducers,
        )
        for ids, route in zip(targets, result, strict=True):
            expected = enumerate_routes(replace(example, targets=ids))
            assert ([FoundRoute(*route)] if route else []) == expected, example


def enumerate_dominated(example: World, people: Sequence[str]) -> int:
    """The number of people before the first introducer from whom the same route is no better."""
    strengths: dict[tuple[str, str], float] = {(id, ASKER): 1.0 for id in example.colleagues}
    for tie in example.ties:
        pair = tie.by, tie.towards
        if tie.audience in (NETWORK_AUDIENCE, MEMBER) and not tie.is_asleep:
            strengths[pair] = max(tie.strength, strengths.get(pair, 0.0))
    first, others = people[0], {*example.names} - {ASKER, *example.targets, *example.excluded, *people}
    return sum(
        (first, before) in strengths
        and (before, ASKER) in strengths
        and strengths[before, ASKER] * strengths[first, before] <= strengths[first, ASKER]
        for before in others
        if len(people) < example.max_introducers
    )


def ordered(people: Iterable[IntroducerTies]) -> Sequence[object]:
    """The ties of people, in an order that does not depend on the engine."""
    return sorted((one.id, sorted(map(tuple, one.knows)), sorted(map(tuple, one.known_by))) for one in people)


@examples(12)
@given(seeds=seeds)
async def test_an_index_read_from_neo4j_answers_as_neo4j(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: Sequence[int]
) -> None:
    worlds = [(world_with_colleagues if seed % 2 else world)(seed) for seed in seeds]
    networks = await create_networks(driver, worlds)
    await driver.execute_query(
        "UNWIND $networks AS id CREATE (:Network {id: id, ties_id: 'of ' + id})", networks=networks
    )

    async def compare(network: str, example: World) -> None:
        viewer = Viewer(
            network,
            MEMBER,
            ASKER,
            (NETWORK_AUDIENCE, MEMBER),
            (),
            0,
            excluded_introducers=example.excluded,
            ties_id=f"of {network}",
        )
        question = RouteQuestion(viewer, example.targets, example.limit, example.max_introducers, example.colleagues)
        async with concurrency_limit:
            assert await search_in_memory(graph, question) is None
            routes = [route.people for route in enumerate_routes(example)]
            dominated = [enumerate_dominated(example, people) for people in routes]
            assert await count_dominated_routes(graph, question, routes) == dominated, example
            ties = await read_ties_of_introducers(graph, viewer, [*example.names])
            index = await read_route_index(graph, network, max_bytes=ROOM)
            assert index is not None
            ROUTE_INDEXES.keep(index, ROOM)
            in_memory = await search_in_memory(graph, question)
            assert in_memory == await search_in_database(graph, question), example
            assert in_memory is not None
            assert list(in_memory.routes) == enumerate_routes(example), example
            assert await count_dominated_routes(graph, question, routes) == dominated, example
            assert ordered(await read_ties_of_introducers(graph, viewer, [*example.names])) == ordered(ties), example

    try:
        await asyncio.gather(*(compare(*each) for each in zip(networks, worlds, strict=True)))
    finally:
        ROUTE_INDEXES.clear()
