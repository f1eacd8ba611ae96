"""Invitations"""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.ids import stable_id
from graph.names.keys import identity_key
from graph.networks.members import may
from graph.networks.permissions import Role, about
from graph.networks.tokens import DAY, fingerprint, fresh
from graph.records import Handle, HandleKind

INVITE = cypher.load("membership/create_invitation")
INVITATIONS = cypher.load("membership/list_invitations")
WITHDRAW = cypher.load("membership/withdraw_invitation")

INVITED_FOR = 7
"""Days that an invitation lasts, unless it is said otherwise."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be taken; `by` is the id of the member who made it, and vouches for `email`."""

    id: str
    role: Role
    email: str | None
    by: str
    made: int
    expires: int


async def invite(
    graph: Graph, network: str, by: str, *, role: Role, email: str | None = None, days: int = INVITED_FOR
) -> tuple[str, Invitation]:
    """A new invitation, which nobody can see again, and how it is listed. Raises PermissionDenied.

    With `email` whoever invites vouches that it is the address of whom they invite: so an asker, who brings nothing
    that would say so, is somebody.
    """
    await may(graph, network, by, about(role))
    own = identity_key(Handle(HandleKind.EMAIL, email)) if email else None
    secret = fresh("invitation_")
    marked = fingerprint(secret)
    await graph.run(INVITE, network=network, member=by, invitation=marked, role=role.value, key=own, lasts=days * DAY)
    id = _id(network, marked)
    return secret, next(one for one in await invitations(graph, network) if one.id == id)


async def invitations(graph: Graph, network: str) -> list[Invitation]:
    """The invitations that can still be taken, oldest first."""
    return [
        Invitation(
            id=_id(network, row["fingerprint"]),
            role=Role(row["role"]),
            email=row["key"] and row["key"].partition(":")[2],
            by=row["by"],
            made=row["at"],
            expires=row["expires"],
        )
        for row in await graph.run(INVITATIONS, network=network)
    ]


async def withdraw_invitation(graph: Graph, network: str, id: str) -> bool:
    """Let an invitation be taken no longer; whether there was one of this id."""
    for row in await graph.run(INVITATIONS, network=network):
        if _id(network, row["fingerprint"]) == id:
            return bool(await graph.run(WITHDRAW, network=network, invitation=row["fingerprint"]))
    return False


def _id(network: str, marked: str) -> str:
    return stable_id("invitation", network, marked)
