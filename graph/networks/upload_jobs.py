"""Loads asked for over the API: kept in the graph, so that they survive the service's end."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.viewer import Viewer

START = cypher.load("networks/create_upload_job")
MOVE = cypher.load("networks/move_upload_job")
JOBS = cypher.load("networks/list_upload_jobs")
OPEN = cypher.load("networks/list_open_upload_jobs")


class Status(StrEnum):
    """How far a job is: its upload expected or on its way, its turn awaited, loading, or ended well or ill."""

    EXPECTED = "expected"
    RECEIVING = "receiving"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One upload to be loaded.

    `told` are the lines of its report, `failed` the sentence that says why it did not end well. `at` is when it was
    asked for, in milliseconds since 1970; `said` the owner's address where the user gave it.
    """

    id: str
    name: str
    said: str | None
    at: int
    status: Status = Status.EXPECTED
    told: tuple[str, ...] = ()
    failed: str | None = None


async def start(graph: Graph, viewer: Viewer, *, name: str, said: str | None) -> Job:
    """Keep that the viewer means to upload an export of this name, and to have it loaded."""
    job = Job(id=uuid4().hex, name=name, said=said, at=int(datetime.now(UTC).timestamp() * 1000))
    await graph.run(START, network=viewer.network, member=viewer.member, id=job.id, name=name, said=said, at=job.at)
    return job


async def move(
    graph: Graph,
    network: str,
    id: str,
    status: Status,
    *,
    was: Status | None = None,
    told: tuple[str, ...] = (),
    failed: str | None = None,
) -> bool:
    """Say how a job goes on, or how it ended. False where it is not what it `was` thought to be, and stays as it is."""
    return bool(
        await graph.run(MOVE, network=network, id=id, was=was, status=status.value, told=list(told), failed=failed)
    )


async def jobs(graph: Graph, viewer: Viewer, *, id: str | None = None, limit: int = 20) -> list[Job]:
    """The viewer's own jobs, the newest first; the one of this id, or none, where `id` is given."""
    rows = await graph.run(JOBS, network=viewer.network, member=viewer.member, id=id, limit=limit)
    return [_job(row) for row in rows]


async def unended(graph: Graph, network: str) -> list[tuple[str, Job]]:
    """(member, job) of all that are under way, the oldest first."""
    return [(row.pop("member"), _job(row)) for row in await graph.run(OPEN, network=network)]


def _job(row: dict[str, Any]) -> Job:
    return Job(**{**row, "status": Status(row["status"]), "told": tuple(row["told"] or ())})
