"""Joining a network by redeeming an invitation (docs/decisions/0012-members.md)."""

import asyncio
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidInvitation, QueryTimeout
from graph.ids import stable_id
from graph.membership.session_rules import SessionRules
from graph.membership.sessions import SESSION_NAME
from graph.networks.members import read_network_settings
from graph.networks.permissions import ALL_SCOPES
from graph.networks.secrets import SESSION_PREFIX, TOKEN_PREFIX, create_secret, fingerprint
from graph.networks.tokens import TokenKind, find_token_holder
from graph.progress import SILENT, Progress
from graph.strength.statement_kinds import CHANNEL_OF_KIND, SET_ASIDE_KINDS

_FIND_INVITATION_NETWORK = cypher.load("membership/find_invitation_network")
_REDEEM_INVITATION = cypher.load("membership/redeem_invitation")
_LIST_PAIRS_SET_ASIDE = cypher.load("membership/list_out_of_touch_and_unroutable_identities")
FIRST_TOKEN_NAME = "created on joining"  # noqa: S105 - a name, not a secret
"""Name of the token that a new member receives."""
_INVALID = "This invitation is invalid, used or expired: ask for a new one."


async def join_network(
    graph: Graph,
    invitation: str,
    *,
    name: str,
    email: str | None,
    key: str | None = None,
    session: SessionRules | None = None,
    seconds: float | None = None,
    progress: Progress = SILENT,
) -> tuple[str, str]:
    """Redeem an invitation. Returns the network's name and the new member's first token, which is not shown again.

    With `session` the token is a session with these rules.

    Who sends the same secret `key` again receives a new token of the same member, until the invitation expires or the
    member leaves.

    Raises InvalidInvitation if it cannot be redeemed, for whatever reason, NetworkBusy if a load does not end, and
    QueryTimeout after `seconds`. The invitation stays valid in the last two cases. If the time ends after it was
    redeemed, the next change of the network derives the ties of the new member.
    """
    token = create_secret(SESSION_PREFIX if session else TOKEN_PREFIX)
    kind = TokenKind.SESSION if session else TokenKind.TOKEN
    try:
        async with asyncio.timeout(seconds):
            return (
                await redeem_invitation(
                    graph,
                    fingerprint(invitation),
                    token,
                    name=name,
                    email=email,
                    key=key,
                    token_name=SESSION_NAME if session else FIRST_TOKEN_NAME,
                    session=session,
                    progress=progress,
                ),
                token,
            )
    except TimeoutError as error:
        if (holder := await find_token_holder(graph, token, kind)) is None:
            raise QueryTimeout(f"The request took longer than {seconds:g} s. Send it again.") from error
        return (await read_network_settings(graph, holder.network)).name, token


async def redeem_invitation(
    graph: Graph,
    invitation_fingerprint: str,
    token: str,
    *,
    name: str,
    email: str | None,
    key: str | None = None,
    token_name: str = FIRST_TOKEN_NAME,
    session: SessionRules | None = None,
    confirmed_key: str | None = None,
    issuer: str | None = None,
    subject: str | None = None,
    progress: Progress = SILENT,
) -> str:
    """Redeem the invitation with this fingerprint and create the member's first token. Returns the network's name.

    With `session` the token is a session with these rules. `confirmed_key` is an identity that a sign-in provider
    confirms, `issuer` and `subject` identify the account there.
    Raises as `join_network` does.
    """
    rows = await graph.run(_FIND_INVITATION_NETWORK, fingerprint=invitation_fingerprint)
    if not rows:
        raise InvalidInvitation(_INVALID)
    network = rows[0]["network"]
    member = stable_id("member", network, invitation_fingerprint, key) if key else uuid4().hex
    if rows[0]["redeemed_by"] not in (None, member):
        raise InvalidInvitation(_INVALID)
    touched: set[tuple[str, str]] = set()
    async with rederive_after(graph, network, changed_pairs=touched, progress=progress):
        redeemed = await graph.run(
            _REDEEM_INVITATION,
            network=network,
            fingerprint=invitation_fingerprint,
            member=member,
            name=name,
            email=email,
            confirmed_key=confirmed_key,
            issuer=issuer,
            subject=subject,
            token_fingerprint=fingerprint(token),
            token_kind=TokenKind.SESSION.value if session else None,
            token_name=token_name,
            scopes=sorted(ALL_SCOPES),
            lifetime_ms=session.lifetime_ms if session else None,
            idle_ms=session.idle_ms if session else None,
        )
        if not redeemed:
            raise InvalidInvitation(_INVALID)
        if member_key := redeemed[0]["confirmed_key"]:
            touched.add((member_key, member_key))  # derives the person of the new member
        # every other member has their own copy of a tie that one member set aside (graph.ties.derive)
        channels = [CHANNEL_OF_KIND[kind].value for kind in SET_ASIDE_KINDS]
        rows = await graph.run(_LIST_PAIRS_SET_ASIDE, network=network, channels=channels)
        touched |= {(row["by"], row["towards"]) for row in rows}
    return str(redeemed[0]["network"])
