"""Leaving"""

import cypher
from graph.database.client import Graph
from graph.derivation.rederive import rederive_after
from graph.errors import PermissionDenied
from graph.membership.roles import _LAST
from graph.networks.members import About, OnLeave, about_network, may, member
from graph.networks.permissions import Act, about
from graph.progress import SILENT, Progress

LEAVE = cypher.load("membership/remove_member")
ON_LEAVE = cypher.load("membership/set_leaving_policy")


async def remove_member(graph: Graph, network: str, by: str, id: str, *, progress: Progress = SILENT) -> bool:
    """Take a member out of the network, as though they had left; whether there was one. Raises PermissionDenied."""
    found = await member(graph, network, id)
    if found is None:
        return False
    await may(graph, network, by, about(found.role))
    return await leave(graph, network, id, progress=progress)


async def leave(graph: Graph, network: str, id: str, *, progress: Progress = SILENT) -> bool:
    """Leave the network; whether one was in it. Raises PermissionDenied to its last owner.

    One has left at once. Raises NetworkBusy where a load does not end: then what is left to do is done after it.
    """
    if await member(graph, network, id) is None:
        return False
    if not await graph.run(LEAVE, network=network, member=id):
        raise PermissionDenied(_LAST)
    async with rederive_after(graph, network, progress=progress):
        pass
    return True


async def set_on_leave(graph: Graph, network: str, by: str, on_leave: OnLeave, *, progress: Progress = SILENT) -> About:
    """Set what happens to the shared sources of members who leave. AWAY removes kept ones. Raises PermissionDenied."""
    await may(graph, network, by, Act.OWNERS)
    if (await about_network(graph, network)).on_leave is not on_leave:
        async with rederive_after(graph, network, changed_pairs=set(), progress=progress):
            await graph.run(ON_LEAVE, network=network, on_leave=on_leave.value)
    return await about_network(graph, network)
