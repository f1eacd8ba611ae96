"""Networks that an operator creates on a server for other people. The operator is not a member and sees nothing."""

from datetime import date
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY, day_of
from graph.errors import PermissionDenied
from graph.membership.invitations import INVITATION_DAYS
from graph.names.keys import identity_key
from graph.networks.secrets import INVITATION_PREFIX, create_secret, fingerprint
from graph.records import Handle, HandleKind

_CREATE_NETWORK_FOR_OTHERS = cypher.load("membership/create_network_for_others")


async def create_network_for_others(
    graph: Graph, name: str, *, today: date, email: str | None = None, days: int = INVITATION_DAYS
) -> tuple[str, int]:
    """Create a network. Returns the invitation of its first owner, which is not shown again, and when it expires.

    The expiry is in milliseconds since 1970. With `email` the operator confirms the owner's address. Until somebody
    has joined, the network can be created again, which invalidates the earlier invitation. Raises PermissionDenied if
    a network of this name has members.
    """
    invitation = create_secret(INVITATION_PREFIX)
    rows = await graph.run(
        _CREATE_NETWORK_FOR_OTHERS,
        name=name,
        new_network=uuid4().hex,
        today=day_of(today),
        fingerprint=fingerprint(invitation),
        confirmed_key=identity_key(Handle(HandleKind.EMAIL, email)) if email else None,
        lifetime_ms=days * MILLISECONDS_PER_DAY,
    )
    if not rows:
        raise PermissionDenied(f"The network “{name}” exists and has members: choose another name.")
    return invitation, int(rows[0]["expires_at"])
