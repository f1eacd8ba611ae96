"""Members"""

from dataclasses import dataclass
from enum import StrEnum

import cypher
from graph.database.client import Graph
from graph.errors import PermissionDenied
from graph.networks.permissions import Act, Role, check

LIST = cypher.load("networks/list_members")
ABOUT = cypher.load("networks/read_settings")


class OnLeave(StrEnum):
    """What becomes of the shared sources of somebody who leaves."""

    AWAY = "away"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a network. `person` is who their own sources say they are, for their own eyes: those may be private.

    The founder gave no `name` yet, nor an `email`. `joined` is in milliseconds since 1970, None of the founder.
    """

    id: str
    role: Role
    name: str | None
    email: str | None
    joined: int | None
    person: str | None

    def called(self, viewer: str) -> str:
        """What to call them before this member, an id."""
        return self.name or (self.id == viewer and self.person) or "whoever began"


@dataclass(frozen=True, slots=True)
class About:
    """A network as its members know it."""

    name: str
    on_leave: OnLeave


async def members(graph: Graph, network: str) -> list[Member]:
    """Who is in the network, those who were there first first."""
    return [Member(**{**row, "role": Role(row["role"])}) for row in await graph.run(LIST, network=network)]


async def member(graph: Graph, network: str, id: str) -> Member | None:
    """The member of this id, if they are in this network."""
    return next((one for one in await members(graph, network) if one.id == id), None)


async def about_network(graph: Graph, network: str) -> About:
    """What the network is called, and how it parts."""
    (row,) = await graph.run(ABOUT, network=network)
    return About(row["name"], OnLeave(row["on_leave"]))


async def may(graph: Graph, network: str, by: str, act: Act) -> None:
    """Raise PermissionDenied where this member may not do that."""
    who = await member(graph, network, by)
    if who is None:
        raise PermissionDenied("Only a member of a network may do that.")
    check(act, who.role)
