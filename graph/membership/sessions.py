"""Sessions of browsers: tokens with an idle and an absolute expiry, and one-time codes that begin them.

A session is as secret as a token, and is stored, listed and revoked as one. It ends with the membership, with the token
that began it, and when the member ends all sessions (docs/decisions/0017-sign-in.md).
"""

import cypher
from graph.database.client import Graph
from graph.membership.session_rules import SessionRules
from graph.networks.permissions import ALL_SCOPES
from graph.networks.secrets import SESSION_PREFIX, SIGN_IN_CODE_PREFIX, create_secret, fingerprint
from graph.networks.tokens import TokenHolder, TokenKind, find_token_holder

_GRANT_TOKEN = cypher.load("networks/grant_token")
_BEGIN_SESSION = cypher.load("membership/begin_session")
_END_SESSIONS = cypher.load("membership/end_sessions")

SESSION_NAME = "browser"
"""Name of a session that a token, a code or an invitation began."""
SIGN_IN_CODE_MINUTES = 15
"""Minutes within which a sign-in code can be used."""


async def create_sign_in_code(graph: Graph, network: str, member: str) -> str:
    """Create a code that begins one session of the member, within SIGN_IN_CODE_MINUTES."""
    code = create_secret(SIGN_IN_CODE_PREFIX)
    await graph.run(
        _GRANT_TOKEN,
        network=network,
        member=member,
        fingerprint=fingerprint(code),
        kind=TokenKind.SIGN_IN_CODE.value,
        name=None,
        scopes=sorted(ALL_SCOPES),
        lifetime_ms=SIGN_IN_CODE_MINUTES * 60_000,
    )
    return code


async def begin_session(graph: Graph, presented: str, kind: TokenKind, rules: SessionRules) -> str | None:
    """Begin a session with a token or a sign-in code. Returns its secret, None if the credential is not valid."""
    holder = await find_token_holder(graph, presented, kind)
    if holder is None:
        return None
    secret = create_secret(SESSION_PREFIX)
    rows = await graph.run(
        _BEGIN_SESSION,
        network=holder.network,
        member=holder.member,
        presented=fingerprint(presented),
        fingerprint=fingerprint(secret),
        name=SESSION_NAME,
        lifetime_ms=rules.lifetime_ms,
        idle_ms=rules.idle_ms,
    )
    return secret if rows else None


async def find_session(graph: Graph, secret: str) -> TokenHolder | None:
    """The member whose session this is, None if it has ended."""
    return await find_token_holder(graph, secret, TokenKind.SESSION)


async def end_sessions(graph: Graph, network: str, member: str) -> int:
    """End all sessions and sign-in codes of the member. Returns how many sessions there were, ended ones among them."""
    rows = await graph.run(_END_SESSIONS, network=network, member=member)
    return int(rows[0]["ended"]) if rows else 0
