"""Idempotent mutations: a request repeated under the same key runs once, and its response is repeated for a day.

The stored response is encrypted under the key itself, and only a fingerprint of the key is stored. A response can
contain a secret that is shown once, and whoever reads the database cannot read it (docs/decisions/0019-idempotency.md).
"""

from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from uuid import uuid4

from cryptography.fernet import Fernet

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.networks.secrets import cipher, fingerprint
from graph.viewer import Viewer

_CLAIM_IDEMPOTENCY_KEY = cypher.load("networks/claim_idempotency_key")
_STORE_IDEMPOTENT_RESPONSE = cypher.load("networks/store_idempotent_response")
_RELEASE_IDEMPOTENCY_KEY = cypher.load("networks/release_idempotency_key")

RESPONSE_LIFETIME_MS = MILLISECONDS_PER_DAY
"""Milliseconds for which a response is repeated."""
CLAIM_LIFETIME_MS = 2 * 60 * 1000
"""Milliseconds after which a claim without a response expires, so that the request can be sent again."""


class ClaimStatus(Enum):
    """The result of claiming a key that has no stored response, or of claiming a delivery."""

    ACQUIRED = "this caller runs the request"
    IN_PROGRESS = "another caller runs the request"
    KEY_REUSED = "the key was sent with another request"
    COMPLETED = "the delivery was processed"


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """A mutation of one member under a `key` of 1 to 255 characters. `body` identifies the request."""

    viewer: Viewer
    key: str
    body: bytes
    claim_id: str = field(default_factory=lambda: uuid4().hex)

    async def claim(self, graph: Graph) -> ClaimStatus | bytes:
        """Claim the key, or return the stored response if the request has already run."""
        (row,) = await graph.run(
            _CLAIM_IDEMPOTENCY_KEY,
            network=self.viewer.network,
            key=self._key_fingerprint,
            request_hash=sha256(self.body).hexdigest(),
            claim_id=self.claim_id,
            lifetime_ms=CLAIM_LIFETIME_MS,
        )
        if row["is_own_claim"]:
            return ClaimStatus.ACQUIRED
        if not row["is_same_request"]:
            return ClaimStatus.KEY_REUSED
        return ClaimStatus.IN_PROGRESS if row["response"] is None else self._cipher.decrypt(row["response"])

    async def store_response(self, graph: Graph, response: bytes) -> None:
        """Store the response of the request that ran."""
        await graph.run(
            _STORE_IDEMPOTENT_RESPONSE,
            network=self.viewer.network,
            key=self._key_fingerprint,
            claim_id=self.claim_id,
            response=self._cipher.encrypt(response),
            lifetime_ms=RESPONSE_LIFETIME_MS,
        )

    async def release(self, graph: Graph) -> None:
        """Give the key back because the request failed. It can be sent again."""
        await graph.run(
            _RELEASE_IDEMPOTENCY_KEY, network=self.viewer.network, key=self._key_fingerprint, claim_id=self.claim_id
        )

    @property
    def _key_fingerprint(self) -> str:
        return fingerprint(f"{self.viewer.member}\n{self.key}")

    @property
    def _cipher(self) -> Fernet:
        return cipher(f"answer\n{self.viewer.network}\n{self.viewer.member}\n{self.key}")


@dataclass(frozen=True, slots=True)
class DeliveryClaim:
    """A delivery of another service, which may send it again: a claimed `key` is processed once.

    Claims expire after `lifetime_ms`. All processes share them.
    """

    network: str
    key: str
    lifetime_ms: int
    claim_id: str = field(default_factory=lambda: uuid4().hex)

    async def claim(self, graph: Graph) -> bool:
        """Claim the delivery. Returns False if it was claimed before."""
        return await self.claim_status(graph) is ClaimStatus.ACQUIRED

    async def claim_status(self, graph: Graph) -> ClaimStatus:
        """Claim the delivery: ACQUIRED, IN_PROGRESS if another caller claimed it, COMPLETED after `complete`."""
        (row,) = await graph.run(
            _CLAIM_IDEMPOTENCY_KEY,
            network=self.network,
            key=self._key_fingerprint,
            request_hash="",
            claim_id=self.claim_id,
            lifetime_ms=self.lifetime_ms,
        )
        if row["is_own_claim"]:
            return ClaimStatus.ACQUIRED
        return ClaimStatus.IN_PROGRESS if row["response"] is None else ClaimStatus.COMPLETED

    async def complete(self, graph: Graph) -> None:
        """Keep the claim for a day because the delivery was processed. `lifetime_ms` can then be short."""
        await graph.run(
            _STORE_IDEMPOTENT_RESPONSE,
            network=self.network,
            key=self._key_fingerprint,
            claim_id=self.claim_id,
            response="",
            lifetime_ms=RESPONSE_LIFETIME_MS,
        )

    async def release(self, graph: Graph) -> None:
        """Give the claim back because the processing failed: the delivery may be sent again."""
        await graph.run(
            _RELEASE_IDEMPOTENCY_KEY, network=self.network, key=self._key_fingerprint, claim_id=self.claim_id
        )

    @property
    def _key_fingerprint(self) -> str:
        return fingerprint(f"delivery\n{self.key}")
