"""Registry"""

from datetime import date
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import NoDataLoaded, PermissionDenied

OPEN = cypher.load("networks/create_network")
NAMED = cypher.load("networks/find_network_by_name")
ALL = cypher.load("networks/list_networks")


async def opened(graph: Graph, name: str, *, today: date, make: bool = True) -> tuple[str, str]:
    """The network of this name and its first owner, `(network id, member id)`, made where new and `make` says so.

    Raises NoDataLoaded where there is none and none is to be made, PermissionDenied where it was founded for others.
    """
    rows = await graph.run(NAMED, name=name)
    if not rows and not make:
        raise NoDataLoaded(f"Nothing has been loaded into the network “{name}” yet: `tertius load` an export first.")
    if not rows:
        new = {"fresh_network": uuid4().hex, "fresh_member": uuid4().hex}
        rows = await graph.run(OPEN, name=name, today=day_of(today), **new)
    if not rows or rows[0]["member"] is None:
        raise PermissionDenied(
            f"The network “{name}” was founded for others, and you are no member of it here: its members ask over the "
            "API, by their own tokens. TERTIUS_NETWORK names the network that commands use."
        )
    return rows[0]["network"], rows[0]["member"]


async def networks(graph: Graph) -> list[str]:
    """The ids of all networks: for what is done for each of them, and never for whoever asks."""
    return [row["network"] for row in await graph.run(ALL)]
