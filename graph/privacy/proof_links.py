"""Links by which somebody who never joined proves that an address is theirs: once, within a day, each for one taker.

Kept is a fingerprint of the link, and the address encrypted under it: nobody who reads the database learns who asked,
or can take the link. Whoever takes it is given another secret, good for a while
(docs/decisions/0020-data-subjects.md).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet

import cypher
from graph.database.client import Graph
from graph.networks.tokens import DAY, cipher, fingerprint

ANSWERED = cypher.load("privacy/list_networks_with_controller")
WRITE = cypher.load("privacy/create_link")
OPEN = cypher.load("privacy/find_open_proof")
TAKE = cypher.load("privacy/redeem_link")
END = cypher.load("privacy/end_proof")

LINK_LASTS = DAY
"""Milliseconds within which a link can be taken."""
TAKER_LASTS = 30 * 60 * 1000
"""Milliseconds for which whoever took it can look and choose."""


@dataclass(frozen=True, slots=True)
class Answering:
    """A network, and who answers for it."""

    network: str
    controller: str
    contact: str


@dataclass(frozen=True, slots=True)
class Proved:
    """An address that somebody proved, an identity's key, to these networks."""

    key: str
    networks: tuple[str, ...]


async def answering(graph: Graph) -> list[Answering]:
    """Who answers for a network here."""
    return [Answering(**row) for row in await graph.run(ANSWERED)]


async def link(graph: Graph, key: str) -> str:
    """The secret of a new link for an address, whether or not anybody knows it. Never to be shown but to its owner."""
    secret = secrets.token_urlsafe(32)
    networks = [one.network for one in await answering(graph)]
    kept = {"fingerprint": _fingerprint("link", secret), "sealed": _cipher(secret).encrypt(key.encode()).decode()}
    await graph.run(WRITE, networks=networks, **kept, lasts=LINK_LASTS)
    return secret


async def take(graph: Graph, secret: str) -> str | None:
    """Take a link: a secret for its taker; None where it was never made, was taken, or not taken in time."""
    found = await _proved(graph, "link", secret)
    if found is None:
        return None
    taker = secrets.token_urlsafe(32)
    rows = await graph.run(
        TAKE,
        networks=found.networks,
        fingerprint=_fingerprint("link", secret),
        taker=_fingerprint("taker", taker),
        sealed=_cipher(taker).encrypt(found.key.encode()).decode(),
        lasts=TAKER_LASTS,
    )
    return taker if rows else None


async def proved(graph: Graph, taker: str) -> Proved | None:
    """What whoever took a link proved by it, while that counts."""
    return await _proved(graph, "taker", taker)


async def end(graph: Graph, networks: Sequence[str], taker: str) -> None:
    """Let what was proved to these networks count no more."""
    await graph.run(END, networks=list(networks), fingerprint=_fingerprint("taker", taker))


async def _proved(graph: Graph, what: str, secret: str) -> Proved | None:
    rows = await graph.run(OPEN, fingerprint=_fingerprint(what, secret))
    if not rows:
        return None
    return Proved(_cipher(secret).decrypt(rows[0]["sealed"]).decode(), tuple(row["network"] for row in rows))


def _fingerprint(what: str, secret: str) -> str:
    return fingerprint(f"{what} {secret}")


def _cipher(secret: str) -> Fernet:
    return cipher(f"sealed {secret}")
