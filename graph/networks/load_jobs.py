"""Load jobs: loads requested through the API. The graph stores them, so that they survive a restart."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import MILLISECONDS_PER_DAY
from graph.networks.state import is_dead_process
from graph.viewer import Viewer

_CREATE_LOAD_JOB = cypher.load("networks/create_load_job")
_UPDATE_LOAD_JOB = cypher.load("networks/update_load_job")
_CLAIM_UPLOAD = cypher.load("networks/claim_upload")
_CLAIM_LOAD = cypher.load("networks/claim_load")
_COUNT_LOAD_ATTEMPT = cypher.load("networks/count_load_attempt")
_RENEW_CLAIM = cypher.load("networks/renew_claim")
_EXPECT_STALE_UPLOADS = cypher.load("networks/expect_stale_uploads")
_LIST_LOAD_JOBS = cypher.load("networks/list_load_jobs")
_LIST_OPEN_LOAD_JOBS = cypher.load("networks/list_open_load_jobs")
_LIST_RECEIVED_LOAD_JOBS = cypher.load("networks/list_received_load_jobs")
_EXPIRE_LOAD_CLAIM = cypher.load("networks/expire_load_claim")
MAX_LISTED_JOBS = 20
"""Maximum number of jobs in a list."""
_STALE_MS = 90_000
"""Age of the claim on an upload after which its request ended with its process. A request renews it more often."""
_LOAD_LEASE_MS = 45_000
"""Age of the claim on a load after which its process ended. The process renews it more often."""


class LoadJobStatus(StrEnum):
    """The state of a load job: upload expected, being received, queued, loading, done or failed."""

    EXPECTED = "expected"
    RECEIVING = "receiving"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LoadJob:
    """One upload to load.

    `report` are the lines of the load's report, `result` is the report as JSON, and `error` the sentence that says why
    it failed. `created_at` is in milliseconds since 1970. `owner_address` is the address, number or name of the
    export's owner, if the user gave it; `data_subject` the other person whose export it is, `list_kind` whom lists of
    people contain, and `columns` which column of a CSV has a field, each as `field=column`. `receiver` is the request
    that received the upload of an open job, or the load that claimed it (`new_receiver`).
    """

    id: str
    name: str
    owner_address: str | None
    data_subject: str | None
    list_kind: str | None
    columns: tuple[str, ...]
    created_at: int
    status: LoadJobStatus = LoadJobStatus.EXPECTED
    report: tuple[str, ...] = ()
    error: str | None = None
    result: str | None = None
    receiver: str | None = None

    def is_elsewhere(self, place: str) -> bool:
        """Whether the upload is in another folder, whose service loads it. A day after the announcement none will."""
        host, separator, rest = (self.receiver or "").partition(":")
        received_at = f"{host}/{rest.rpartition(':')[2].partition('.')[0]}"
        age = int(datetime.now(UTC).timestamp() * 1000) - self.created_at
        return bool(separator) and received_at != place and age < MILLISECONDS_PER_DAY


def new_receiver(place: str) -> str:
    """The id of a request that receives an upload, or of a load: `host:process:folder.id`. `place` is `host/folder`."""
    host, _, folder = place.rpartition("/")
    return f"{host}:{os.getpid()}:{folder}.{uuid4().hex}"


async def create_load_job(
    graph: Graph,
    viewer: Viewer,
    *,
    name: str,
    owner_address: str | None,
    data_subject: str | None = None,
    list_kind: str | None = None,
    columns: tuple[str, ...] = (),
) -> LoadJob:
    """Announce that the viewer will upload an export with this file name."""
    now = int(datetime.now(UTC).timestamp() * 1000)
    job = LoadJob(uuid4().hex, name, owner_address, data_subject, list_kind, columns, now)
    await graph.run(
        _CREATE_LOAD_JOB,
        network=viewer.network,
        member=viewer.member,
        id=job.id,
        name=name,
        owner_address=owner_address,
        data_subject=data_subject,
        list_kind=list_kind,
        columns=list(columns),
        created_at=now,
    )
    return job


async def update_load_job(
    graph: Graph,
    network: str,
    id: str,
    status: LoadJobStatus,
    *,
    expected: LoadJobStatus | None = None,
    receiver: str | None = None,
    report: tuple[str, ...] = (),
    error: str | None = None,
    result: str | None = None,
) -> bool:
    """Set the status of a job. Returns whether it changed one.

    With `expected` it changes only a job in that status, with `receiver` only one that this request receives.
    """
    rows = await graph.run(
        _UPDATE_LOAD_JOB,
        network=network,
        id=id,
        expected=expected,
        receiver=receiver,
        status=status.value,
        report=list(report),
        error=error,
        result=result,
    )
    return bool(rows)


async def claim_upload(graph: Graph, network: str, id: str, receiver: str) -> bool:
    """Let a request receive the upload of a job. Returns False while another request receives it."""
    rows = await graph.run(_CLAIM_UPLOAD, network=network, id=id, receiver=receiver, stale_ms=_STALE_MS)
    return bool(rows)


async def claim_load(graph: Graph, network: str, id: str, receiver: str) -> int | None:
    """Let a process load a received job. Returns the number of attempts whose process ended.

    None while another process loads a job of the network, or if the job has ended.
    """
    rows = await graph.run(_CLAIM_LOAD, network=network, id=id, receiver=receiver, lease_ms=_LOAD_LEASE_MS)
    return int(rows[0]["attempts"]) if rows else None


async def count_load_attempt(graph: Graph, network: str, id: str, receiver: str) -> bool:
    """Count an attempt that begins. Returns False if another process has claimed the job since."""
    return bool(await graph.run(_COUNT_LOAD_ATTEMPT, network=network, id=id, receiver=receiver))


async def renew_claim(graph: Graph, network: str, id: str, receiver: str) -> bool:
    """Renew the claim of a request on an upload, or of a process on a load. False if another has claimed it since."""
    return bool(await graph.run(_RENEW_CLAIM, network=network, id=id, receiver=receiver))


async def expect_stale_uploads(graph: Graph, network: str) -> None:
    """Expect the uploads again whose requests ended with their process."""
    await graph.run(_EXPECT_STALE_UPLOADS, network=network, stale_ms=_STALE_MS)


async def list_load_jobs(
    graph: Graph, viewer: Viewer, *, id: str | None = None, limit: int = MAX_LISTED_JOBS
) -> list[LoadJob]:
    """The viewer's own jobs, newest first. With `id` only that job, or none if it is not the viewer's."""
    rows = await graph.run(_LIST_LOAD_JOBS, network=viewer.network, member=viewer.member, id=id, limit=limit)
    return [_job(row) for row in rows]


async def list_open_load_jobs(graph: Graph, network: str) -> list[tuple[str, LoadJob]]:
    """`(member, job)` of all jobs that are being received, queued or loading, oldest first.

    A job that expects an upload is open for a day, in which an upload that broke off can be resumed.
    """
    rows = await graph.run(_LIST_OPEN_LOAD_JOBS, network=network, expected_ms=MILLISECONDS_PER_DAY)
    return [(row.pop("member"), _job(row)) for row in rows]


async def list_claimable_load_jobs(graph: Graph) -> list[tuple[str, str, LoadJob]]:
    """`(network, member, job)` of the received jobs of all networks that no process is loading, oldest first.

    The jobs of a network are left out while one of them is being loaded. The claim of a process of this machine that no
    longer runs expires at once.
    """
    claimable, busy = [], set()
    for row in await graph.run(_LIST_RECEIVED_LOAD_JOBS, lease_ms=_LOAD_LEASE_MS):
        network, member, is_claimed = row.pop("network"), row.pop("member"), row.pop("is_claimed")
        job = _job(row)
        if is_claimed and _is_of_dead_process(job):
            await graph.run(_EXPIRE_LOAD_CLAIM, network=network, id=job.id, receiver=job.receiver)
        elif is_claimed:
            busy.add(network)
        claimable.append((network, member, job))
    return [(network, member, job) for network, member, job in claimable if network not in busy]


def _is_of_dead_process(job: LoadJob) -> bool:
    return job.receiver is not None and job.receiver.count(":") == 2 and is_dead_process(job.receiver)


def _job(row: dict[str, Any]) -> LoadJob:
    lists = {name: tuple(row[name] or ()) for name in ("report", "columns")}
    return LoadJob(**{**row, **lists, "status": LoadJobStatus(row["status"])})
