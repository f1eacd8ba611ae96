"""API tokens of members. A token is shown once; the database stores its fingerprint and finds the member by it."""

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """The member whom a token authenticates, and the token's scopes."""

    network: str
    member: str
    role: Role
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its member sees it in a list. Times are milliseconds since 1970.

    `expires_at` is None for a token without expiry, `last_used_at` for one that was never used. `created_at` and
    `name` are None for tokens of early versions.
    """

    id: str
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
        name=name,
        scopes=sorted(scopes),
        lifetime_ms=None if days is None else days * MILLISECONDS_PER_DAY,
    )
    return bool(rows and rows[0]["is_valid"])


async def find_token_holder(graph: Graph, token: str) -> TokenHolder | None:
    """The member whom a token authenticates now. Records the use, at most once per USE_RECORDED_EVERY_MS."""
    token_fingerprint = fingerprint(token)
    rows = await graph.run(_FIND_TOKEN_HOLDER, fingerprint=token_fingerprint, every_ms=USE_RECORDED_EVERY_MS)
    if not rows:
        return None
    (row,) = rows
    if row["use_is_due"]:
        await graph.run(
            _RECORD_TOKEN_USE, network=row["network"], fingerprint=token_fingerprint, every_ms=USE_RECORDED_EVERY_MS
        )
    return TokenHolder(row["network"], row["member"], Role(row["role"]), _scopes(row["scopes"]))


async def create_token(
    graph: Graph, network: str, member: str, *, name: str, scopes: Iterable[Scope], days: int
) -> tuple[str, Token]:
    """Create a token for the member. Returns the secret, which is not shown again, and the token as listed."""
    secret = create_secret(TOKEN_PREFIX)
    await grant_token(graph, network, member, secret, name=name, scopes=scopes, days=days)
    id = _listed_id(network, fingerprint(secret))
    return secret, next(token for token in await list_tokens(graph, network, member) if token.id == id)


async def list_tokens(graph: Graph, network: str, member: str) -> list[Token]:
    """The member's valid tokens, oldest first."""
    rows = await graph.run(_LIST_TOKENS, network=network, member=member)
    return [
        Token(
            id=_listed_id(network, row["fingerprint"]),
            name=row["name"],
            scopes=_scopes(row["scopes"]),
            created_at=row["created_at"],
            expires_at=row["expires_at"],
            last_used_at=row["last_used_at"],
        )
        for row in rows
    ]


async def revoke_token(graph: Graph, network: str, member: str, id: str) -> bool:
    """Revoke one of the member's tokens. Returns False if the member has no valid token with this id."""
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
