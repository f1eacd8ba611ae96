"""Tokens by which a member is told: given out once, kept as a fingerprint, found by it."""

import asyncio
from hashlib import sha256

import cypher
from graph.errors import DatabaseAway
from graph.session import Graph

GIVE = cypher.load("member_token_give")
HOLDER = cypher.load("member_token_holder")

PATIENCE = 1.5
"""Seconds after which a database that does not even say whose token this is counts as away (it takes milliseconds)."""


def fingerprint(token: str) -> str:
    """What is kept of a token. Tokens are long and random, so one round of SHA-256 is enough."""
    return sha256(token.encode()).hexdigest()


async def give(graph: Graph, network: str, member: str, token: str) -> None:
    """Let this token stand for the member, beside those given before: each of their machines has its own."""
    await graph.run(GIVE, network=network, member=member, token=fingerprint(token))


async def holder(graph: Graph, token: str) -> tuple[str, str] | None:
    """The network and the member that a token stands for. Raises DatabaseAway, after PATIENCE where nobody answers."""
    try:
        async with asyncio.timeout(PATIENCE):
            rows = await graph.run(HOLDER, token=fingerprint(token))
    except TimeoutError as error:
        raise DatabaseAway("Neo4j does not answer in time: ask again in a while.") from error
    return (rows[0]["network"], rows[0]["member"]) if rows else None
