"""Roles and names of members."""

import cypher
from graph.database.client import Graph
from graph.errors import PermissionDenied
from graph.networks.members import Member, find_member, require_permission
from graph.networks.permissions import Role, operation_on_roles

_CHANGE_ROLE = cypher.load("membership/change_role")
_RENAME_MEMBER = cypher.load("membership/rename_member")
LAST_OWNER = "A network needs an owner: make another member an owner first."
"""The message for a change that would leave a network without an owner."""


async def change_role(graph: Graph, network: str, by: str, id: str, role: Role) -> Member | None:
    """Change a member's role. Returns None if there is no such member. Raises PermissionDenied."""
    member = await find_member(graph, network, id)
    if member is None:
        return None
    await require_permission(graph, network, by, operation_on_roles(member.role, role))
    if not await graph.run(_CHANGE_ROLE, network=network, member=id, role=role.value):
        raise PermissionDenied(LAST_OWNER)
    return await find_member(graph, network, id)


async def rename_member(graph: Graph, network: str, id: str, name: str) -> None:
    """Set the name under which other members see a member."""
    await graph.run(_RENAME_MEMBER, network=network, member=id, name=name)
