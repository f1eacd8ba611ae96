"""The data controller of a network (GDPR Art. 4) and its retention period."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.errors import InvalidSharingRequest, Remedy

_READ_CONTROLLER = cypher.load("networks/read_controller")
MAX_RETENTION_MONTHS = 600
"""Longest retention period in months. Zero means that evidence is kept as long as its source."""
NO_CONTROLLER = (
    "Before members share anything, an owner must name the network's data controller, a contact, the legal basis and "
    "the retention period."
)


@dataclass(frozen=True, slots=True)
class DataController:
    """The controller of a network's data. `retention_months` is 0 if evidence is kept as long as its source."""

    name: str
    contact: str
    legal_basis: str
    retention_months: int


async def read_controller(graph: Graph, network: str) -> DataController | None:
    """The network's data controller, or None if none is named."""
    (row,) = await graph.run(_READ_CONTROLLER, network=network)
    if row["controller"] is None:
        return None
    return DataController(row["controller"], row["contact"], row["legal_basis"], row["retention_months"])


async def require_controller(graph: Graph, network: str) -> None:
    """Raise InvalidSharingRequest unless the network names a data controller."""
    if await read_controller(graph, network) is None:
        raise InvalidSharingRequest(NO_CONTROLLER, remedy=Remedy.NAME_CONTROLLER)
