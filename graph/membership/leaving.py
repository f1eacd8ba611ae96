"""Leaving a network.

From the moment a member leaves, none of their tokens is valid, and their sources count nowhere (see
cypher/networks/read_state.cypher), except shared sources in a network that keeps them. The remaining work is to empty
those sources and to derive the ties without them. If it is interrupted, the next start finishes it
(docs/decisions/0012-members.md).
"""

import cypher
from graph.database.client import Graph
from graph.derivation.rederive import rederive_after
from graph.errors import PermissionDenied
from graph.membership.roles import LAST_OWNER
from graph.networks.members import (
    LeavingPolicy,
    NetworkSettings,
    find_member,
    read_network_settings,
    require_permission,
)
from graph.networks.permissions import Operation, operation_on_roles
from graph.progress import SILENT, Progress

_REMOVE_MEMBER = cypher.load("membership/remove_member")
_SET_LEAVING_POLICY = cypher.load("membership/set_leaving_policy")


async def remove_member(graph: Graph, network: str, by: str, id: str, *, progress: Progress = SILENT) -> bool:
    """Remove a member, as if the member had left. Returns False if there is no such member. Raises PermissionDenied."""
    member = await find_member(graph, network, id)
    if member is None:
        return False
    await require_permission(graph, network, by, operation_on_roles(member.role))
    return await leave_network(graph, network, id, progress=progress)


async def leave_network(graph: Graph, network: str, id: str, *, progress: Progress = SILENT) -> bool:
    """Leave the network. Returns False if there is no such member. Raises PermissionDenied for the last owner.

    The membership ends at once. Raises NetworkBusy if a load does not end: the remaining work is then done after it.
    """
    if await find_member(graph, network, id) is None:
        return False
    if not await graph.run(_REMOVE_MEMBER, network=network, member=id):
        raise PermissionDenied(LAST_OWNER)
    async with rederive_after(graph, network, progress=progress):
        pass
    return True


async def set_leaving_policy(
    graph: Graph, network: str, by: str, policy: LeavingPolicy, *, progress: Progress = SILENT
) -> NetworkSettings:
    """Set what happens to the shared sources of members who leave. REMOVE also removes sources that were kept.

    Raises PermissionDenied.
    """
    await require_permission(graph, network, by, Operation.MANAGE_OWNERS)
    if (await read_network_settings(graph, network)).leaving_policy is not policy:
        async with rederive_after(graph, network, changed_pairs=set(), progress=progress):
            await graph.run(_SET_LEAVING_POLICY, network=network, leaving_policy=policy.value)
    return await read_network_settings(graph, network)
