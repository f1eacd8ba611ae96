"""Tokens of members. A token is shown once; the database stores its fingerprint and finds the member by it.

Programs use tokens as such. A session is a token that one browser holds in a cookie, and a sign-in code is one that
begins a session once (graph/membership/sessions.py). Each is accepted as its own kind only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.networks.permissions import ALL_SCOPES, Role, Scope
from graph.networks.secrets import TOKEN_PREFIX, create_secret, fingerprint, listed_id

_GRANT_TOKEN = cypher.load("networks/grant_token")
_FIND_TOKEN_HOLDER = cypher.load("networks/find_token_holder")
_RECORD_TOKEN_USE = cypher.load("networks/record_token_use")
_LIST_TOKENS = cypher.load("networks/list_tokens")
_REVOKE_TOKEN = cypher.load("networks/revoke_token")

USE_RECORDED_EVERY_MS = 60_000
"""Minimum milliseconds between two writes of a token's last use: a write costs more than most queries."""


class TokenKind(StrEnum):
    """The purpose of a token. The database stores no kind for the tokens of programs."""

    TOKEN = "token"  # noqa: S105 - a kind, not a secret
    SESSION = "session"
    SIGN_IN_CODE = "sign_in_code"


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """The member whom a token authenticates, the token's scopes, and its expiry (None without one)."""

    network: str
    member: str
    role: Role
    scopes: frozenset[Scope]
    expires_at: int | None


@dataclass(frozen=True, slots=True)
class Token:
    """A token or a session as its member sees it in a list. Times are milliseconds since 1970.

    `expires_at` is None for a token without expiry, `last_used_at` for one that was never used. `created_at` and
    `name` are None for tokens of early versions.
    """

    id: str
    is_session: bool
    name: str | None
    scopes: frozenset[Scope]
    created_at: int | None
    expires_at: int | None
    last_used_at: int | None


async def grant_token(
    graph: Graph,
    network: str,
    member: str,
    token: str,
    *,
    name: str | None = None,
    scopes: Iterable[Scope] = ALL_SCOPES,
    days: int | None = None,
) -> bool:
    """Make this token authenticate the member, in addition to earlier ones: each machine has a token of its own.

    Returns False if the token was revoked or has expired. Then it authenticates nobody.
    """
    rows = await graph.run(
        _GRANT_TOKEN,
        network=network,
        member=member,
        fingerprint=fingerprint(token),
        kind=None,
        name=name,
        scopes=sorted(scopes),
        lifetime_ms=None if days is None else days * MILLISECONDS_PER_DAY,
    )
    return bool(rows and rows[0]["is_valid"])


async def find_token_holder(graph: Graph, token: str, kind: TokenKind = TokenKind.TOKEN) -> TokenHolder | None:
    """The member whom a token of this kind authenticates now.

    Records the use, at most once per USE_RECORDED_EVERY_MS.
    """
    token_fingerprint = fingerprint(token)
    rows = await graph.run(
        _FIND_TOKEN_HOLDER, fingerprint=token_fingerprint, kind=kind.value, every_ms=USE_RECORDED_EVERY_MS
    )
    if not rows:
        return None
    (row,) = rows
    if row["use_is_due"]:
        await graph.run(
            _RECORD_TOKEN_USE, network=row["network"], fingerprint=token_fingerprint, every_ms=USE_RECORDED_EVERY_MS
        )
    return TokenHolder(row["network"], row["member"], Role(row["role"]), _scopes(row["scopes"]), row["expires_at"])


async def create_token(
    graph: Graph, network: str, member: str, *, name: str, scopes: Iterable[Scope], days: int
) -> tuple[str, Token]:
    """Create a token for the member. Returns the secret, which is not shown again, and the token as listed."""
    secret = create_secret(TOKEN_PREFIX)
    await grant_token(graph, network, member, secret, name=name, scopes=scopes, days=days)
    id = _listed_id(network, fingerprint(secret))
    return secret, next(token for token in await list_tokens(graph, network, member) if token.id == id)


async def list_tokens(graph: Graph, network: str, member: str) -> list[Token]:
    """The member's valid tokens and sessions, oldest first."""
    rows = await graph.run(_LIST_TOKENS, network=network, member=member)
    return [
        Token(
            id=_listed_id(network, row["fingerprint"]),
            is_session=row["kind"] == TokenKind.SESSION,
            name=row["name"],
            scopes=_scopes(row["scopes"]),
            created_at=row["created_at"],
            expires_at=row["expires_at"],
            last_used_at=row["last_used_at"],
        )
        for row in rows
    ]


async def revoke_token(graph: Graph, network: str, member: str, id: str) -> bool:
    """Revoke one of the member's tokens or sessions, and the sessions that began with it.

    Returns False if the member has no valid token with this id.
    """
    for row in await graph.run(_LIST_TOKENS, network=network, member=member):
        if _listed_id(network, row["fingerprint"]) == id:
            rows = await graph.run(_REVOKE_TOKEN, network=network, member=member, fingerprint=row["fingerprint"])
            return bool(rows)
    return False


async def revoke_presented_token(graph: Graph, holder: TokenHolder, token: str) -> None:
    """Revoke the token that the request itself carries."""
    await graph.run(_REVOKE_TOKEN, network=holder.network, member=holder.member, fingerprint=fingerprint(token))


def _listed_id(network: str, token_fingerprint: str) -> str:
    return listed_id("token", network, token_fingerprint)


def _scopes(stored: list[str] | None) -> frozenset[Scope]:
    """Tokens of early versions have no scopes and allow everything."""
    return ALL_SCOPES if stored is None else frozenset(map(Scope, stored))
