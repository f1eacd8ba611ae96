"""Routes equal exhaustive enumeration in plain Python, odds and order included, on thousands of small graphs.

Each example is a handful of seeds; each seed makes a graph in a network of its own, and all are loaded in one
question. Odds come from a few numbers, certainty among them, so that equal ones are frequent.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, permutations
from random import Random

import neo4j
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.introductions.routes import Form, FoundRoute, search
from graph.viewer import NETWORK_AUDIENCE, Viewer

MEMBER = "member"
ASKER = "p0"
seeds = st.lists(st.integers(0, 2**32), min_size=30, max_size=30)
number = count()
at_once = asyncio.Semaphore(8)


def examples(times: int) -> settings:
    return settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Tie:
    by: str
    towards: str
    strength: float
    mutual_strength: float
    audience: str = NETWORK_AUDIENCE


@dataclass(frozen=True)
class World:
    """A small graph and a question about it. Several people may bear one name."""

    names: dict[str, str]
    ties: tuple[Tie, ...]
    targets: tuple[str, ...]
    limit: int
    max_introducers: int
    colleagues: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def world(seed: int, odds: Sequence[float] = (1.0, 0.9, 0.7, 0.5, 0.3)) -> World:
    """A graph of two to nine people, mostly such that the short ways are missing or poor."""
    chance = Random(seed)
    ids = [f"p{n}" for n in range(chance.choice((2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9, 9)))]
    targets = ids[1 : chance.choice((2, 2, 2, 3))]
    some = chance.sample(odds, chance.randint(1, min(3, len(odds))))
    density, at_the_ends = chance.choice((0.3, 0.6, 0.9)), chance.choice((0.2, 0.4, 0.6, 1.0))
    audiences = chance.choice(((NETWORK_AUDIENCE,), (NETWORK_AUDIENCE,), (NETWORK_AUDIENCE, MEMBER, "somebody else")))
    others = ids[1 + len(targets) :]
    there = max(1, round(at_the_ends * len(others)))
    near, far = {*others[:there], *targets}, {*others[-there:], ASKER, *targets}
    ties = tuple(
        Tie(by, towards, strength=chance.choice(some), mutual_strength=chance.choice(some), audience=audience)
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


def team(seed: int) -> World:
    """The same with colleagues, who may know nobody, be the target, or be passed over; as others may."""
    drawn, chance = world(seed), Random(-seed)
    others = [*drawn.names][1:]
    some = [tuple(chance.sample(others, chance.randint(0, min(4, len(others))))) for _ in range(2)]
    return replace(drawn, colleagues=some[0], passed_over=some[1] if chance.random() < 0.5 else ())


def enumerated(world: World) -> list[FoundRoute]:
    """Every route there is, the best of each introducer, in order: the definition, with nothing clever."""
    acts: dict[tuple[str, str], float] = {}
    reach: dict[tuple[str, str], float] = {}
    for tie in world.ties:
        if tie.audience in (NETWORK_AUDIENCE, MEMBER):
            pair = (tie.by, tie.towards)
            acts[pair] = max(tie.strength, acts.get(pair, 0.0))
            reach[pair] = max(tie.mutual_strength, reach.get(pair, 0.0))
    between = [id for id in world.names if id not in (ASKER, *world.targets, *world.passed_over)]
    granted = [(id, ASKER) for id in world.colleagues]
    best: dict[str, tuple[tuple[object, ...], FoundRoute]] = {}
    for hops in range(1, world.max_introducers + 1):
        for people in permutations(between, hops):
            for target in world.targets:
                asked = list(zip(people, (ASKER, *people), strict=False))
                if not all(pair in acts or pair in granted for pair in asked) or (people[-1], target) not in reach:
                    continue
                order: list[object] = [world.names[target], target]
                odds = reach[people[-1], target]
                for person, towards in reversed(asked):
                    order = [world.names[person], person, -odds, *order]
                    odds *= 1.0 if (person, towards) in granted else acts[person, towards]
                lacking = 1.0 - acts.get(asked[0], 0.0) if asked[0] in granted else 0.0
                found = (-odds, hops, lacking, order), FoundRoute(people=people, score=odds, target=target)
                best[people[0]] = min(best.get(people[0], found), found, key=lambda way: way[0])
    return [found for _, found in sorted(best.values(), key=lambda way: way[0])][: world.limit]


async def drawn(driver: neo4j.AsyncDriver, worlds: Sequence[World]) -> list[str]:
    """Load each graph into a network of its own; the networks."""
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
          strength: tie.strength, mutual_strength: tie.mutual_strength}]->(a)
        """,
        worlds=[
            {"network": network, "names": world.names, "ties": [vars(tie) for tie in world.ties]}
            for network, world in zip(networks, worlds, strict=True)
        ],
    )
    return networks


async def asked(driver: neo4j.AsyncDriver, worlds: Sequence[World]) -> Iterator[tuple[World, list[FoundRoute]]]:
    """Load each graph and ask its question, in every form there is."""
    networks = await drawn(driver, worlds)

    async def ask(network: str, world: World, form: Form) -> tuple[World, list[FoundRoute]]:
        view = Viewer(network, MEMBER, ASKER, (NETWORK_AUDIENCE, MEMBER), (), 0, excluded_introducers=world.passed_over)
        async with at_once:
            found = await search(
                Graph(driver),
                view,
                targets=world.targets,
                limit=world.limit,
                max_introducers=world.max_introducers,
                form=form,
                colleagues=world.colleagues,
            )
        return world, list(found.routes)

    asking = (ask(network, world, form) for network, world in zip(networks, worlds, strict=True) for form in Form)
    return iter(await asyncio.gather(*asking))


@examples(70)
@given(seeds=seeds)
async def test_routes_equal_exhaustive_enumeration(driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]) -> None:
    for asked_of, found in await asked(driver, [world(seed) for seed in seeds]):
        assert found == enumerated(asked_of), asked_of


@examples(30)
@given(seeds=seeds)
async def test_routes_of_a_team_equal_exhaustive_enumeration(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    for asked_of, found in await asked(driver, [team(seed) for seed in seeds]):
        assert found == enumerated(asked_of), asked_of


@examples(5)
@given(seeds=seeds)
async def test_a_route_never_passes_anybody_who_does_not_know_the_one_who_asks(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    for asked_of, found in await asked(driver, [world(seed) for seed in seeds]):
        knows = {(tie.by, tie.towards) for tie in asked_of.ties if tie.audience in (NETWORK_AUDIENCE, MEMBER)}
        for way in found:
            assert all(step in knows for step in zip(way.people, (ASKER, *way.people), strict=False))
            assert (way.people[-1], way.target) in knows


@examples(5)
@given(seeds=seeds)
async def test_strangers_around_a_hub_change_no_ranking(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    """People whom the hub knows, or who know the hub, and who know nobody else who matters."""

    def crowded(world: World, seed: int) -> World:
        chance = Random(seed)
        hub = chance.choice(sorted(world.names))
        crowd = {f"s{n}": "A" for n in range(6)}
        ties = [Tie(*chance.choice(((hub, id), (id, hub))), strength=1.0, mutual_strength=1.0) for id in crowd]
        among = [Tie(by, towards, strength=1.0, mutual_strength=1.0) for by, towards in permutations(crowd, 2)]
        return replace(world, names=world.names | crowd, ties=(*world.ties, *ties, *among))

    worlds = [world(seed) for seed in seeds]

    quiet = await asked(driver, worlds)
    loud = await asked(driver, [crowded(world, seed) for world, seed in zip(worlds, seeds, strict=True)])

    assert [found for _, found in loud] == [found for _, found in quiet]


@examples(5)
@given(seeds=seeds)
async def test_raising_a_tie_never_lowers_the_rank_of_its_best_route(
    driver: neo4j.AsyncDriver, graph: Graph, seeds: list[int]
) -> None:
    """Odds are powers of two here: their products are exact, so that a tie before is a tie after."""
    worlds = [world(seed, odds=(0.5, 0.25, 0.125)) for seed in seeds]
    before = [(asked_of, found) for asked_of, found in await asked(driver, worlds) if found][:: len(Form)]
    routes = [Random(seed).choice(found) for seed, (_, found) in zip(seeds, before, strict=False)]
    raised = []
    for (asked_of, _), way in zip(before, routes, strict=True):
        steps = set(zip((*way.people, way.people[-1]), (ASKER, *way.people[:-1], way.target), strict=True))
        step = min(steps)
        raised.append(
            replace(
                asked_of,
                ties=tuple(
                    replace(tie, strength=tie.strength * 2, mutual_strength=tie.mutual_strength * 2)
                    if (tie.by, tie.towards) == step
                    else tie
                    for tie in asked_of.ties
                ),
            )
        )

    after = list(await asked(driver, raised))[:: len(Form)]

    for way, (_, found), (_, again) in zip(routes, before, after, strict=True):
        ranks = [route.people[0] for route in again]
        assert way.people[0] in ranks
        assert ranks.index(way.people[0]) <= found.index(way)
