"""A change that is asked for again under the same key is made once, and its answer told again for a day.

What is kept of an answer is encrypted under the key itself, of which only a fingerprint is kept: an answer may hold
what is shown once and never again, and nobody who reads the database reads it (docs/decisions/0019-idempotency.md).
"""

from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from uuid import uuid4

from cryptography.fernet import Fernet

import cypher
from graph.database.client import Graph
from graph.networks.tokens import cipher, fingerprint
from graph.viewer import Viewer

CLAIM = cypher.load("networks/claim_idempotency_key")
KEEP = cypher.load("networks/store_idempotent_answer")
RELEASE = cypher.load("networks/release_idempotency_key")

DAY = 24 * 60 * 60 * 1000
"""Milliseconds for which an answer is told again."""
MAKING = 2 * 60 * 1000
"""Milliseconds after which a change that nobody heard the end of may be asked for again."""


class Claimed(Enum):
    """What is known of a change under a key."""

    OURS = "it is ours to make"
    MAKING = "somebody else is making it"
    OTHER = "the key was for another change"


@dataclass(frozen=True, slots=True)
class Once:
    """One change of one member's, `asked` for under a `key` (1 to 255 characters)."""

    viewer: Viewer
    key: str
    asked: bytes
    holder: str = field(default_factory=lambda: uuid4().hex)

    async def claim(self, graph: Graph) -> Claimed | bytes:
        """Whose it is to make; where it was made, its answer."""
        (row,) = await graph.run(
            CLAIM,
            network=self.viewer.network,
            key=self._mark,
            asked=sha256(self.asked).hexdigest(),
            holder=self.holder,
            lasts=MAKING,
        )
        if row["mine"]:
            return Claimed.OURS
        if not row["same"]:
            return Claimed.OTHER
        return Claimed.MAKING if row["result"] is None else self._cipher.decrypt(row["result"])

    async def keep(self, graph: Graph, answer: bytes) -> None:
        """The change is made."""
        kept = self._cipher.encrypt(answer)
        found = {"network": self.viewer.network, "key": self._mark, "holder": self.holder}
        await graph.run(KEEP, **found, result=kept, lasts=DAY)

    async def release(self, graph: Graph) -> None:
        """The change was not made, or not wholly: it may be asked for again."""
        await graph.run(RELEASE, network=self.viewer.network, key=self._mark, holder=self.holder)

    @property
    def _mark(self) -> str:
        return fingerprint(f"{self.viewer.member}\n{self.key}")

    @property
    def _cipher(self) -> Fernet:
        return cipher(f"answer\n{self.viewer.network}\n{self.viewer.member}\n{self.key}")
