"""Tests that uploads are loaded one after the other, and survive a restart of the service."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import neo4j
import pytest
from starlette.requests import ClientDisconnect

from graph.database.client import Graph
from graph.membership.leaving import leave_network
from graph.networks import lease as networks
from graph.networks.lease import write_lease
from graph.networks.load_jobs import (
    LoadJob,
    LoadJobStatus,
    claim_upload,
    create_load_job,
    list_load_jobs,
    renew_claim,
    update_load_job,
)
from graph.networks.tokens import grant_token
from graph.viewer import Viewer
from operations.outbox import deliver_due_events
from operations.uploads import files, upload_queue
from operations.uploads.files import UploadOffsetConflict, UploadTooLarge
from operations.uploads.upload_queue import UploadInProgress, UploadQueue
from tertius.sample import EXPORTS, MEMBER
from tests.api.conftest import SIGNED, TOKEN, served
from tests.graph.teams import create_team_network, viewer_of
from tests.graph.worlds import home, owner_viewer

ARCHIVE = next(EXPORTS.glob("*.zip")).read_bytes()


def folders_in(folder: Path) -> list[Path]:
    return list(folder.glob("*/*"))


async def chunks(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), 50_000):
        yield content[at : at + 50_000]


async def upload(worker: UploadQueue, viewer: Viewer, content: bytes, name: str, owner: str | None = None) -> LoadJob:
    job = await create_load_job(worker.graph, viewer, name=name, owner_address=owner)
    return await worker.receive(worker.graph, viewer, job, chunks(content))


async def wait_for_end(graph: Graph, viewer: Viewer, id: str) -> LoadJob:
    while True:
        (job,) = await list_load_jobs(graph, viewer, id=id)
        if job.status in (LoadJobStatus.DONE, LoadJobStatus.FAILED):
            return job
        await asyncio.sleep(0.1)


async def test_an_upload_is_loaded_reported_and_deleted(graph: Graph, tmp_path: Path) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    worker = UploadQueue(graph, tmp_path)

    async with worker.run_worker([network]):
        uploaded = await upload(worker, viewer, ARCHIVE, "export.zip", MEMBER)
        job = await wait_for_end(graph, viewer, uploaded.id)

    assert job.status is LoadJobStatus.DONE
    assert "LinkedIn: loaded" in job.report
    assert folders_in(tmp_path) == []


async def test_a_restarted_service_resumes_a_waiting_load(graph: Graph, tmp_path: Path) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    uploaded = await upload(UploadQueue(graph, tmp_path), viewer, ARCHIVE, "export.zip", MEMBER)

    async with UploadQueue(graph, tmp_path).run_worker([network]):
        job = await wait_for_end(graph, viewer, uploaded.id)

    assert job.status is LoadJobStatus.DONE


async def test_unrecognised_missing_and_too_large_uploads_fail_with_their_reason(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    worker = UploadQueue(graph, tmp_path / "here")
    missing = await upload(worker, viewer, b"x", "x")
    (folder,) = folders_in(tmp_path / "here")
    shutil.rmtree(folder)
    async with worker.run_worker([network]):
        unknown = await upload(worker, viewer, b"nothing of interest", "notes.txt")
        errors = [(await wait_for_end(graph, viewer, job.id)).error for job in (missing, unknown)]
        monkeypatch.setattr(files, "MAX_UPLOAD_BYTES", 10)
        with pytest.raises(UploadTooLarge):
            await upload(worker, viewer, b"x" * 11, "large.zip")

    assert errors == [
        "The uploaded file is missing. Upload it again.",
        "Tertius does not recognise the uploaded file.",
    ]
    assert (await list_load_jobs(graph, viewer))[0].status is LoadJobStatus.FAILED
    assert folders_in(tmp_path / "here") == []


async def test_a_machine_leaves_the_uploads_of_other_machines_to_them(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    uploaded = await upload(UploadQueue(graph, tmp_path / "there"), viewer, ARCHIVE, "export.zip", MEMBER)
    await driver.execute_query("MATCH (j:LoadJob) SET j.receiver = 'elsewhere:1'")
    here = UploadQueue(graph, tmp_path / "here")
    await here.take_over_jobs([network])

    assert here._waiting._next(only_small=False) is None
    assert [job.status for job in await list_load_jobs(graph, viewer)] == [LoadJobStatus.WAITING]
    # a new container with the same folder of uploads has another name
    async with UploadQueue(graph, tmp_path / "there").run_worker([network]):
        assert (await wait_for_end(graph, viewer, uploaded.id)).status is LoadJobStatus.DONE


async def test_jobs_of_other_members_are_not_visible(graph: Graph, tmp_path: Path) -> None:
    await home(graph)
    uploaded = await upload(UploadQueue(graph, tmp_path), await owner_viewer(graph), b"x", "x")
    await home(graph, "elsewhere")

    assert await list_load_jobs(graph, await owner_viewer(graph, "elsewhere"), id=uploaded.id) == []


async def test_a_load_waits_until_the_network_is_free(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "WAIT_SECONDS", 0.0)
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    worker = UploadQueue(graph, tmp_path)

    async with worker.run_worker([network]):
        async with write_lease(graph, network):
            uploaded = await upload(worker, viewer, ARCHIVE, "export.zip", MEMBER)
            await asyncio.sleep(1)
            assert (await list_load_jobs(graph, viewer))[0].status in (LoadJobStatus.WAITING, LoadJobStatus.RUNNING)
        job = await wait_for_end(graph, viewer, uploaded.id)

    assert job.status is LoadJobStatus.DONE


async def test_a_second_concurrent_upload_of_a_job_is_refused(graph: Graph, tmp_path: Path) -> None:
    network, member = await home(graph)
    await grant_token(graph, network, member, TOKEN)
    viewer = await owner_viewer(graph)
    job = await create_load_job(graph, viewer, name="export.zip", owner_address=MEMBER)
    refused = asyncio.Event()

    async def slow_chunks() -> AsyncIterator[bytes]:
        yield b"PK"
        await refused.wait()

    async with served(graph, uploads=tmp_path) as client:
        requests = [
            asyncio.create_task(client.put(f"/uploads/{job.id}", content=slow_chunks(), headers=SIGNED)) for _ in "ab"
        ]
        await asyncio.wait(requests, return_when=asyncio.FIRST_COMPLETED)
        refused.set()

        assert sorted([(await response).status_code for response in requests]) == [202, 409]


async def test_only_one_of_many_concurrent_claims_succeeds(graph: Graph) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)

    for _ in range(5):
        job = await create_load_job(graph, viewer, name="export.zip", owner_address=None)
        claims = [claim_upload(graph, network, job.id, f"request {number}") for number in range(8)]
        assert sum(await asyncio.gather(*claims)) == 1


async def test_a_job_expects_its_upload_again_after_an_interruption(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, member = await home(graph)
    await grant_token(graph, network, member, TOKEN)
    viewer = await owner_viewer(graph)
    job = await create_load_job(graph, viewer, name="export.zip", owner_address=MEMBER)

    async def interrupted_chunks() -> AsyncIterator[bytes]:
        yield b"PK"
        raise ClientDisconnect

    async def stalled_chunks() -> AsyncIterator[bytes]:
        yield b"PK"
        await asyncio.Event().wait()

    with pytest.raises(ClientDisconnect):
        await UploadQueue(graph, tmp_path).receive(graph, viewer, job, interrupted_chunks())
    assert await list_load_jobs(graph, viewer, id=job.id) == [job]
    async with served(graph, uploads=tmp_path) as client:
        path = f"/uploads/{job.id}"
        with monkeypatch.context() as patch:
            patch.setattr(files, "STALL_SECONDS", 0.1)
            assert (await client.put(path, content=stalled_chunks(), headers=SIGNED)).status_code == 408
        assert (await client.head(path, headers=SIGNED)).headers["upload-offset"] == "2"
        assert (await client.head(f"/uploads/{'0' * 32}", headers=SIGNED)).status_code == 404
        for offset, status in (("1", 409), ("", 400), ("2", 202)):
            headers = {**SIGNED, "upload-offset": offset}
            response = await client.patch(path, content=chunks(ARCHIVE[2:]), headers=headers)
            assert (response.status_code, response.headers.get("upload-offset")) == (
                status,
                "2" if status == 409 else None,
            )
    (folder,) = folders_in(tmp_path)
    assert await asyncio.to_thread((folder / "export.zip").read_bytes) == ARCHIVE


async def test_only_the_upload_of_an_ended_process_is_taken_over(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    """A second process starts, or gets a request, while the first one receives an upload."""
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    created = await create_load_job(graph, viewer, name="export.zip", owner_address=None)
    assert await claim_upload(graph, network, created.id, "the first")
    (receiving,) = await list_load_jobs(graph, viewer, id=created.id)
    queue = UploadQueue(graph, tmp_path)

    await queue.take_over_jobs([network])
    assert await list_load_jobs(graph, viewer, id=created.id) == [receiving]
    with pytest.raises(UploadInProgress):
        await queue.receive(graph, viewer, receiving, chunks(ARCHIVE))
    assert await renew_claim(graph, network, created.id, "the first")

    await driver.execute_query("MATCH (j:LoadJob) SET j.claimed_at = j.claimed_at - 100000")
    received = await queue.receive(graph, viewer, receiving, chunks(ARCHIVE))
    assert received.status is LoadJobStatus.WAITING
    assert not await renew_claim(graph, network, created.id, "the first")


async def test_an_upload_that_another_process_took_over_is_not_loaded_twice(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    job = await create_load_job(graph, viewer, name="export.zip", owner_address=MEMBER)
    queue = UploadQueue(graph, tmp_path)
    monkeypatch.setattr(upload_queue, "RENEWAL_SECONDS", 0.0)

    async def interrupted_chunks() -> AsyncIterator[bytes]:
        yield ARCHIVE[:2]
        await driver.execute_query("MATCH (j:LoadJob) SET j.claimed_at = 0")
        assert await claim_upload(graph, network, job.id, "another process")
        yield ARCHIVE[2:]

    with pytest.raises(UploadInProgress):
        await queue.receive(graph, viewer, job, interrupted_chunks())
    (stored_job,) = await list_load_jobs(graph, viewer, id=job.id)
    assert stored_job.status is LoadJobStatus.RECEIVING

    # an upload that is too large does not end the job of the other process, nor delete its file
    monkeypatch.setattr(files, "MAX_UPLOAD_BYTES", 2)
    monkeypatch.setattr(upload_queue, "RENEWAL_SECONDS", 60.0)
    await driver.execute_query("MATCH (j:LoadJob) SET j.claimed_at = 0")
    with pytest.raises(UploadTooLarge):
        await queue.receive(graph, viewer, job, interrupted_chunks())
    (stored_job,) = await list_load_jobs(graph, viewer, id=job.id)
    assert stored_job.status is LoadJobStatus.RECEIVING
    assert folders_in(tmp_path) != []


async def test_a_request_at_a_wrong_byte_keeps_the_part_of_another_upload(graph: Graph, tmp_path: Path) -> None:
    await home(graph)
    viewer = await owner_viewer(graph)
    queue = UploadQueue(graph, tmp_path)
    kept, other = [await create_load_job(graph, viewer, name=name, owner_address=None) for name in ("a.zip", "b.zip")]

    async def interrupted_chunks() -> AsyncIterator[bytes]:
        yield b"PK"
        raise ClientDisconnect

    with pytest.raises(ClientDisconnect):
        await queue.receive(graph, viewer, kept, interrupted_chunks())
    with pytest.raises(UploadOffsetConflict):
        await queue.receive(graph, viewer, other, chunks(ARCHIVE), offset=7)

    assert await queue.received_bytes(viewer, kept) == 2
    assert await list_load_jobs(graph, viewer, id=other.id) == [other]


async def test_the_last_upload_of_a_member_that_broke_off_is_kept_for_a_day(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    queue = UploadQueue(graph, tmp_path)

    async def interrupted_chunks() -> AsyncIterator[bytes]:
        yield b"PK"
        raise ClientDisconnect

    for name in ("first.zip", "last.zip"):
        job = await create_load_job(graph, viewer, name=name, owner_address=None)
        with pytest.raises(ClientDisconnect):
            await queue.receive(graph, viewer, job, interrupted_chunks())
    await queue.delete_leftovers(network)
    assert [path.name for path in folders_in(tmp_path)] == [job.id]
    await driver.execute_query("MATCH (j:LoadJob) SET j.created_at = j.created_at - 86400000")
    await queue.delete_leftovers(network)
    assert folders_in(tmp_path) == []


@pytest.mark.parametrize("served_meanwhile", [True, False])
async def test_uploads_of_a_member_who_leaves_are_deleted(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, *, served_meanwhile: bool
) -> None:
    """The upload waits behind one of a colleague. Another service or a command removes the member."""
    network = await create_team_network(driver, graph, "ben", "cleo")
    await grant_token(graph, network, "ana", TOKEN)
    bens = await upload(UploadQueue(graph, tmp_path), await viewer_of(graph, "ben"), ARCHIVE, "bens.zip", MEMBER)
    cleos = await upload(UploadQueue(graph, tmp_path), await viewer_of(graph, "cleo"), ARCHIVE, "cleos.zip", MEMBER)

    if served_meanwhile:
        async with served(graph, uploads=tmp_path) as client:
            out = {"query": 'mutation { removeMember(input: {id: "ben"}) { removedMemberId } }'}
            assert (await client.post("/graphql", json=out, headers=SIGNED)).json()["data"]["removeMember"][
                "removedMemberId"
            ]
        await deliver_due_events(graph, frozenset([network]), UploadQueue(graph, tmp_path).consumers)
        assert [path.name for path in folders_in(tmp_path)] == [cleos.id]
    else:
        await leave_network(graph, network, "ben")
        assert {path.name for path in folders_in(tmp_path)} == {bens.id, cleos.id}
        async with UploadQueue(graph, tmp_path).run_worker([network]):
            await wait_for_end(graph, await viewer_of(graph, "cleo"), cleos.id)
        assert folders_in(tmp_path) == []


async def test_a_job_expects_its_upload_again_after_a_crash(graph: Graph, tmp_path: Path) -> None:
    network, _ = await home(graph)
    viewer = await owner_viewer(graph)
    job = await create_load_job(graph, viewer, name="export.zip", owner_address=MEMBER)
    await update_load_job(graph, network, job.id, LoadJobStatus.RECEIVING)
    (tmp_path / network / job.id).mkdir(parents=True)
    later = await upload(UploadQueue(graph, tmp_path), viewer, b"nothing of interest", "notes.txt")

    async with UploadQueue(graph, tmp_path).run_worker(None):
        await wait_for_end(graph, viewer, later.id)

    assert await list_load_jobs(graph, viewer, id=job.id) == [job]
    assert [path.name for path in folders_in(tmp_path)] == [job.id]
