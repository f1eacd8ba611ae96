"""Stores which members receive a digest of their notifications by mail, and when each got the last one."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.viewer import Viewer

_CLAIM_DIGESTS = cypher.load("requests/claim_digests")
_END_DIGEST = cypher.load("requests/end_digest")
_SET_DIGEST = cypher.load("requests/set_digest")
_READ_DIGEST_SETTING = cypher.load("requests/read_digest_setting")

_RETRY_MS = 15 * 60 * 1000


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest that this process sends to a member: what happened after `since`, in milliseconds since 1970.

    `until` is when it was claimed. A digest whose process was killed is sent again a day later.
    """

    member: str
    since: int
    until: int


async def set_digest(graph: Graph, viewer: Viewer, *, is_enabled: bool) -> None:
    """Set whether the viewer receives a digest."""
    await graph.run(_SET_DIGEST, network=viewer.network, member=viewer.member, is_enabled=is_enabled)


async def has_digest(graph: Graph, viewer: Viewer) -> bool:
    """Whether the viewer receives a digest."""
    (row,) = await graph.run(_READ_DIGEST_SETTING, network=viewer.network, member=viewer.member)
    return bool(row["is_enabled"])


async def claim_digests(graph: Graph, network: str) -> list[DueDigest]:
    """Claim the digests that are due: at most one a day for each member."""
    rows = await graph.run(_CLAIM_DIGESTS, network=network, pause_ms=MILLISECONDS_PER_DAY)
    return [DueDigest(**row) for row in rows]


async def end_digest(graph: Graph, network: str, digest: DueDigest, *, is_sent: bool) -> None:
    """Record that a digest was sent or had nothing to report. Otherwise it is due again after a quarter of an hour."""
    await graph.run(
        _END_DIGEST,
        network=network,
        member=digest.member,
        until=digest.until,
        is_sent=is_sent,
        pause_ms=MILLISECONDS_PER_DAY,
        retry_ms=_RETRY_MS,
    )
