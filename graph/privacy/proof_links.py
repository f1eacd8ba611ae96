"""Proof links: a non-member proves an address with a link that is valid for a day and can be redeemed once.

The database stores a fingerprint of the link, and the address encrypted under the link. Whoever reads the database
cannot tell who requested a link and cannot redeem it. Redeeming returns another secret, the proof, which is valid for
30 minutes (docs/decisions/0020-data-subjects.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.networks.secrets import cipher, create_secret, fingerprint

_LIST_CONTROLLERS = cypher.load("privacy/list_networks_with_controller")
_CREATE_PROOF_LINK = cypher.load("privacy/create_proof_link")
_FIND_OPEN_PROOF = cypher.load("privacy/find_open_proof")
_REDEEM_PROOF_LINK = cypher.load("privacy/redeem_proof_link")
_END_PROOF = cypher.load("privacy/end_proof")

LINK_LIFETIME_MS = MILLISECONDS_PER_DAY
"""Milliseconds within which a link can be redeemed."""
PROOF_LIFETIME_MS = 30 * 60 * 1000
"""Milliseconds for which a proof is valid."""


@dataclass(frozen=True, slots=True)
class NetworkController:
    """A network and its data controller."""

    network: str
    controller: str
    contact: str


@dataclass(frozen=True, slots=True)
class ProvedAddress:
    """An address, as an identity's key, that somebody proved to these networks.

    `proved_at` is when the link was redeemed, in milliseconds since 1970.
    """

    key: str
    networks: tuple[str, ...]
    proved_at: int


async def list_network_controllers(graph: Graph) -> list[NetworkController]:
    """The networks of this database that name a data controller."""
    return [NetworkController(**row) for row in await graph.run(_LIST_CONTROLLERS)]


async def create_proof_link(graph: Graph, key: str) -> str:
    """Create a link for an address, whether or not it is known. Send the returned secret to that address only."""
    secret = create_secret("")
    await graph.run(
        _CREATE_PROOF_LINK,
        networks=[one.network for one in await list_network_controllers(graph)],
        fingerprint=_fingerprint("link", secret),
        encrypted_key=_cipher(secret).encrypt(key.encode()).decode(),
        lifetime_ms=LINK_LIFETIME_MS,
    )
    return secret


async def redeem_proof_link(graph: Graph, secret: str) -> str | None:
    """Redeem a link for a proof. Returns None if the link is unknown, redeemed or expired."""
    address = await _find(graph, "link", secret)
    if address is None:
        return None
    proof = create_secret("")
    rows = await graph.run(
        _REDEEM_PROOF_LINK,
        networks=address.networks,
        fingerprint=_fingerprint("link", secret),
        proof_fingerprint=_fingerprint("taker", proof),
        encrypted_key=_cipher(proof).encrypt(address.key.encode()).decode(),
        lifetime_ms=PROOF_LIFETIME_MS,
    )
    return proof if rows else None


async def find_proved_address(graph: Graph, proof: str) -> ProvedAddress | None:
    """The address that a proof proves, while the proof is valid."""
    return await _find(graph, "taker", proof)


async def end_proof(graph: Graph, networks: Sequence[str], proof: str) -> None:
    """Invalidate a proof in these networks."""
    await graph.run(_END_PROOF, networks=list(networks), fingerprint=_fingerprint("taker", proof))


async def _find(graph: Graph, purpose: str, secret: str) -> ProvedAddress | None:
    rows = await graph.run(_FIND_OPEN_PROOF, fingerprint=_fingerprint(purpose, secret))
    if not rows:
        return None
    key = _cipher(secret).decrypt(rows[0]["encrypted_key"]).decode()
    return ProvedAddress(key, tuple(row["network"] for row in rows), rows[0]["expires_at"] - PROOF_LIFETIME_MS)


def _fingerprint(purpose: str, secret: str) -> str:
    return fingerprint(f"{purpose} {secret}")


def _cipher(secret: str) -> Fernet:
    return cipher(f"sealed {secret}")
