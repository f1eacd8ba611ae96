"""Tests that routes equal exhaustive enumeration in plain Python, scores and order included, on small random graphs.

Each example is a list of seeds. Each seed makes a graph in its own network, and one query creates them all. Strengths
come from a few numbers, 1.0 among them, so that equal scores are frequent.
"""

import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, permutations
from random import Random

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.introductions.routes import FoundRoute, RouteQuestion, SearchDirection, search_in_database
from graph.viewer import NETWORK_AUDIENCE, Viewer

pytestmark = pytest.mark.fuzz

FACTOR = 40 if "TERTIUS_TEST_EXAMPLES" in os.environ else 1
MEMBER = "member"
ASKER = "p0"
# unique, because Hypothesis likes to repeat a number: four of five graphs were repetitions of others
seeds = st.lists(st.integers(0, 2**32), min_size=30, max_size=30, unique=True)
number = count()
concurrency_limit = asyncio.Semaphore(8)


def examples(times: int) -> settings:
    """`make fuzz` gives forty times as many examples of 30 graphs each."""
    return settings(max_examples=times * FACTOR, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Tie:
    by: str
    towards: str
    strength: float
    mutual_strength: float
    audience: str = NETWORK_AUDIENCE
    is_asleep: bool = False


@dataclass(frozen=True)
class World:
    """A small graph and a search in it. Several people may have one name."""

    names: dict[str, str]
    ties: tuple[Tie, ...]
    targets: tuple[str, ...]
    limit: int
    max_introducers: int
    colleagues: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def world(seed: int, strengths: Sequence[float] = (1.0, 0.9, 0.7, 0.5, 0.3)) -> World:
    """A graph of two to nine people. In most graphs the short routes are missing or weak."""
    chance = Random(seed)
    ids = [f"p{n}" for n in range(chance.choice((2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9, 9)))]
    targets = ids[1 : chance.choice((2, 2, 2, 3))]
    drawn_strengths = chance.sample(strengths, chance.randint(1, min(3, len(strengths))))
    asleep_share = chance.choice((0.0, 0.0, 0.2))
    density, at_the_ends = chance.choice((0.3, 0.6, 0.9)), chance.choice((0.2, 0.4, 0.6, 1.0))
    audiences = chance.choice(((NETWORK_AUDIENCE,), (NETWORK_AUDIENCE,), (NETWORK_AUDIENCE, MEMBER, "somebody else")))
    others = ids[1 + len(targets) :]
    end_count = max(1, round(at_the_ends * len(others)))
    near, far = {*others[:end_count], *targets}, {*others[-end_count:], ASKER, *targets}
    ties = tuple(
        Tie(
            by,
            towards,
            strength=chance.choice(drawn_strengths),
            mutual_strength=chance.choice(drawn_strengths),
            audience=audience,
            is_asleep=chance.random() < asleep_share,
        )
        for by, towards in permutations(ids, 2)
        for audience in audiences
        if chance.random() < (density if towards not in (ASKER, *targets) else 0.8)
        if (towards != ASKER or by in near) and (towards not in targets or by in far)
    )
    return World(
        names={id: chance.choice("ABCDEFGHIJ") for id in ids},
        ties=ties,
        targets=tuple(targets),
        limit=chance.randint(1, 6),
        max_introducers=chance.choice((1, 2, 3, 3, 3, 3)),
    )


def world_with_colleagues(seed: int) -> World:
    """The same with colleagues and excluded people. A colleague may know nobody, or be a target, or be excluded."""
    base, chance = world(seed), Random(-seed)
    others = [*base.names][1:]
    samples = [tuple(chance.sample(others, chance.randint(0, min(4, len(others))))) for _ in range(2)]
    return replace(base, colleagues=samples[0], excluded=samples[1] if chance.random() < 0.5 else ())


def enumerate_routes(world: World) -> list[FoundRoute]:
    """The best route of each introducer that is not dominated, in order, by enumerating all routes."""
    strengths: dict[tuple[str, str], float] = {}
    mutual_strengths: dict[tuple[str, str], float] = {}
    for tie in world.ties:
        if tie.audience in (NETWORK_AUDIENCE, MEMBER) and not tie.is_asleep:
            pair = (tie.by, tie.towards)
            strengths[pair] = max(tie.strength, strengths.get(pair, 0.0))
            mutual_strengths[pair] = max(tie.mutual_strength, mutual_strengths.get(pair, 0.0))
    candidates = [id for id in world.names if id not in (ASKER, *world.targets, *world.excluded)]
    free_steps = [(id, ASKER) for id in world.colleagues]
    best: dict[str, tuple[tuple[object, ...], FoundRoute]] = {}
    for length in range(1, world.max_introducers + 1):
        for people in permutations(candidates, length):
            for target in world.targets:
                steps = list(zip(people, (ASKER, *people), strict=False))
                if (
                    not all(pair in strengths or pair in free_steps for pair in steps)
                    or (people[-1], target) not in mutual_strengths
                ):
                    continue
                order: list[object] = [world.names[target], target]
                product, later_start = mutual_strengths[people[-1], target], 0.0
                for person, towards in reversed(steps):
                    order = [world.names[person], person, -product, *order]
                    own = 1.0 if (person, ASKER) in free_steps else strengths.get((person, ASKER), 0.0)
                    if towards != ASKER:
                        later_start = max(later_start, product * own)
                    product *= 1.0 if (person, towards) in free_steps else strengths[person, towards]
                if later_start >= product:
                    continue
                weakness = 1.0 - strengths.get(steps[0], 0.0) if steps[0] in free_steps else 0.0
                entry = (-product, length, weakness, order), FoundRoute(people=people, score=product, target=target)
                best[people[0]] = min(best.get(people[0], entry), entry, key=lambda entry: entry[0])
    return [entry for _, entry in sorted(best.values(), key=lambda entry: entry[0])][: world.limit]


async def create_networks(driver: neo4j.AsyncDriver, worlds: Sequence[World]) -> list[str]:
    """Create each graph in its own network, and return the networks."""
    networks = [f"world{next(number)}" for _ in worlds]
    await driver.execute_query(
        """
        UNWIND $worlds AS world
        UNWIND keys(world.names) AS id
        CREATE (:Person {network: world.network, id: id, name: world.names[id]})
        WITH DISTINCT world
        UNWIND world.ties AS tie
        MATCH (b:Person {network: world.network, id: tie.by}), (a:Person {network: world.network, id: tie.towards})
        CREATE (b)-[:KNOWS {by: b.id, towards: a.id, audience: tie.audience,
          strength: tie.strength, mutual_strength: tie.mutual_strength,
          asleep: CASE WHEN tie.is_asleep THEN true END}]->(a)
        """,
        worlds=[
            {"network": network, "names": world.names, "ties": [vars(tie) for tie in world.ties]}
            for network, world in zip(networks, worlds, strict=True)
        ],
    )
    return networks


async def search_all(driver: neo4j.AsyncDriver, worlds: Sequence[World]) -> Iterator[tuple[World, list[FoundRoute]]]:
    """Create each graph and run its search in every form."""
    networks = await create_networks(driver, worlds)

    async def ask(network: str, world: World, form: SearchDirection) -> tuple[World, list[FoundRoute]]:
        view = Viewer(network, MEMBER, ASKER, (NETWORK_AUDIENCE, MEMBER), (), 0, excluded_introducers=world.excluded)
        async with concurrency_limit:
            question = RouteQuestion(view, world.targets, world.limit, world.max_introducers, world.colleagues)
            result = await search_in_database(Graph(driver), question, form=form)
        return world, list(result.routes)

    asking = (
        ask(network, world, form) for network, world in zip(networks, worlds, strict=True) for form in SearchDirection
    )
    return iter(await asyncio.gather(*asking))


@examples(5)
@given(seeds=seeds)
async def test_routes_equal_exhaustive_enumeration(driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]) -> None:
    for example, routes in await search_all(driver, [world(seed) for seed in seeds]):
        assert routes == enumerate_routes(example), example


@examples(3)
@given(seeds=seeds)
async def test_routes_of_a_team_equal_exhaustive_enumeration(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    for example, routes in await search_all(driver, [world_with_colleagues(seed) for seed in seeds]):
        assert routes == enumerate_routes(example), example


@examples(2)
@given(seeds=seeds)
async def test_every_step_of_a_route_is_a_tie(driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]) -> None:
    for example, routes in await search_all(driver, [world(seed) for seed in seeds]):
        knows = {
            (tie.by, tie.towards)
            for tie in example.ties
            if tie.audience in (NETWORK_AUDIENCE, MEMBER) and not tie.is_asleep
        }
        for route in routes:
            assert all(step in knows for step in zip(route.people, (ASKER, *route.people), strict=False))
            assert (route.people[-1], route.target) in knows


@examples(2)
@given(seeds=seeds)
async def test_strangers_around_a_hub_do_not_change_the_ranking(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    """Strangers know only the hub and each other, or the hub knows them."""

    def with_strangers(world: World, seed: int) -> World:
        chance = Random(seed)
        hub = chance.choice(sorted(world.names))
        crowd = {f"s{n}": "A" for n in range(6)}
        ties = [Tie(*chance.choice(((hub, id), (id, hub))), strength=1.0, mutual_strength=1.0) for id in crowd]
        ties_among_strangers = [
            Tie(by, towards, strength=1.0, mutual_strength=1.0) for by, towards in permutations(crowd, 2)
        ]
        return replace(world, names=world.names | crowd, ties=(*world.ties, *ties, *ties_among_strangers))

    worlds = [world(seed) for seed in seeds]

    before = await search_all(driver, worlds)
    after = await search_all(driver, [with_strangers(world, seed) for world, seed in zip(worlds, seeds, strict=True)])

    assert [routes for _, routes in after] == [routes for _, routes in before]


@examples(2)
@given(seeds=seeds)
async def test_raising_a_tie_never_lowers_the_rank_of_its_best_route(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    """Strengths are powers of two. Their products are exact, so equal scores stay equal."""
    worlds = [world(seed, strengths=(0.5, 0.25, 0.125)) for seed in seeds]
    before = [(example, routes_before) for example, routes_before in await search_all(driver, worlds) if routes_before][
        :: len(SearchDirection)
    ]
    chosen = [Random(seed).choice(routes_before) for seed, (_, routes_before) in zip(seeds, before, strict=False)]
    raised = []
    for (example, _), chosen_route in zip(before, chosen, strict=True):
        steps = set(
            zip(
                (*chosen_route.people, chosen_route.people[-1]),
                (ASKER, *chosen_route.people[:-1], chosen_route.target),
                strict=True,
            )
        )
        step = min(steps)
        raised.append(
            replace(
                example,
                ties=tuple(
                    replace(tie, strength=tie.strength * 2, mutual_strength=tie.mutual_strength * 2)
                    if (tie.by, tie.towards) == step
                    else tie
                    for tie in example.ties
                ),
            )
        )

    after = list(await search_all(driver, raised))[:: len(SearchDirection)]

    for chosen_route, (_, routes_before), (_, routes_after) in zip(chosen, before, after, strict=True):
        ranks = [route.people[0] for route in routes_after]
        assert chosen_route.people[0] in ranks
        assert ranks.index(chosen_route.people[0]) <= routes_before.index(chosen_route)
