"""Whether a database is as this software needs it, for whoever looks after it: of nobody's people anything is told."""

import time
from dataclasses import dataclass

import cypher
from graph.database.client import Graph

SIZE = cypher.load("database/read_size_and_clock")
INDEXES = cypher.load("database/list_offline_indexes")
STRAYS = cypher.load("database/count_nodes_without_network")
CROSSINGS = cypher.load("database/count_relationships_across_networks")

SAMPLE = 1_000_000
"""Nodes and relationships looked at, at most: a second or two."""


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was found. `apart` are the seconds between this machine's clock and the database's."""

    nodes: int
    relationships: int
    apart: float
    offline: tuple[str, ...]
    strays: int
    crossings: int

    @property
    def sampled(self) -> bool:
        """Whether there was more than was looked at."""
        return max(self.nodes, self.relationships) > SAMPLE


async def soundness(graph: Graph) -> Soundness:
    """Look at all networks at once."""
    began = time.time()
    (size,) = await graph.run(SIZE)
    apart = abs(size.pop("now") / 1000 - (began + time.time()) / 2)
    (strays,) = await graph.run(STRAYS, most=SAMPLE)
    (crossings,) = await graph.run(CROSSINGS, most=SAMPLE)
    offline = tuple(row["name"] for row in await graph.run(INDEXES))
    return Soundness(**size, **strays, **crossings, offline=offline, apart=apart)
