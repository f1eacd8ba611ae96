"""Tokens by which a member is told: given out once, kept as a fingerprint, found by it."""

from hashlib import sha256

import cypher
from graph.session import Graph

GIVE = cypher.load("member_token_give")
HOLDER = cypher.load("member_token_holder")


def fingerprint(token: str) -> str:
    """What is kept of a token. Tokens are long and random, so one round of SHA-256 is enough."""
    return sha256(token.encode()).hexdigest()


async def give(graph: Graph, network: str, member: str, token: str) -> None:
    """Let this token stand for the member, beside those given before: each of their machines has its own."""
    await graph.run(GIVE, network=network, member=member, token=fingerprint(token))


async def holder(graph: Graph, token: str) -> tuple[str, str] | None:
    """The network and the member that a token stands for."""
    rows = await graph.run(HOLDER, token=fingerprint(token))
    return (rows[0]["network"], rows[0]["member"]) if rows else None
