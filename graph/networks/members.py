"""The members of a network and the network's settings for them."""

from dataclasses import dataclass
from enum import StrEnum

import cypher
from graph.database.client import Graph
from graph.errors import PermissionDenied
from graph.networks.permissions import Operation, Role, check_permission

_LIST_MEMBERS = cypher.load("networks/list_members")
_READ_SETTINGS = cypher.load("networks/read_settings")


UNNAMED_OWNER = "the first owner"
"""The name of a member who has not set one."""


FORMER_MEMBER = "a former member"
"""The name of a member who left."""


class LeavingPolicy(StrEnum):
    """The treatment of the shared sources of a member who leaves."""

    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a network.

    `person` is the name of the member's own person, from the member's own sources. Show it to that member only: the
    sources may be private. `name` and `email` are None for the first owner until a name is set. `joined_at` is in
    milliseconds since 1970, None for the first owner.
    """

    id: str
    role: Role
    name: str | None
    email: str | None
    joined_at: int | None
    person: str | None

    def display_name(self, viewer: str) -> str:
        """The name to show to this member (an id)."""
        return self.name or (self.id == viewer and self.person) or UNNAMED_OWNER


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """The name and the leaving policy of a network, as its members see them."""

    name: str
    leaving_policy: LeavingPolicy


async def list_members(graph: Graph, network: str) -> list[Member]:
    """The members of the network, longest-standing first."""
    return [Member(**{**row, "role": Role(row["role"])}) for row in await graph.run(_LIST_MEMBERS, network=network)]


async def find_member(graph: Graph, network: str, id: str) -> Member | None:
    """The member with this id, or None if the network has no such member."""
    return next((member for member in await list_members(graph, network) if member.id == id), None)


async def read_network_settings(graph: Graph, network: str) -> NetworkSettings:
    """The network's name and leaving policy."""
    (row,) = await graph.run(_READ_SETTINGS, network=network)
    return NetworkSettings(row["name"], LeavingPolicy(row["leaving_policy"]))


async def require_permission(graph: Graph, network: str, by: str, operation: Operation) -> None:
    """Raise PermissionDenied unless `by` is a member whose role allows the operation."""
    member = await find_member(graph, network, by)
    if member is None:
        raise PermissionDenied("Only a member of a network may do that.")
    check_permission(operation, member.role)
