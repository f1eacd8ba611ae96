"""Tokens by which a member is told: shown once, kept as a fingerprint, found by it."""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.fernet import Fernet

import cypher
from graph.database.client import Graph
from graph.ids import stable_id
from graph.networks.permissions import Role, Scope

GIVE = cypher.load("networks/grant_token")
HOLDER = cypher.load("networks/find_token_holder")
USED = cypher.load("networks/touch_token")
LIST = cypher.load("networks/list_tokens")
REVOKE = cypher.load("networks/revoke_token")

DAY = 24 * 60 * 60 * 1000
NOTICED_EVERY = 60_000
"""Milliseconds between two times that a token's use is written down: a write costs more than most questions."""
EVERYTHING = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a token stands, and what it was made for."""

    network: str
    member: str
    role: Role
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its member may see it again. Times are milliseconds since 1970; `expires` is None for never.

    `made` and `name` are None of one that an earlier Tertius gave, `used` of one that has not been used.
    """

    id: str
    name: str | None
    scopes: frozenset[Scope]
    made: int | None
    expires: int | None
    used: int | None


def fresh(kind: str = "") -> str:
    """A new secret. It says what it is, so that whoever finds one knows, and programs that look for secrets find it."""
    return f"tertius_{kind}{secrets.token_urlsafe(32)}"


def cipher(secret: str) -> Fernet:
    """What only whoever knows a secret can open. What it is for stands in it: the same words make the same key."""
    return Fernet(base64.urlsafe_b64encode(sha256(secret.encode()).digest()))


def fingerprint(token: str) -> str:
    """What is kept of a token. Tokens are long and random, so one round of SHA-256 is enough."""
    return sha256(token.encode()).hexdigest()


async def give(
    graph: Graph,
    network: str,
    member: str,
    token: str,
    *,
    name: str | None = None,
    scopes: Iterable[Scope] = EVERYTHING,
    days: int | None = None,
) -> bool:
    """Let this token stand for the member, beside those given before: each of their machines has its own.

    False where it was revoked, or has expired: then it stands for nobody.
    """
    rows = await graph.run(
        GIVE,
        network=network,
        member=member,
        token=fingerprint(token),
        name=name,
        scopes=sorted(scopes),
        lasts=None if days is None else days * DAY,
    )
    return bool(rows and rows[0]["counts"])


async def holder(graph: Graph, token: str) -> Holder | None:
    """For whom a token stands now; that it was used is written down, once in NOTICED_EVERY."""
    marked = fingerprint(token)
    rows = await graph.run(HOLDER, token=marked, every=NOTICED_EVERY)
    if not rows:
        return None
    (row,) = rows
    if row["unnoticed"]:
        await graph.run(USED, network=row["network"], token=marked, every=NOTICED_EVERY)
    return Holder(row["network"], row["member"], Role(row["role"]), _scopes(row["scopes"]))


async def create(
    graph: Graph, network: str, member: str, *, name: str, scopes: Iterable[Scope], days: int
) -> tuple[str, Token]:
    """A new token of the member's, which nobody can see again, and how it is listed."""
    secret = fresh()
    await give(graph, network, member, secret, name=name, scopes=scopes, days=days)
    id = _id(network, fingerprint(secret))
    return secret, next(token for token in await tokens(graph, network, member) if token.id == id)


async def tokens(graph: Graph, network: str, member: str) -> list[Token]:
    """The member's tokens that count, oldest first."""
    rows = await graph.run(LIST, network=network, member=member)
    return [
        Token(
            id=_id(network, row["fingerprint"]),
            name=row["name"],
            scopes=_scopes(row["scopes"]),
            made=row["at"],
            expires=row["expires"],
            used=row["used"],
        )
        for row in rows
    ]


async def revoke(graph: Graph, network: str, member: str, id: str) -> bool:
    """Let one of the member's tokens stand for nobody any more; whether there was one of this id."""
    for row in await graph.run(LIST, network=network, member=member):
        if _id(network, row["fingerprint"]) == id:
            return bool(await graph.run(REVOKE, network=network, member=member, token=row["fingerprint"]))
    return False


async def end(graph: Graph, holder: Holder, token: str) -> None:
    """Let the token itself, which whoever has it sends, stand for nobody any more."""
    await graph.run(REVOKE, network=holder.network, member=holder.member, token=fingerprint(token))


def _id(network: str, marked: str) -> str:
    """What a token is called where it is listed: of its fingerprint nothing leaves the graph."""
    return stable_id("token", network, marked)


def _scopes(stored: list[str] | None) -> frozenset[Scope]:
    """An earlier Tertius gave tokens for everything."""
    return EVERYTHING if stored is None else frozenset(map(Scope, stored))
