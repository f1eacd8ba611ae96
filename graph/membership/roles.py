"""Roles"""

import cypher
from graph.database.client import Graph
from graph.errors import PermissionDenied
from graph.networks.members import Member, may, member
from graph.networks.permissions import Role, about

ROLE = cypher.load("membership/change_role")
NAME = cypher.load("membership/rename_member")
_LAST = "A network has an owner: make somebody else one first."


async def change_role(graph: Graph, network: str, by: str, id: str, role: Role) -> Member | None:
    """Give a member another role; None where there is none of this id. Raises PermissionDenied."""
    found = await member(graph, network, id)
    if found is None:
        return None
    await may(graph, network, by, about(found.role, role))
    if not await graph.run(ROLE, network=network, member=id, role=role.value):
        raise PermissionDenied(_LAST)
    return await member(graph, network, id)


async def call_me(graph: Graph, network: str, id: str, name: str) -> None:
    """Say what a member is to be called."""
    await graph.run(NAME, network=network, member=id, name=name)
