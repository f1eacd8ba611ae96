"""Uploads that try to use up memory, processor time or the queue."""

import asyncio
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path

import pytest

from graph.database.client import Graph
from graph.networks.lease import write_lease
from graph.networks.load_jobs import LoadJobStatus, list_load_jobs
from graph.records import Channel, Interaction, Part, PersonMention, Record, SkippedRow
from operations import load_exports
from operations.load_exports import _RecordLimit
from operations.uploads.fair_queue import FairQueue
from operations.uploads.upload_queue import UploadQueue
from sources import calendar, isolation
from sources.calendar import overview
from sources.errors import SourceError
from tests.graph.worlds import home, owner_viewer
from tests.operations.test_load_exports import CONNECTIONS, MAIL, ME
from tests.operations.test_upload_queue import folders_in, upload, wait_for_end
from tests.sources import test_isolation
from tests.sources.test_isolation import needs_limits

CALL = Interaction(PersonMention(()), (), datetime(2026, 11, 1, tzinfo=UTC), Channel.CALL)


@needs_limits
async def test_a_load_that_exceeds_a_limit_fails_and_the_next_one_runs(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    worker = UploadQueue(graph, tmp_path)

    async with worker.run_worker([network]):
        first = await wait_for_end(graph, viewer, (await upload(worker, viewer, MAIL.encode(), "a.mbox", ME)).id)
        with monkeypatch.context() as patch:
            patch.setattr(isolation, "MEMORY_BYTES", 2**20)
            stopped = await wait_for_end(graph, viewer, (await upload(worker, viewer, MAIL.encode(), "b.mbox", ME)).id)
        last = await wait_for_end(graph, viewer, (await upload(worker, viewer, CONNECTIONS.encode(), "c.csv", ME)).id)

    assert [job.status for job in (first, stopped, last)] == [
        LoadJobStatus.DONE,
        LoadJobStatus.FAILED,
        LoadJobStatus.DONE,
    ]
    assert stopped.error == "Reading this export takes more than 1 MB of memory, so it was stopped."
    assert folders_in(tmp_path) == []


async def test_a_load_of_another_network_does_not_wait(graph: Graph, tmp_path: Path) -> None:
    network, _ = await home(graph)
    other, _ = await home(graph, "elsewhere")
    here, there = await owner_viewer(graph), await owner_viewer(graph, "elsewhere")
    worker = UploadQueue(graph, tmp_path)

    async with worker.run_worker([network, other]), write_lease(graph, network):
        blocked = await upload(worker, here, MAIL.encode(), "mail.mbox", ME)
        while blocked.id not in worker.running:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.05)
        behind = await upload(worker, here, MAIL.encode(), "again.mbox", ME)
        done = await wait_for_end(graph, there, (await upload(worker, there, MAIL.encode(), "mail.mbox", ME)).id)

        assert done.status is LoadJobStatus.DONE
        for job in (blocked, behind):
            (now,) = await list_load_jobs(graph, here, id=job.id)
            assert now.status in (LoadJobStatus.WAITING, LoadJobStatus.RUNNING)


async def test_networks_take_turns_and_one_place_is_kept_for_small_loads() -> None:
    queue = FairQueue[str]()
    for network, job, is_small in (
        ("a", "a1", False),
        ("a", "a2", True),
        ("b", "b1", False),
        ("c", "c1", True),
    ):
        queue.put(network, job, is_small=is_small)

    assert await queue.get(only_small=False) == ("a", "a1")
    assert await queue.get(only_small=True) == ("c", "c1")  # a2 waits for a1
    queue.done("a")
    assert await queue.get(only_small=False) == ("b", "b1")  # before a2
    assert await queue.get(only_small=True) == ("a", "a2")
    waiting = asyncio.create_task(queue.get(only_small=True))
    queue.put("c", "c2", is_small=True)
    queue.done("c")
    assert await waiting == ("c", "c2")


def test_the_occurrences_of_a_calendar_are_limited_in_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "MAX_OCCURRENCES", 1_500)
    file = tmp_path / "team.ics"
    file.write_bytes(test_isolation.calendar(4, "FREQ=DAILY"))

    records = [*calendar.read([file])]

    assert sum(type(record).__name__ == "Meeting" for record in records) == 1_500
    assert [record.reason for record in records if isinstance(record, SkippedRow)] == [
        "recurring events after the first 100,000 occurrences of the export"
    ] * 3


def test_the_records_of_an_upload_are_limited_in_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_exports, "MAX_RECORDS", 5)
    limit = _RecordLimit(5)

    first: list[Record] = [*limit.apply(repeat(CALL, 3))]
    second = [*limit.apply(repeat(CALL, 3))]

    assert first == [CALL] * 3
    assert second == [CALL, CALL, SkippedRow("", "everything after the first 5 records of the upload")]


def test_a_list_that_is_too_long_is_refused_completely() -> None:
    with pytest.raises(SourceError, match="Split it"):
        [*_RecordLimit(2).apply([Part("connections"), CALL, CALL])]
