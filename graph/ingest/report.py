"""The report that ends a load."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.ingest.collected_load import CollectedLoad
from graph.networks.sources import Source
from graph.networks.state import build_viewer, read_state

_COUNT_NETWORK = cypher.load("ingest/count_network")
_RANK_REACHABLE_COMPANIES = cypher.load("ingest/rank_reachable_companies")
_COMPANIES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ReachableCompany:
    """A company where people who know the viewer work.

    `people` is their number, `strength` the probability from 0 to 1 that at least one of them responds to the viewer.
    """

    company: str
    people: int
    strength: float


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The result of a load.

    `load` has the load's own figures, with `skipped` rows and reasons. `people`, `connections` and `ties` count what
    the viewer sees in the network after the load. `changed` is False if the load contained nothing new.
    """

    source: Source
    load: CollectedLoad
    changed: bool
    people: int
    connections: int
    ties: int
    companies: tuple[ReachableCompany, ...]


async def create_report(
    graph: Graph, network: str, member: str, source: str, load: CollectedLoad, *, changed: bool
) -> LoadReport:
    """Count what the member sees after a load, and rank the companies they reach best."""
    current = await read_state(graph, network)
    view = build_viewer(current, member)
    params = {"network": network, "viewer_id": view.person_id, "audiences": list(view.audiences)}
    (counts,) = await graph.run(
        _COUNT_NETWORK, **params, sources=list(view.sources), evidence_sources=view.evidence_sources
    )
    companies = await graph.run(_RANK_REACHABLE_COMPANIES, **params, sources=list(view.sources), limit=_COMPANIES_SHOWN)
    return LoadReport(
        source=next(one for one in current.sources if one.id == source),
        load=load,
        changed=changed,
        companies=tuple(ReachableCompany(**row) for row in companies),
        **counts,
    )
