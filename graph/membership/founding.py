"""Networks that are founded on a server for others: whoever founds one is no member of it, and sees nothing there."""

from datetime import date
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import PermissionDenied
from graph.membership.invitations import INVITED_FOR
from graph.names.keys import identity_key
from graph.networks.tokens import DAY, fingerprint, fresh
from graph.records import Handle, HandleKind

FOUND = cypher.load("membership/found_network")


async def found(
    graph: Graph, name: str, *, today: date, email: str | None = None, days: int = INVITED_FOR
) -> tuple[str, int]:
    """Found a network: the invitation of its first owner, which nobody can see again, and the moment it ends at.

    With `email` whoever founds it vouches for the owner's address. Until somebody has joined it may be founded again;
    then the invitation before can be taken no longer. Raises PermissionDenied where anybody is a member of one of this
    name.
    """
    secret = fresh("invitation_")
    rows = await graph.run(
        FOUND,
        name=name,
        fresh=uuid4().hex,
        today=day_of(today),
        invitation=fingerprint(secret),
        key=identity_key(Handle(HandleKind.EMAIL, email)) if email else None,
        lasts=days * DAY,
    )
    if not rows:
        raise PermissionDenied(f"There is a network “{name}” already, and it has members: give this one another name.")
    return secret, int(rows[0]["expires"])
