"""Controller"""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.errors import InvalidSharingRequest

READ = cypher.load("networks/read_controller")
LONGEST = 600
"""Months for which anything can be kept, other than as long as its source."""
UNNAMED = (
    "Before anything is shared, a network names who answers for it: its controller, their contact, the legal basis and "
    "for how long it keeps what was seen. An owner does so by `tertius privacy`."
)


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who answers for a network. `months` is how long what was seen is kept, 0 as long as its source."""

    controller: str
    contact: str
    basis: str
    months: int


async def privacy(graph: Graph, network: str) -> Privacy | None:
    """Who answers for the network; None where nobody has been named."""
    (row,) = await graph.run(READ, network=network)
    return None if row["controller"] is None else Privacy(row["controller"], row["contact"], row["basis"], row["keeps"])


async def named(graph: Graph, network: str) -> None:
    """Raise InvalidSharingRequest where nobody is named who answers for what is shared."""
    if await privacy(graph, network) is None:
        raise InvalidSharingRequest(UNNAMED)
