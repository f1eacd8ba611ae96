"""Measures as-of answers and fading ties on generated evidence with one hub, written without the loader."""

import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import neo4j

from benchmarks.figures import Figure, spread, timed
from benchmarks.ties import AS_OF, HUBS, pairs
from graph.answers import Refusal
from graph.database.batching import batches
from graph.database.client import Graph
from graph.insights.fading import list_fading_ties
from graph.introductions.answer import introductions
from graph.lookup.resolve import ExactReference
from graph.networks.state import read_state
from graph.ties.derive import derive_ties
from graph.viewer import NETWORK_AUDIENCE, Viewer

HUB = "known by 2,000"
ORDINARY = "ordinary"
SINCE = 730
"""The days over which messages are spread; as-of answers use the middle."""

NETWORK = """
CREATE (:Network {id: $network, name: $network, as_of: $as_of})
  -[:HAS]->(:Member {network: $network, id: $network, role: 'owner'})
  -[:OWNS]->(:Source {network: $network, id: $network, kind: 'slack', account: '', sharing_level: 'evidence',
                      status: 'ready', coverage_until: $as_of, loaded_on: $as_of, parts: ['workspace=0']})
"""
PEOPLE = """
MATCH (s:Source {network: $network, id: $network})
UNWIND $rows AS row
CREATE (:Person {network: $network, id: row, name: row, names: [row]})<-[:OF]-(i:Identity {network: $network, key: row})
CREATE (s)-[:NAMES {key: $network + row, network: $network, name: row, folded: row, seen: 0}]->(i)
"""
EVIDENCE = """
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row[0]})
UNWIND row[1] AS pair
MATCH (j:Identity {network: $network, key: pair[0]})
CREATE (i)-[:INTERACTED {source: $network, channel: 'mail', days: pair[1], weights: [day IN pair[1] | 1.0],
                         asks: pair[2], answered: pair[3]}]->(j)
"""
Correspondence = tuple[str, list[int], list[int], list[int]]
"""Recipient, days, days that are asks, and days of the answers."""


async def past(
    graph: Graph, driver: neo4j.AsyncDriver, network: str, size: tuple[int, int], return_1: float, *, requests: int
) -> AsyncIterator[Figure]:
    """Measure `requests` as-of answers for ordinary askers and for the hub, and the ties that fade within 90 days."""
    people, each = size
    rng = random.Random(9)
    names = [f"p{number:06d}" for number in range(people)]
    hubs = [HUBS[HUB]] if HUBS[HUB] < people else []
    everyone = names + ["hub"] * len(hubs)
    await driver.execute_query(NETWORK, network=network, as_of=AS_OF)
    for rows in batches(everyone, 10_000):
        await driver.execute_query(PEOPLE, rows=rows, network=network)
    for evidence in batches(_correspondence(rng, everyone, people, each, hubs), 250):
        await driver.execute_query(EVIDENCE, rows=evidence, network=network)
    state = await read_state(graph, network)

    def view(person: str) -> Viewer:
        return Viewer(network, network, person, (NETWORK_AUDIENCE,), (network,), AS_OF)

    for what, asker in ((ORDINARY, ""), (HUB, "hub"))[: 1 + len(hubs)]:
        pairs_asked = [(asker or rng.choice(names), rng.choice(names)) for _ in range(requests)]
        pairs_asked = [(one, other) for one, other in pairs_asked if one != other]
        refused = 0

        async def ask(pair: tuple[str, str]) -> None:
            nonlocal refused
            past_viewer = view(pair[0]).as_of_day(AS_OF - SINCE // 2)
            refused += isinstance(
                await introductions(graph, past_viewer, ExactReference(pair[1]), state_for_past=state), Refusal
            )

        async def list_fading(person: str) -> None:
            await list_fading_ties(graph, state, view(person), within=90)

        await timed(ask, pairs_asked[: requests // 10])
        refused = 0
        figure = spread(
            f"as of an earlier day, {people:,} people, asker {what}", await timed(ask, pairs_asked), return_1
        )
        if refused == len(pairs_asked):
            raise AssertionError("Every answer is a refusal, so the measurement is meaningless.")
        yield replace(figure, values={**figure.values, "refused": refused})
        fading_for = [one for one, _ in pairs_asked[:5]] if asker == "" else [asker] * 5
        await derive_ties(graph, state, fading_for)
        yield spread(f"ties that fade within 90 days, {what}", await timed(list_fading, fading_for), return_1)


def _correspondence(
    rng: random.Random, everyone: list[str], people: int, each: int, hubs: list[int]
) -> Iterator[tuple[str, list[Correspondence]]]:
    """The messages of each person to others: one to four, the first of which is an ask with or without answer."""
    correspondence: dict[str, list[Correspondence]] = {}
    for pair in {frozenset(pair) for pair in pairs(rng, people, each, hubs)}:
        one, other = pair
        for by, towards in ((one, other), (other, one)):
            days = sorted({AS_OF - rng.randrange(SINCE) for _ in range(rng.randint(1, 4))})
            messages = (everyone[towards], days, days[:1], [days[0] + rng.randrange(30)])
            correspondence.setdefault(everyone[by], []).append(messages)
    yield from correspondence.items()
