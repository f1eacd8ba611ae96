"""Health of a database, for its operator: size, clock, indexes and integrity. Reads nothing about people."""

import time
from dataclasses import dataclass

import cypher
from graph.database.client import Graph

_READ_SIZE_AND_CLOCK = cypher.load("database/read_size_and_clock")
_LIST_OFFLINE_INDEXES = cypher.load("database/list_offline_indexes")
_COUNT_NODES_WITHOUT_NETWORK = cypher.load("database/count_nodes_without_network")
_COUNT_ACROSS_NETWORKS = cypher.load("database/count_relationships_across_networks")

SAMPLE_SIZE = 1_000_000
"""Largest number of nodes and of relationships that are checked: one or two seconds of work."""


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """The result of a check. `clock_skew` is the difference between this machine's and the database's clock, in
    seconds.

    `nodes_without_network` and `relationships_across_networks` must be 0.
    """

    nodes: int
    relationships: int
    ties: int
    clock_skew: float
    offline_indexes: tuple[str, ...]
    nodes_without_network: int
    relationships_across_networks: int

    @property
    def is_sampled(self) -> bool:
        """Whether the database is larger than the checked sample."""
        return max(self.nodes, self.relationships) > SAMPLE_SIZE


async def check_health(graph: Graph) -> DatabaseHealth:
    """Check all networks of the database."""
    start = time.time()
    (size,) = await graph.run(_READ_SIZE_AND_CLOCK)
    clock_skew = abs(size.pop("now") / 1000 - (start + time.time()) / 2)
    (nodes,) = await graph.run(_COUNT_NODES_WITHOUT_NETWORK, limit=SAMPLE_SIZE)
    (relationships,) = await graph.run(_COUNT_ACROSS_NETWORKS, limit=SAMPLE_SIZE)
    offline_indexes = tuple(row["name"] for row in await graph.run(_LIST_OFFLINE_INDEXES))
    return DatabaseHealth(**size, **nodes, **relationships, offline_indexes=offline_indexes, clock_skew=clock_skew)
