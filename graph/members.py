"""Who is in a network: invited, joined, of a role, gone again.

Whoever leaves opens nothing from that moment, and what they brought counts nowhere (network_state.cypher), but for the
shared sources that the network keeps. What is then still to be done, emptying those sources and deriving the ties
without them, is finished by the next start if it is cut off (docs/decisions/0012-members.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

import cypher
from graph.compare import mark
from graph.errors import NotAllowed, NotInvited
from graph.identity import key
from graph.load import again
from graph.network import Say, silent
from graph.records import Handle, Kind
from graph.rights import Act, Role, about, check
from graph.session import Graph
from graph.statements import ASIDE, SAYS
from graph.tokens import DAY, EVERYTHING, fingerprint, fresh

LIST = cypher.load("members")
ROLE = cypher.load("member_role")
NAME = cypher.load("member_name")
LEAVE = cypher.load("member_leave")
INVITE = cypher.load("invitation_write")
INVITATIONS = cypher.load("invitations")
WITHDRAW = cypher.load("invitation_withdraw")
WHERE_TO = cypher.load("invitation_network")
TAKE = cypher.load("invitation_take")
ASIDES = cypher.load("asides_said")
ABOUT = cypher.load("network_about")
ON_LEAVE = cypher.load("network_on_leave")

INVITED_FOR = 7
"""Days that an invitation lasts, unless it is said otherwise."""
FIRST = "given on joining"
"""The name of the token that comes with a membership."""
_NOT_INVITED = "This is no invitation that can be taken, or can be taken any longer: ask for another one."
_LAST = "A network has an owner: make somebody else one first."

Waits = Callable[[str], None]


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
class Invitation:
    """An invitation that can still be taken; `by` is the id of the member who made it, and vouches for `email`."""

    id: str
    role: Role
    email: str | None
    by: str
    made: int
    expires: int


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


async def invite(
    graph: Graph, network: str, by: str, *, role: Role, email: str | None = None, days: int = INVITED_FOR
) -> tuple[str, Invitation]:
    """A new invitation, which nobody can see again, and how it is listed. Raises NotAllowed.

    With `email` whoever invites vouches that it is the address of whom they invite: so an asker, who brings nothing
    that would say so, is somebody.
    """
    await may(graph, network, by, about(role))
    own = key(Handle(Kind.EMAIL, email)) if email else None
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


async def join(
    graph: Graph, invitation: str, *, name: str, email: str | None, say: Say = silent, waits: Waits = print
) -> tuple[str, str]:
    """Take an invitation: the network's name, and the new member's first token, which nobody can see again.

    Raises NotInvited where it cannot be taken, whatever the reason, and NetworkBusy where a load does not end; then it
    can be taken still.
    """
    token = fresh()
    return await take(graph, fingerprint(invitation), token, name=name, email=email, say=say, waits=waits), token


async def take(
    graph: Graph,
    marked: str,
    token: str,
    *,
    name: str,
    email: str | None,
    called: str = FIRST,
    days: int | None = None,
    own: str | None = None,
    issuer: str | None = None,
    subject: str | None = None,
    say: Say = silent,
    waits: Waits = print,
) -> str:
    """Take the invitation of this fingerprint, with a first token; the network's name. Raises as `join` does.

    `own` is an identity for which a provider vouches, `issuer` and `subject` say who they are there.
    """
    found = await graph.run(WHERE_TO, invitation=marked)
    if not found:
        raise NotInvited(_NOT_INVITED)
    network = found[0]["network"]
    touched: set[tuple[str, str]] = set()
    async with again(graph, network, touched=touched, say=say, waits=waits):
        taken = await graph.run(
            TAKE,
            network=network,
            invitation=marked,
            member=uuid4().hex,
            name=name,
            email=email,
            key=own,
            issuer=issuer,
            subject=subject,
            token=fingerprint(token),
            called=called,
            scopes=sorted(EVERYTHING),
            lasts=None if days is None else days * DAY,
        )
        if not taken:
            raise NotInvited(_NOT_INVITED)
        if known := taken[0]["key"]:
            touched.add((known, known))  # who they are is to be made
        # of a tie that one member set aside each of the others has one of their own (graph.ties)
        aside = [SAYS[kind].value for kind in ASIDE]
        touched |= {(row["by"], row["towards"]) for row in await graph.run(ASIDES, network=network, channels=aside)}
    return str(taken[0]["network"])


async def change_role(graph: Graph, network: str, by: str, id: str, role: Role) -> Member | None:
    """Give a member another role; None where there is none of this id. Raises NotAllowed."""
    found = await member(graph, network, id)
    if found is None:
        return None
    await may(graph, network, by, about(found.role, role))
    if not await graph.run(ROLE, network=network, member=id, role=role.value):
        raise NotAllowed(_LAST)
    return await member(graph, network, id)


async def call_me(graph: Graph, network: str, id: str, name: str) -> None:
    """Say what a member is to be called."""
    await graph.run(NAME, network=network, member=id, name=name)


async def remove_member(
    graph: Graph, network: str, by: str, id: str, *, say: Say = silent, waits: Waits = print
) -> bool:
    """Take a member out of the network, as though they had left; whether there was one. Raises NotAllowed."""
    found = await member(graph, network, id)
    if found is None:
        return False
    await may(graph, network, by, about(found.role))
    return await leave(graph, network, id, say=say, waits=waits)


async def leave(graph: Graph, network: str, id: str, *, say: Say = silent, waits: Waits = print) -> bool:
    """Leave the network; whether one was in it. Raises NotAllowed to its last owner.

    One has left at once. Raises NetworkBusy where a load does not end: then what is left to do is done after it.
    """
    if await member(graph, network, id) is None:
        return False
    if not await graph.run(LEAVE, network=network, member=id):
        raise NotAllowed(_LAST)
    async with again(graph, network, say=say, waits=waits):
        pass
    return True


async def set_on_leave(
    graph: Graph, network: str, by: str, on_leave: OnLeave, *, say: Say = silent, waits: Waits = print
) -> About:
    """Say what becomes of the shared sources of those who leave. AWAY takes away what was kept. Raises NotAllowed."""
    await may(graph, network, by, Act.OWNERS)
    if (await about_network(graph, network)).on_leave is not on_leave:
        async with again(graph, network, touched=set(), say=say, waits=waits):
            await graph.run(ON_LEAVE, network=network, on_leave=on_leave.value)
    return await about_network(graph, network)


async def may(graph: Graph, network: str, by: str, act: Act) -> None:
    """Raise NotAllowed where this member may not do that."""
    who = await member(graph, network, by)
    if who is None:
        raise NotAllowed("Only a member of a network may do that.")
    check(act, who.role)


def _id(network: str, marked: str) -> str:
    return mark("invitation", network, marked)
