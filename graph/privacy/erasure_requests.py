"""Requests for erasure by people who are not members: they wait for some days in which owners can dispute them.

From the start of a request its address belongs to no person, so that no answer shows it (graph.people.build). When the
days are over, the daily upkeep deletes the data. A dispute stops that and keeps the address hidden, until an owner
confirms the erasure or dismisses the request (docs/decisions/0028-quarantined-erasure.md).
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dateutil.relativedelta import relativedelta

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY, time_of
from graph.derivation.rederive import rederive_after
from graph.ids import stable_id
from graph.introductions.introducer_consent import COLLEAGUES_SOURCE, source_titles
from graph.lookup.identities import VisibleIdentity, visible_identity
from graph.networks.members import UNNAMED_OWNER
from graph.networks.state import NetworkState, read_state
from graph.privacy.erasure import erase_identities
from graph.progress import SILENT, Progress
from graph.viewer import Viewer

_REQUEST_ERASURE = cypher.load("privacy/request_erasure")
_DECIDE_REQUEST = cypher.load("privacy/decide_erasure_request")
_WITHDRAW_REQUEST = cypher.load("privacy/withdraw_erasure_request")
_LIST_REQUESTS = cypher.load("privacy/list_erasure_requests")
_LIST_DUE = cypher.load("privacy/list_due_erasures")
_COUNT_ROWS = cypher.load("privacy/count_rows_to_erase")
_DESCRIBE_IDENTITIES = cypher.load("privacy/describe_identities_to_erase")

MAX_REASON_LENGTH = 500
_MAX_REQUESTS = 10_000
_TIME_TO_ANSWER = relativedelta(months=1)
"""The time in which a controller must answer a request (GDPR Art. 12(3))."""


class ErasureRequestStatus(StrEnum):
    """The state of a request. A completed request is deleted with the data."""

    PENDING = "pending"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


_DECIDABLE = {
    ErasureRequestStatus.DISPUTED: [ErasureRequestStatus.PENDING],
    ErasureRequestStatus.CONFIRMED: [ErasureRequestStatus.PENDING, ErasureRequestStatus.DISPUTED],
    ErasureRequestStatus.DISMISSED: [ErasureRequestStatus.DISPUTED],
}
"""The states in which a request may be when an owner decides this."""


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """A request for erasure of one address. Times are in milliseconds since 1970.

    Fields:
        proved_at: when the address was proved by redeeming a link that was sent to it.
        final_at: when the data is deleted; None unless the request is pending.
        decided_at, decided_by, decided_by_name, reason: the latest decision of an owner, None without one.
    """

    id: str
    key: str
    status: ErasureRequestStatus
    proved_at: int
    requested_at: int
    final_at: int | None
    decided_at: int | None
    decided_by: str | None
    decided_by_name: str | None
    reason: str | None

    @property
    def cursor(self) -> str:
        """Position in the list, for pagination."""
        return f"{self.requested_at} {self.id}"

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether the person can still withdraw the request."""
        return self.status in (ErasureRequestStatus.PENDING, ErasureRequestStatus.DISPUTED)

    @property
    def answer_by(self) -> datetime:
        """Return the last day for the controller's answer to the person: a month after the request."""
        answer_by: datetime = time_of(self.requested_at) + _TIME_TO_ANSWER
        return answer_by


@dataclass(frozen=True, slots=True)
class ErasureRequestPreview:
    """A request with what it would delete, as far as the viewer may see it. It also deletes what is not in view.

    `identity` is None if no source in view names the address. `names` and `sources` are what the sources in view call
    it, and their titles. `claiming_sources` are the titles of those that name it as their owner's, which proves
    nothing. `linked` are the identities that rows in view state beside the address, which are not erased; their
    reasons name these sources. `fact_count` counts names and list entries, `contact_day_count` days of contact.
    """

    request: ErasureRequest
    identity: VisibleIdentity | None = None
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    claiming_sources: tuple[str, ...] = ()
    linked: tuple[VisibleIdentity, ...] = ()
    fact_count: int = 0
    contact_day_count: int = 0


async def request_erasure(graph: Graph, network: str, key: str, *, proved_at: int, days: int) -> ErasureRequest:
    """Request the erasure of a proved address after some days. The caller holds the write lease and derives people.

    Repeating it changes nothing while the request is open. A dismissed request begins again.
    """
    id, delay_ms = _id(network, key), days * MILLISECONDS_PER_DAY
    await graph.run(_REQUEST_ERASURE, network=network, id=id, key=key, proved_at=proved_at, delay_ms=delay_ms)
    (request,) = await _list(graph, network, id=id)
    return request


async def find_erasure_request(graph: Graph, network: str, key: str) -> ErasureRequest | None:
    """The request for erasure of this address, None without one."""
    return next(iter(await _list(graph, network, id=_id(network, key))), None)


async def withdraw_erasure_request(graph: Graph, network: str, key: str) -> bool:
    """Withdraw an open request, so that answers show the address again. Returns False if there is none to withdraw."""
    async with rederive_after_hiding(graph, network, key):
        (row,) = await graph.run(_WITHDRAW_REQUEST, network=network, id=_id(network, key))
    return bool(row["withdrawn"])


async def list_erasure_requests(
    graph: Graph, state: NetworkState, viewer: Viewer, limit: int, *, after: str | None = None, id: str | None = None
) -> list[ErasureRequestPreview]:
    """The requests after a cursor, oldest first, each with what it would delete. With `id` only that request."""
    requests = await _list(graph, viewer.network, id=id, after=after or "", limit=limit)
    titles = source_titles(state, viewer.withheld_colleagues)
    evidence_sources = [source for source in viewer.evidence_sources if titles.get(source) != COLLEAGUES_SOURCE]
    rows = await graph.run(
        _COUNT_ROWS,
        network=viewer.network,
        keys=[request.key for request in requests],
        sources=viewer.sources,
        evidence_sources=evidence_sources,
    )
    rows_by_key = {row["key"]: row for row in rows}
    return [_preview(viewer, titles, request, rows_by_key.get(request.key)) for request in requests]


async def decide_erasure_request(
    graph: Graph,
    viewer: Viewer,
    id: str,
    status: ErasureRequestStatus,
    *,
    reason: str | None = None,
    progress: Progress = SILENT,
) -> bool:
    """Dispute, confirm or dismiss a request. A confirmed request is completed at once.

    Returns whether the request is in this state afterwards, or completed. False without such a request, and if it is in
    a state that allows no such decision. Repeating a decision changes nothing.
    """
    requests = await _list(graph, viewer.network, id=id)
    if not requests:
        return False
    async with rederive_after_hiding(graph, viewer.network, requests[0].key, progress=progress):
        rows = await graph.run(
            _DECIDE_REQUEST,
            network=viewer.network,
            id=id,
            member=viewer.member,
            name_of_unnamed=UNNAMED_OWNER,
            status=status.value,
            decidable=[one.value for one in _DECIDABLE[status]],
            reason=reason,
        )
    is_decided = any(row["is_new"] or row["status"] == status for row in rows)
    if is_decided and status is ErasureRequestStatus.CONFIRMED:
        await complete_due_erasures(graph, viewer.network, progress=progress)
    return is_decided


async def complete_due_erasures(graph: Graph, network: str, *, progress: Progress = SILENT) -> None:
    """Erase the addresses whose period is over, and those whose erasure an owner confirmed.

    An address that is confirmed for a member by now is not erased, and its request ends. An interrupted erasure is
    repeated, because the request is deleted last.
    """
    for due in await graph.run(_LIST_DUE, network=network):
        if due["is_member"]:
            await withdraw_erasure_request(graph, network, due["key"])
        else:
            await _complete(graph, network, due["id"], progress)


async def _complete(graph: Graph, network: str, id: str, progress: Progress) -> None:
    async def list_keys() -> set[str]:
        # an owner may have disputed it before the write lease was taken
        rows = await graph.run(_LIST_DUE, network=network)
        return {row["key"] for row in rows if row["id"] == id and not row["is_member"]}

    await erase_identities(graph, network, list_keys, alone=True, progress=progress)


@asynccontextmanager
async def rederive_after_hiding(
    graph: Graph, network: str, key: str, *, progress: Progress = SILENT
) -> AsyncIterator[NetworkState]:
    """Unit of work that may hide an address or show it again: derives people, and ties of those with contact to it."""
    changed: set[tuple[str, str]] = set()
    async with rederive_after(graph, network, changed_pairs=changed, progress=progress) as state:
        yield state
        if not (await read_state(graph, network)).is_stale:  # nothing changed
            return
        (row,) = await graph.run(_DESCRIBE_IDENTITIES, network=network, keys=[key], is_proved=True)
        changed |= {(one, one) for one in (key, *(contact for contacts in row["contacts"] for contact in contacts))}


def _id(network: str, key: str) -> str:
    return stable_id("erasure", network, key)


async def _list(
    graph: Graph, network: str, *, id: str | None, after: str = "", limit: int = _MAX_REQUESTS
) -> list[ErasureRequest]:
    rows = await graph.run(_LIST_REQUESTS, network=network, id=id, after=after, limit=limit)
    return [_request(row) for row in rows]


def _request(row: dict[str, Any]) -> ErasureRequest:
    status = ErasureRequestStatus(row["status"])
    final_at = row["due_at"] if status is ErasureRequestStatus.PENDING else None
    columns = {name: value for name, value in row.items() if name not in ("status", "due_at")}
    return ErasureRequest(**columns, status=status, final_at=final_at)


def _preview(
    viewer: Viewer, titles: dict[str, str], request: ErasureRequest, row: dict[str, Any] | None
) -> ErasureRequestPreview:
    if row is None:
        return ErasureRequestPreview(request)
    return ErasureRequestPreview(
        request,
        visible_identity(viewer, request.key),
        tuple(sorted(row["names"])),
        tuple(sorted({titles[source] for source in row["named_by"]})),
        tuple(sorted({titles[source] for source in row["claimed_by"]})),
        _linked(viewer, titles, row["linked"]),
        row["facts"],
        row["contact_days"],
    )


def _linked(viewer: Viewer, titles: dict[str, str], pairs: list[list[str]]) -> tuple[VisibleIdentity, ...]:
    titles_by_key: dict[str, set[str]] = defaultdict(set)
    for key, source in pairs:
        titles_by_key[key].add(titles[source])
    return tuple(
        visible_identity(viewer, key, f"a row states it beside the address ({', '.join(sorted(texts))})")
        for key, texts in sorted(titles_by_key.items())
    )
