"""Tests that a load runs once, and is taken over when its process has ended or hangs."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import neo4j
import pytest

from cypher import Query
from graph.database.client import Graph
from graph.errors import DatabaseUnavailable
from graph.networks import lease
from graph.networks.lease import write_lease
from graph.networks.load_jobs import LoadJobStatus, claim_load, list_load_jobs, renew_claim, update_load_job
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.uploads import upload_queue
from operations.uploads.upload_queue import UploadQueue
from tertius.sample import MEMBER
from tests.graph.worlds import TODAY, home, owner_viewer
from tests.operations.test_upload_queue import ARCHIVE, folders_in, upload, wait_for_end


async def test_a_load_runs_once_and_is_taken_over_when_its_process_has_ended(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    uploaded = await upload(UploadQueue(graph, tmp_path), viewer, ARCHIVE, "export.zip", MEMBER)
    claims = await asyncio.gather(*[claim_load(graph, network, uploaded.id, f"here:{number}") for number in range(4)])
    (first,) = [f"here:{number}" for number, attempts in enumerate(claims) if attempts == 0]
    late = UploadQueue(graph, tmp_path)

    await late.take_over_jobs([network])
    assert late._waiting._next(only_small=False) is None
    await late._load(network, viewer.member, uploaded)
    assert await renew_claim(graph, network, uploaded.id, first)

    await driver.execute_query("MATCH (j:LoadJob) SET j.claimed_at = j.claimed_at - 45001")
    async with late.run_worker([network]):
        done = await wait_for_end(graph, viewer, uploaded.id)
    assert not await renew_claim(graph, network, uploaded.id, first)
    assert not await update_load_job(graph, network, uploaded.id, LoadJobStatus.FAILED, receiver=first)
    assert (done.status, folders_in(tmp_path)) == (LoadJobStatus.DONE, [])
    ended = await driver.execute_query("MATCH (e:Event {kind: 'load_job_ended'}) RETURN e")
    assert len(ended.records) == 1


async def test_a_network_has_one_claimed_load_and_a_load_keeps_the_claim_of_the_job_it_ends(
    graph: Graph, tmp_path: Path
) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    queue = UploadQueue(graph, tmp_path)
    jobs = [await upload(queue, viewer, ARCHIVE, f"{number}.zip", MEMBER) for number in range(6)]

    claims = await asyncio.gather(*[claim_load(graph, network, job.id, f"here:{job.id}") for job in jobs])

    ((claimed, _),) = [each for each in zip(jobs, claims, strict=True) if each[1] is not None]
    assert await update_load_job(graph, network, claimed.id, LoadJobStatus.DONE, receiver=f"here:{claimed.id}")
    assert await renew_claim(graph, network, claimed.id, f"here:{claimed.id}")
    assert not await renew_claim(graph, network, claimed.id, "here:other")


class Failing(Graph):
    """A graph that is unavailable from the publication of a load on, and records how many loads run at each query."""

    fails_at_publication = is_unavailable = is_back_at_once = False

    def __init__(self, driver: neo4j.AsyncDriver, folder: Path) -> None:
        super().__init__(driver)
        self.queue = UploadQueue(self, folder)
        self.loads_at_once: set[int] = set()

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        self.is_unavailable |= self.fails_at_publication and query.name == "ingest/publish_load"
        if self.is_unavailable:
            self.is_unavailable = not self.is_back_at_once
            raise DatabaseUnavailable
        self.loads_at_once.add(len(self.queue.running))
        return await super().run(query, **params)


@pytest.mark.parametrize("is_back_at_once", [True, False])
async def test_a_load_that_stops_without_a_database_uses_up_no_attempt(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_back_at_once: bool
) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 1.0)  # the database cannot release it
    failing = Failing(driver, tmp_path)
    failing.is_back_at_once = is_back_at_once
    queue = failing.queue
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    uploaded = await upload(queue, viewer, ARCHIVE, "export.zip", MEMBER)
    await driver.execute_query("MATCH (j:LoadJob) SET j.attempts = $most", most=upload_queue.MAX_ATTEMPTS_AT_LOAD - 1)

    failing.fails_at_publication = True
    with pytest.raises(DatabaseUnavailable):
        await queue._load(network, viewer.member, uploaded)
    failing.fails_at_publication = failing.is_unavailable = False
    await queue.take_over_jobs([network])

    result = await driver.execute_query("MATCH (j:LoadJob) RETURN j.status, j.attempts")
    assert result.records[0].values() == ["waiting", None]
    async with queue.run_worker([network]):
        assert (await wait_for_end(graph, viewer, uploaded.id)).status is LoadJobStatus.DONE


async def test_a_load_that_makes_the_database_fail_each_time_ends(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 1.0)  # the database cannot release it
    failing = Failing(driver, tmp_path)
    queue = failing.queue
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    uploaded = await upload(queue, viewer, ARCHIVE, "export.zip", MEMBER)

    stops = 0
    for _ in range(3 * upload_queue.MAX_ATTEMPTS_AT_LOAD):
        failing.fails_at_publication = True
        with suppress(DatabaseUnavailable):
            await queue._load(network, viewer.member, uploaded)
        stops += failing.is_unavailable
        failing.fails_at_publication = failing.is_unavailable = False
        await queue.take_over_jobs([network])
        await driver.execute_query("MATCH (j:LoadJob) SET j.claimed_at = 0")

    (job,) = await list_load_jobs(graph, viewer)
    assert (job.status, job.error) == (LoadJobStatus.FAILED, upload_queue.ENDED_TOO_OFTEN)
    assert stops == 2 * upload_queue.MAX_ATTEMPTS_AT_LOAD - 1


async def test_loads_whose_process_ended_run_one_at_a_time(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    recording = Failing(driver, tmp_path)
    queue = recording.queue
    network, _ = await home(graph)
    other, member = await find_or_create_network(graph, "other", today=TODAY)
    viewers = [await owner_viewer(graph), build_viewer(await read_state(graph, other), member)]
    jobs = [await upload(queue, viewer, ARCHIVE, "export.zip", MEMBER) for viewer in viewers]
    await driver.execute_query("MATCH (j:LoadJob) SET j.status = 'running', j.attempts = 1, j.claimed_at = 0")

    async with queue.run_worker([network, other]):
        ends = [await wait_for_end(graph, viewer, job.id) for viewer, job in zip(viewers, jobs, strict=True)]

    assert [job.status for job in ends] == [LoadJobStatus.DONE] * 2
    assert recording.loads_at_once == {0, 1}


async def test_a_load_that_waits_for_its_turn_uses_up_no_attempt(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    """A load that runs alone may end the process while others wait."""
    queue = UploadQueue(graph, tmp_path)
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    await upload(queue, viewer, ARCHIVE, "export.zip", MEMBER)

    async def job() -> list[Any]:
        result = await driver.execute_query("MATCH (j:LoadJob) RETURN j.status, j.attempts")
        return result.records[0].values()

    for attempts in (0, 1):
        await driver.execute_query("MATCH (j:LoadJob) SET j.attempts = $attempts", attempts=attempts or None)
        async with queue._turns.turn(is_alone=True), queue.run_worker([network]):
            while (await job())[0] != "running":  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.01)
            assert await job() == ["running", attempts or None]


async def test_a_load_that_is_stopped_or_taken_over_is_left_to_another_process(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_queue, "RENEWAL_SECONDS", 0.05)
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    queue = UploadQueue(graph, tmp_path)
    uploaded = await upload(queue, viewer, ARCHIVE, "export.zip", MEMBER)

    async def jobs() -> list[tuple[LoadJobStatus, int | None]]:
        result = await driver.execute_query("MATCH (j:LoadJob) RETURN j.status, j.attempts")
        return [(LoadJobStatus(status), attempts) for status, attempts in result.records]

    async with write_lease(graph, network):
        async with queue.run_worker([network]):
            while uploaded.id not in queue.running:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.01)
            assert await jobs() == [(LoadJobStatus.RUNNING, 1)]
        assert await jobs() == [(LoadJobStatus.WAITING, None)]

        loading = asyncio.create_task(queue._load(network, viewer.member, uploaded))
        while await jobs() != [(LoadJobStatus.RUNNING, 1)]:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
        await driver.execute_query("MATCH (j:LoadJob) SET j.receiver = 'another process', j.attempts = 5")
        await loading
    assert await jobs() == [(LoadJobStatus.RUNNING, 5)]

    await driver.execute_query("MATCH (j:LoadJob) SET j.claimed_at = 0")
    await queue._load(network, viewer.member, uploaded)
    (failed,) = await list_load_jobs(graph, viewer)
    assert (failed.status, failed.error) == (LoadJobStatus.FAILED, upload_queue.ENDED_TOO_OFTEN)
