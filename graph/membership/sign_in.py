"""Who comes in by a provider of OpenID Connect: the member they are, or become, and the token they have then.

A member is told by (issuer, subject), and these are theirs from their first sign-in on: by an invitation that they
bring, or because a member has vouched for the address that the provider has verified
(docs/decisions/0017-sign-in.md).
"""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.errors import InvalidInvitation
from graph.membership.joining import take
from graph.names.keys import clean_text, identity_key
from graph.networks.members import may, member
from graph.networks.permissions import about
from graph.networks.tokens import DAY, EVERYTHING, fingerprint, fresh
from graph.progress import SILENT, Progress
from graph.records import Handle, HandleKind

WAYS = cypher.load("membership/find_ways_to_sign_in")
SIGN_IN = cypher.load("membership/sign_in_member")
WHERE_TO = cypher.load("membership/find_invitation_network")
EXPECT = cypher.load("membership/expect_sign_in")

LASTS = 1
"""Days after which somebody signs in again, and so has lost what their provider took from them."""
CALLED = "signed in"
"""The name of the token of a sign-in."""
_NOBODY = "Nobody expects you here: ask a member for an invitation, or sign in as who was invited."


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who a provider says it is. `email` is an address that it has verified, None where it says so of none."""

    issuer: str
    subject: str
    name: str | None
    email: str | None


async def sign_in(
    graph: Graph, who: Somebody, *, name: str | None = None, invitation: str | None = None, progress: Progress = SILENT
) -> str:
    """The token that stands for them, in the network of this name, of this invitation, or where they were first.

    Raises InvalidInvitation, with one sentence whatever the reason: who is a member is nobody else's to know.
    """
    own = identity_key(Handle(HandleKind.EMAIL, who.email)) if who.email else None
    ways = await graph.run(WAYS, issuer=who.issuer, subject=who.subject, key=own, name=name)
    taken = None
    if invitation is not None:
        taken = fingerprint(invitation)
        led = {row["network"] for row in await graph.run(WHERE_TO, invitation=taken)}
        ways = [way for way in ways if way["network"] in led and way["member"]]
    token = fresh()
    for way in ways:
        if way["member"] is None:
            taken = taken or way["invitation"]
        elif await _signed_in(graph, who, way["network"], way["member"], token):
            return token
    if taken is None:
        raise InvalidInvitation(_NOBODY)
    try:
        await take(
            graph,
            taken,
            token,
            called=CALLED,
            days=LASTS,
            name=clean_text(who.name or "") or "a colleague",
            email=who.email,
            own=own,
            issuer=who.issuer,
            subject=who.subject,
            progress=progress,
        )
    except InvalidInvitation:
        raise InvalidInvitation(_NOBODY) from None
    return token


async def _signed_in(graph: Graph, who: Somebody, network: str, member: str, token: str) -> bool:
    return bool(
        await graph.run(
            SIGN_IN,
            network=network,
            member=member,
            issuer=who.issuer,
            subject=who.subject,
            token=fingerprint(token),
            called=CALLED,
            scopes=sorted(EVERYTHING),
            lasts=LASTS * DAY,
        )
    )


async def expect(graph: Graph, network: str, by: str, id: str, email: str) -> bool:
    """Let a member sign in by this address, and by no other account than the first that has it. Raises
    PermissionDenied.

    Whether there is such a member, and the address is one.
    """
    own, found = identity_key(Handle(HandleKind.EMAIL, email)), await member(graph, network, id)
    if own is None or found is None:
        return False
    await may(graph, network, by, about(found.role))
    return bool(await graph.run(EXPECT, network=network, member=id, key=own, called=CALLED))
