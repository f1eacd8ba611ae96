"""Generates one seeded network with skewed degrees and two hubs, written without the loader.

It has ties, and evidence in both directions of each tie. The strengths do not follow from the evidence, which only
answers as of an earlier day and the steps of target lists read.
"""

import asyncio
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import LiteralString

import neo4j

from benchmarks.loading import word
from graph.database.batching import batches
from graph.names.keys import fold_name
from graph.viewer import NETWORK_AUDIENCE, Viewer

AS_OF = 20_000
TIES_ID = "drawn"
HUBS = {"known by 2,000": 2_000, "known by 20,000": 20_000}
HUB_WITH_EVIDENCE = "known by 2,000"
SINCE = 730
"""The days over which messages are spread."""

NETWORK = """
CREATE (:Network {id: $network, name: $network, as_of: $as_of, ties_id: $ties_id, recent_ties_ids: [$ties_id]})
  -[:HAS]->(:Member {network: $network, id: $network, role: 'owner'})
  -[:OWNS]->(:Source {network: $network, id: $network, kind: 'slack', account: '', sharing_level: 'evidence',
                      status: 'ready', coverage_until: $as_of, loaded_on: $as_of, parts: ['workspace=0']})
"""
PEOPLE = """
MATCH (s:Source {network: $network, id: $network})
UNWIND $rows AS row
CREATE (:Person {network: $network, id: row.id, name: row.name, names: [row.name]})
  <-[:OF]-(i:Identity {network: $network, key: row.key})
CREATE (s)-[:NAMES {key: $network + row.key, network: $network, name: row.name, folded: row.folded, seen: 0}]->(i)
"""
TIES = """
UNWIND $rows AS row
MATCH (b:Person {network: $network, id: row[0]})
UNWIND row[1] AS tie
MATCH (a:Person {network: $network, id: tie[0]})
CREATE (b)-[k:KNOWS {audience: $everybody, by: b.id, towards: a.id}]->(a)
SET k.strength = tie[1], k.mutual_strength = tie[2], k.last_day = $as_of, k.is_mutual = true
"""
EVIDENCE = """
UNWIND $rows AS row
MATCH (i:Identity {network: $network, key: row[0]})
UNWIND row[1] AS pair
MATCH (j:Identity {network: $network, key: pair[0]})
CREATE (i)-[:INTERACTED {source: $network, channel: 'mail', days: pair[1], weights: [day IN pair[1] | 1.0],
                         asks: pair[2], answered: pair[3]}]->(j)
"""
Messages = tuple[str, list[int], list[int], list[int]]
"""Key of the recipient, days, days that are asks, and days of the answers."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A generated network, in the database and in memory."""

    network: str
    people: list[str]
    names: dict[str, str]
    hubs: dict[str, str]
    ties: list[tuple[int, int, float]]
    """(who knows, whom, strength) by index in `people`; the hubs follow the people."""

    def viewer(self, person: str) -> Viewer:
        """The viewer of a person, for whom the route index may answer once it is kept."""
        return Viewer(self.network, self.network, person, (NETWORK_AUDIENCE,), (self.network,), AS_OF, ties_id=TIES_ID)


async def draw(
    driver: neo4j.AsyncDriver, network: str, people: int, each: int, *, has_evidence: bool = True, seed: int = 1
) -> Drawn:
    """Generate `people` with `each` ties on average, and the hubs that fit this number of people."""
    rng = random.Random(seed)
    ids = [f"p{number:06d}" for number in range(people)]
    hubs = {what: f"hub{known}" for what, known in HUBS.items() if known < people}
    everyone = ids + list(hubs.values())
    ties: list[tuple[int, int, float]] = []
    knows: dict[str, list[tuple[str, float, float]]] = {}
    strengths: dict[tuple[int, int], float] = {}
    for one, other in pairs(rng, people, each, [HUBS[what] for what in hubs]):
        strengths[one, other] = strengths[one, other] if (one, other) in strengths else _strength(rng)
        strengths[other, one] = strengths[other, one] if (other, one) in strengths else _strength(rng)
    for (by, towards), strength in strengths.items():
        ties.append((by, towards, strength))
        knows.setdefault(everyone[by], []).append((everyone[towards], strength, strength * strengths[towards, by]))
    await driver.execute_query(NETWORK, network=network, as_of=AS_OF, ties_id=TIES_ID)
    names = {id: f"{word(rng, 2)} {word(rng, 3)}" for id in everyone}
    for some in batches(everyone, 5_000):
        rows = [{"id": id, "key": _key(id), "name": names[id], "folded": fold_name(names[id])} for id in some]
        await driver.execute_query(PEOPLE, rows=rows, network=network)
    without = {id for what, id in hubs.items() if what != HUB_WITH_EVIDENCE}
    messages = _messages(rng, knows, without) if has_evidence else ()

    async def write(query: LiteralString, rows: Iterable[object]) -> None:
        for batch in batches(rows, 250):
            await driver.execute_query(query, rows=batch, network=network, everybody=NETWORK_AUDIENCE, as_of=AS_OF)

    # they lock different nodes: people, and identities
    await asyncio.gather(write(TIES, sorted(knows.items())), write(EVIDENCE, messages))
    await driver.execute_query("CALL db.awaitIndexes()")
    return Drawn(network, ids, names, hubs, ties)


def pairs(rng: random.Random, people: int, each: int, hubs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs by index, hubs last. Degrees follow a Pareto distribution: some people know ten times as many as others."""
    weights = [min(50.0, rng.paretovariate(1.5)) for _ in range(people)]
    ends = rng.choices(range(people), weights, k=people * each)
    for one, other in zip(ends[::2], ends[1::2], strict=True):
        if one != other:
            yield one, other
    for place, known in enumerate(hubs, people):
        for other in rng.sample(range(people), known):
            yield other, place


def address(id: str) -> str:
    """The address under which the source names a generated person."""
    return f"{id}@works.example"


def _key(id: str) -> str:
    return f"email:{address(id)}"


def _strength(rng: random.Random) -> float:
    return round(0.2 + 0.8 * rng.betavariate(5, 3), 6)


def _messages(
    rng: random.Random, knows: dict[str, list[tuple[str, float, float]]], without: set[str]
) -> Iterator[tuple[str, list[Messages]]]:
    """One to four messages of each person to each other, the first of which is an ask with or without answer."""
    for by, ties in knows.items():
        sent: list[Messages] = []
        for towards in (towards for towards, _, _ in ties if not {by, towards} & without):
            days = sorted({AS_OF - rng.randrange(SINCE) for _ in range(rng.randint(1, 4))})
            sent.append((_key(towards), days, days[:1], [days[0] + rng.randrange(30)]))
        yield _key(by), sent
