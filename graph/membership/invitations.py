"""Invitations to a network. An invitation is shown once; the database stores its fingerprint."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.names.keys import identity_key
from graph.networks.members import require_permission
from graph.networks.permissions import Role, operation_on_roles
from graph.networks.secrets import INVITATION_PREFIX, create_secret, fingerprint, listed_id
from graph.records import Handle, HandleKind

_CREATE_INVITATION = cypher.load("membership/create_invitation")
_LIST_INVITATIONS = cypher.load("membership/list_invitations")
_WITHDRAW_INVITATION = cypher.load("membership/withdraw_invitation")

INVITATION_DAYS = 7
"""Default lifetime of an invitation in days."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation. `invited_by` is the id of the member who created it and confirmed `email`.

    Times are in milliseconds since 1970.
    """

    id: str
    role: Role
    email: str | None
    invited_by: str
    created_at: int
    expires_at: int


async def create_invitation(
    graph: Graph, network: str, by: str, *, role: Role, email: str | None = None, days: int = INVITATION_DAYS
) -> tuple[str, Invitation]:
    """Create an invitation. Returns its secret, which is not shown again, and the invitation as listed.

    With `email` the inviter confirms that the address belongs to the invited person. This identifies an asker, who
    loads nothing that would. Raises PermissionDenied.
    """
    await require_permission(graph, network, by, operation_on_roles(role))
    secret = create_secret(INVITATION_PREFIX)
    secret_fingerprint = fingerprint(secret)
    await graph.run(
        _CREATE_INVITATION,
        network=network,
        member=by,
        fingerprint=secret_fingerprint,
        role=role.value,
        confirmed_key=identity_key(Handle(HandleKind.EMAIL, email)) if email else None,
        lifetime_ms=days * MILLISECONDS_PER_DAY,
    )
    id = _listed_id(network, secret_fingerprint)
    return secret, next(one for one in await list_invitations(graph, network) if one.id == id)


async def list_invitations(graph: Graph, network: str) -> list[Invitation]:
    """The open invitations of the network, oldest first."""
    return [
        Invitation(
            id=_listed_id(network, row["fingerprint"]),
            role=Role(row["role"]),
            email=row["confirmed_key"] and row["confirmed_key"].partition(":")[2],
            invited_by=row["invited_by"],
            created_at=row["created_at"],
            expires_at=row["expires_at"],
        )
        for row in await graph.run(_LIST_INVITATIONS, network=network)
    ]


async def withdraw_invitation(graph: Graph, network: str, id: str) -> bool:
    """Withdraw an open invitation. Returns False if there is none with this id."""
    for row in await graph.run(_LIST_INVITATIONS, network=network):
        if _listed_id(network, row["fingerprint"]) == id:
            return bool(await graph.run(_WITHDRAW_INVITATION, network=network, fingerprint=row["fingerprint"]))
    return False


def _listed_id(network: str, invitation_fingerprint: str) -> str:
    return listed_id("invitation", network, invitation_fingerprint)
