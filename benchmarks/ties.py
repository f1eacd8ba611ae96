"""Generates seeded networks of KNOWS ties with skewed degrees and two hubs, written without the loader."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import neo4j

from graph.database.batching import batches
from graph.viewer import NETWORK_AUDIENCE, Viewer

AS_OF = 20_000
HUBS = {"known by 2,000": 2_000, "known by 20,000": 20_000}

PEOPLE = "UNWIND $rows AS row CREATE (:Person {network: $network, id: row, name: row, names: [row]})"
TIES = """
UNWIND $rows AS row
MATCH (b:Person {network: $network, id: row[0]})
UNWIND row[1] AS tie
MATCH (a:Person {network: $network, id: tie[0]})
CREATE (b)-[k:KNOWS {audience: $everybody, by: b.id, towards: a.id}]->(a)
SET k.strength = tie[1], k.mutual_strength = tie[2], k.last_day = $as_of, k.is_mutual = true
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A generated network, in the database and in memory."""

    network: str
    people: list[str]
    hubs: dict[str, str]
    ties: list[tuple[int, int, float]]
    """(who knows, whom, strength) by index in `people`; the hubs follow the people."""

    def viewer(self, person: str) -> Viewer:
        """The viewer of a person."""
        return Viewer(self.network, person, person, (NETWORK_AUDIENCE,), (), AS_OF)


async def draw(driver: neo4j.AsyncDriver, network: str, people: int, each: int, *, seed: int = 1) -> Drawn:
    """Generate `people` with `each` ties on average, and the hubs that fit this number of people."""
    rng = random.Random(seed)
    names = [f"p{number:06d}" for number in range(people)]
    hubs = {what: f"hub{known}" for what, known in HUBS.items() if known < people}
    everyone = names + list(hubs.values())
    ties: list[tuple[int, int, float]] = []
    knows: dict[str, list[tuple[str, float, float]]] = {}
    strengths: dict[tuple[int, int], float] = {}
    for one, other in pairs(rng, people, each, [HUBS[what] for what in hubs]):
        strengths[one, other] = strengths[one, other] if (one, other) in strengths else _strength(rng)
        strengths[other, one] = strengths[other, one] if (other, one) in strengths else _strength(rng)
    for (by, towards), strength in strengths.items():
        ties.append((by, towards, strength))
        knows.setdefault(everyone[by], []).append((everyone[towards], strength, strength * strengths[towards, by]))
    for rows in batches(everyone, 10_000):
        await driver.execute_query(PEOPLE, rows=rows, network=network)
    for tied in batches(sorted(knows.items()), 250):
        await driver.execute_query(TIES, rows=tied, network=network, everybody=NETWORK_AUDIENCE, as_of=AS_OF)
    return Drawn(network, names, hubs, ties)


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


def _strength(rng: random.Random) -> float:
    return round(0.2 + 0.8 * rng.betavariate(5, 3), 6)
