"""All networks of a database, by name and id."""

from datetime import date
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import NoDataLoaded, PermissionDenied, Remedy

_CREATE_NETWORK = cypher.load("networks/create_network")
_FIND_NETWORK = cypher.load("networks/find_network_by_name")
_LIST_NETWORKS = cypher.load("networks/list_networks")


async def find_or_create_network(graph: Graph, name: str, *, today: date, create: bool = True) -> tuple[str, str]:
    """The ids of the network with this name and of its first owner: `(network, member)`.

    Creates the network if there is none and `create` is True. Raises NoDataLoaded if there is none and `create` is
    False, PermissionDenied if an operator created it for other people.
    """
    rows = await graph.run(_FIND_NETWORK, name=name)
    if not rows and not create:
        raise NoDataLoaded(f"The network “{name}” has no data yet.", remedy=Remedy.LOAD_DATA)
    if not rows:
        new = {"new_network": uuid4().hex, "new_member": uuid4().hex}
        rows = await graph.run(_CREATE_NETWORK, name=name, today=day_of(today), **new)
    if not rows or rows[0]["member"] is None:
        raise PermissionDenied(
            f"The network “{name}” was created for other people, and you are not a member of it here. Its members use "
            "the API with their own tokens.",
            remedy=Remedy.CHOOSE_NETWORK,
        )
    return rows[0]["network"], rows[0]["member"]


async def list_networks(graph: Graph) -> list[str]:
    """The ids of all networks, for maintenance of each. Never show them to a member."""
    return [row["network"] for row in await graph.run(_LIST_NETWORKS)]
