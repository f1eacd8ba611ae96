"""Who is in a network: invited, joined, of a role, gone again.

Whoever leaves opens nothing from that moment, and what they brought counts nowhere (network_state.cypher), but for the
shared sources that the network keeps. What is then still to be done, emptying those sources and deriving the ties
without them, is finished by the next start if it is cut off (docs/decisions/0012-members.md).
"""

from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidInvitation
from graph.networks.tokens import DAY, EVERYTHING, fingerprint, fresh
from graph.progress import SILENT, Progress
from graph.strength.statement_kinds import CHANNEL_OF_KIND, SET_ASIDE_KINDS

WHERE_TO = cypher.load("membership/find_invitation_network")
TAKE = cypher.load("membership/redeem_invitation")
ASIDES = cypher.load("membership/list_pairs_set_aside")
FIRST = "given on joining"
"""The name of the token that comes with a membership."""
_NOT_INVITED = "This is no invitation that can be taken, or can be taken any longer: ask for another one."


async def join(
    graph: Graph, invitation: str, *, name: str, email: str | None, progress: Progress = SILENT
) -> tuple[str, str]:
    """Take an invitation: the network's name, and the new member's first token, which nobody can see again.

    Raises InvalidInvitation where it cannot be taken, whatever the reason, and NetworkBusy where a load does not end;
    then it can be taken still.
    """
    token = fresh()
    return await take(graph, fingerprint(invitation), token, name=name, email=email, progress=progress), token


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
    progress: Progress = SILENT,
) -> str:
    """Take the invitation of this fingerprint, with a first token; the network's name. Raises as `join` does.

    `own` is an identity for which a provider vouches, `issuer` and `subject` say who they are there.
    """
    found = await graph.run(WHERE_TO, invitation=marked)
    if not found:
        raise InvalidInvitation(_NOT_INVITED)
    network = found[0]["network"]
    touched: set[tuple[str, str]] = set()
    async with rederive_after(graph, network, changed_pairs=touched, progress=progress):
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
            raise InvalidInvitation(_NOT_INVITED)
        if known := taken[0]["key"]:
            touched.add((known, known))  # who they are is to be made
        # of a tie that one member set aside each of the others has one of their own (graph.ties)
        aside = [CHANNEL_OF_KIND[kind].value for kind in SET_ASIDE_KINDS]
        touched |= {(row["by"], row["towards"]) for row in await graph.run(ASIDES, network=network, channels=aside)}
    return str(taken[0]["network"])
