"""Report"""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.ingest.collect import Gathered
from graph.networks.sources import Source
from graph.networks.state import build_viewer, read_state

COUNTS = cypher.load("ingest/count_network")
REACHED = cypher.load("ingest/rank_reached_companies")


@dataclass(frozen=True, slots=True)
class Reached:
    """A company, how many who work there know the viewer, and the odds that at least one of them would act."""

    company: str
    people: int
    strength: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `people`, `connections` and `ties` are the network's after it, the rest is the load's."""

    source: Source
    gathered: Gathered
    changed: bool
    people: int
    connections: int
    ties: int
    reached: tuple[Reached, ...]


async def _report(graph: Graph, network: str, member: str, source: str, gathered: Gathered, *, changed: bool) -> Loaded:
    found = await read_state(graph, network)
    who = build_viewer(found, member)
    view = {"network": network, "viewer_id": who.person_id, "audiences": list(who.audiences)}
    (counts,) = await graph.run(COUNTS, **view, sources=list(who.sources), cleared=who.evidence_sources)
    reached = await graph.run(REACHED, **view, sources=list(who.sources), limit=10)
    return Loaded(
        source=next(s for s in found.sources if s.id == source),
        gathered=gathered,
        changed=changed,
        reached=tuple(Reached(**row) for row in reached),
        **counts,
    )
