"""Loads uploaded exports. The queue survives the end of the process.

Networks take turns, and each has one running load at most. Two loads run at a time; one of them is always a small one,
so that a small load waits for a large one only within its own network. Child processes read the exports.

Each upload has a folder of its own, readable by the owner only. It is deleted when it has been loaded, or when the
member who sent it leaves. An upload that broke off is kept for a day, in which it can be continued.
"""

import asyncio
import json
import logging
import shutil
import unicodedata
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from graph.database.client import Graph
from graph.database.gc_tuning import MemoryReturn, empty_caches
from graph.errors import DatabaseUnavailable, NetworkBusy, TertiusError
from graph.events import Event, LoadJobEnded, MemberLeft
from graph.networks.load_jobs import (
    LoadJob,
    LoadJobStatus,
    claim_upload,
    expect_stale_uploads,
    list_open_load_jobs,
    new_receiver,
    renew_upload,
    update_load_job,
)
from graph.networks.registry import list_networks as all_networks
from graph.viewer import Viewer
from operations.background_task import background_task
from operations.fair_queue import FairQueue
from operations.load_exports import load_paths
from operations.load_report import load_data, report_lines
from operations.metrics import LOADS
from operations.outbox import Consumers
from presentation.dates import today
from sources.errors import SourceError
from sources.isolation import CAN_LIMIT, size_of
from sources.tables.sheets import parse_hints

log = logging.getLogger("tertius.api")

_NOT_STORED = "The service cannot store the upload: its disk may be full. Ask the operator, and send it again later."
_IN_PROGRESS = "Another request is sending this upload. If it fails, send it again."
INTERNAL_ERROR = "The load failed because of an internal error. The log of the service contains the id of this load."
MAX_UPLOAD_BYTES = 512 * 2**20
SMALL_UPLOAD_BYTES = 8 * 2**20
STALL_SECONDS = 60.0
"""Time without a byte after which an upload counts as broken off. Without a limit it could never be sent again."""
MAX_UPLOAD_SECONDS = 3600.0
"""Time in which an upload must arrive, so that single bytes do not keep a connection for ever."""
RENEWAL_SECONDS = 10.0
"""Time after which a request renews its claim on the upload that it receives, so that no other request gets it."""
RETRY_SECONDS = 1.0
"""Pause before the queue is read again from a database that was unavailable."""
SWEEP_SECONDS = 3600.0
"""Pause between two deletions of uploads that broke off over a day ago."""
MAX_FILE_NAME_BYTES = 200


class InvalidFileName(TertiusError):
    """An upload cannot be stored under its name."""


def check_file_name(name: str) -> None:
    """Raise InvalidFileName unless an upload can be stored under this name on any file system."""
    has_control = any(unicodedata.category(character).startswith("C") for character in name)
    if (
        has_control
        or {"/", "\\"}.intersection(name)
        or not name.strip(" .")
        or len(name.encode()) > MAX_FILE_NAME_BYTES
    ):
        raise InvalidFileName(
            f"Send the name of the file without a folder: 1 to {MAX_FILE_NAME_BYTES} bytes, no control characters."
        )


class UploadNotStored(TertiusError):
    """The disk of the service does not store the upload, for example because it is full."""


class UploadTooLarge(TertiusError):
    """A request body exceeds its limit."""


class UploadInProgress(TertiusError):
    """Another request is sending this upload."""


class UploadOffsetConflict(TertiusError):
    """A request continues an upload at another byte than the next one. `offset` is the next one."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"The upload continues at byte {offset}.")
        self.offset = offset


@dataclass(slots=True)
class JobProgress:
    """The stage of a running job, and how many of its items are done. `total` is 0 while it is unknown."""

    stage: str | None = None
    done: int = 0
    total: int = 0

    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Keep the latest report for clients that poll the job."""
        self.stage, self.done, self.total = stage, done, total

    def waiting(self, message: str) -> None:
        """Ignore it: the status of a job has no field for it."""


@dataclass(slots=True)
class UploadQueue:
    """The loads of a process, for all its networks. `folder` holds the uploads, `running` the jobs in progress.

    `message` words an error of a load for the client. `memory` is that of the process.

    `graph` must wait for a busy or unavailable database, since loads are not urgent.
    """

    graph: Graph
    folder: Path
    message: Callable[[Exception], str] = str
    memory: MemoryReturn = field(default_factory=MemoryReturn)
    running: dict[str, JobProgress] = field(default_factory=dict)
    _received: set[str] = field(default_factory=set)
    _waiting: FairQueue[tuple[str, LoadJob]] = field(default_factory=FairQueue)

    @property
    def consumers(self) -> Consumers:
        """Event consumers that delete the uploads of jobs that have ended and of members who have left."""

        async def sweep(event: Event) -> None:
            await self.delete_leftovers(event.network)

        return {LoadJobEnded: [sweep], MemberLeft: [sweep]}

    async def received_bytes(self, viewer: Viewer, job: LoadJob) -> int:
        """The number of bytes of an upload that are stored. It can be continued from there for a day."""
        return await asyncio.to_thread(self._stored_bytes, viewer.network, job)

    async def receive(
        self, graph: Graph, viewer: Viewer, job: LoadJob, chunks: AsyncIterable[bytes], *, offset: int = 0
    ) -> LoadJob:
        """Store the upload of an expected job and queue its load. A job that was received already is returned as it is.

        With an `offset` the chunks continue an upload that broke off; 0 begins it again. Raises InvalidFileName;
        UploadTooLarge, and stores nothing then; UploadInProgress if another request is sending the upload;
        UploadOffsetConflict; UploadNotStored. If it breaks off or is not stored, it is expected again. The last upload
        of a member that broke off is kept. A complete upload is kept while the database is unavailable, so that the
        client need not send it again.
        """
        if job.status not in (LoadJobStatus.EXPECTED, LoadJobStatus.RECEIVING):
            return job
        check_file_name(job.name)  # earlier versions created jobs with any name
        receiver = new_receiver()
        if not await claim_upload(graph, viewer.network, job.id, receiver):
            raise UploadInProgress(_IN_PROGRESS)
        self._received.add(job.id)
        chunks = self._renewing(viewer.network, job, receiver, chunks)
        try:
            await self._store(self._folder(viewer.network, job.id), job.name, chunks, offset)
            await self._complete(viewer.network, job, receiver)
        except UploadTooLarge as error:
            # another request may have claimed the upload since, and its file is in the same folder
            failed = LoadJobStatus.FAILED
            if await update_load_job(self.graph, viewer.network, job.id, failed, receiver=receiver, error=str(error)):
                _record_end(job, failed)
                self._delete(viewer.network, job.id)
            raise
        except UploadNotStored:
            if await renew_upload(self.graph, viewer.network, job.id, receiver):
                self._delete(viewer.network, job.id)
            await self._expect_again(viewer.network, job, receiver)
            raise
        except (UploadInProgress, UploadOffsetConflict):
            await self._expect_again(viewer.network, job, receiver)
            raise
        except BaseException:
            await self._expect_again(viewer.network, job, receiver)
            await self._keep_one_part(viewer, job)
            raise
        self._enqueue(viewer.network, viewer.member, job)
        return replace(job, status=LoadJobStatus.WAITING)

    async def _renewing(
        self, network: str, job: LoadJob, receiver: str, chunks: AsyncIterable[bytes]
    ) -> AsyncIterator[bytes]:
        """Yield the chunks of an upload, and renew its claim. Raises UploadInProgress if another request has it."""
        renewed_at = monotonic()
        async for chunk in chunks:
            if monotonic() - renewed_at > RENEWAL_SECONDS:
                if not await renew_upload(self.graph, network, job.id, receiver):
                    raise UploadInProgress(_IN_PROGRESS)
                renewed_at = monotonic()
            yield chunk

    async def _complete(self, network: str, job: LoadJob, receiver: str) -> None:
        """Let a job wait for its load. Raises UploadInProgress if another request has claimed its upload since."""
        if not await update_load_job(self.graph, network, job.id, LoadJobStatus.WAITING, receiver=receiver):
            raise UploadInProgress(_IN_PROGRESS)

    def _enqueue(self, network: str, member: str, job: LoadJob) -> None:
        is_small = size_of(self._folder(network, job.id)) <= SMALL_UPLOAD_BYTES
        self._waiting.put(network, (member, job), is_small=is_small)

    def _stored_bytes(self, network: str, job: LoadJob) -> int:
        try:
            return (self._folder(network, job.id) / job.name).stat().st_size
        except OSError:
            return 0

    async def _keep_one_part(self, viewer: Viewer, kept: LoadJob) -> None:
        """Delete the other uploads of a member that broke off, so that they do not fill the disk."""
        with suppress(DatabaseUnavailable):
            for member, job in await list_open_load_jobs(self.graph, viewer.network):
                if member == viewer.member and job.status is LoadJobStatus.EXPECTED and job.id != kept.id:
                    self._delete(viewer.network, job.id)

    async def _expect_again(self, network: str, job: LoadJob, receiver: str) -> None:
        receiving, again = LoadJobStatus.RECEIVING, LoadJobStatus.EXPECTED
        try:
            await update_load_job(self.graph, network, job.id, again, expected=receiving, receiver=receiver)
        except DatabaseUnavailable:
            # it is expected again when its claim is stale
            log.error("upload of load %s not reset: Neo4j is unavailable", job.id)  # noqa: TRY400

    @asynccontextmanager
    async def run_worker(self, networks: Sequence[str] | None) -> AsyncIterator[None]:
        """Load queued uploads in the block, first those that an earlier process left in these networks. None: all.

        A load that is running at the end of the block is left to the next process.
        """
        if not CAN_LIMIT:
            log.warning("uploads are read without limits on memory and processor time: this platform has none")
        async with background_task(self._work(networks)):
            yield

    async def _resume(self, networks: Sequence[str] | None) -> None:
        """Queue the jobs that an earlier process left. While Neo4j is unavailable, try again."""
        while True:
            try:
                names = await all_networks(self.graph) if networks is None else networks
                for network in names:
                    await expect_stale_uploads(self.graph, network)
                    await self.delete_leftovers(network)
                jobs = [
                    (network, *found) for network in names for found in await list_open_load_jobs(self.graph, network)
                ]
                break
            except Exception as error:  # noqa: BLE001 - no error may block later loads for ever
                log.error("waiting loads not resumed yet: %s", type(error).__name__)  # noqa: TRY400
                await asyncio.sleep(RETRY_SECONDS)
        for network, member, job in jobs:
            is_received = job.status in (LoadJobStatus.WAITING, LoadJobStatus.RUNNING)
            is_here = not job.is_elsewhere or self._folder(network, job.id).exists()
            if is_received and is_here and job.id not in self._received:  # by an earlier process
                self._enqueue(network, member, job)

    async def _work(self, networks: Sequence[str] | None) -> None:
        await self._resume(networks)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._load_in_turn(only_small=False))
            group.create_task(self._load_in_turn(only_small=True))
            group.create_task(self._sweep(networks))

    async def _sweep(self, networks: Sequence[str] | None) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                for network in await all_networks(self.graph) if networks is None else networks:
                    await expect_stale_uploads(self.graph, network)
                    await self.delete_leftovers(network)
            except Exception as error:  # noqa: BLE001 - no error may end the worker
                log.error("old uploads not deleted yet: %s", type(error).__name__)  # noqa: TRY400

    async def _load_in_turn(self, *, only_small: bool) -> None:
        while True:
            network, (member, job) = await self._waiting.get(only_small=only_small)
            try:
                await self._load(network, member, job)
            except DatabaseUnavailable:
                log.error("load %s left to the next start: Neo4j is unavailable", job.id)  # noqa: TRY400
            except Exception as error:  # noqa: BLE001 - the error of one load must not stop the others
                # only its class: a message may contain loaded data
                log.error("load %s failed: %s", job.id, type(error).__name__)  # noqa: TRY400
                self._delete(network, job.id)
                with suppress(TertiusError):
                    await self._finish(network, job, INTERNAL_ERROR)
            finally:
                self.running.pop(job.id, None)
                self._waiting.done(network)
                empty_caches()
                self.memory.return_after_growth()

    async def _load(self, network: str, member: str, job: LoadJob) -> None:
        if not await update_load_job(self.graph, network, job.id, LoadJobStatus.RUNNING):
            return  # another process resumed the job too, and has ended it
        folder = self._folder(network, job.id)
        if not await asyncio.to_thread(folder.exists):
            missing = "The uploaded file is missing. Upload it again."
            await self._finish(network, job, missing)
            return
        progress = self.running[job.id] = JobProgress()
        try:
            result = await load_paths(
                self.graph,
                network,
                member,
                [folder],
                today=today(),
                owner=job.owner_address,
                held_about=job.held_about,
                isolated=True,
                hints=parse_hints(job.columns, job.list_kind),
                progress=progress,
            )
        except NetworkBusy:
            await update_load_job(self.graph, network, job.id, LoadJobStatus.WAITING)
            self._enqueue(network, member, job)
            return
        except (TertiusError, SourceError) as error:
            await self._finish(network, job, self.message(error))
        else:
            # no path may name a folder of the service
            names = (path.relative_to(folder) if path.is_relative_to(folder) else path for path in result.unrecognised)
            result = replace(result, unrecognised=tuple(names))
            failed = "; ".join((*(self.message(error) for _, error in result.failed), *result.unreadable)) or None
            if not result.loaded and failed is None:
                failed = "Tertius does not recognise the uploaded file."
            data = json.dumps(load_data(result, self.message))
            await self._finish(network, job, failed, report_lines(result, self.message), data)
        self._delete(network, job.id)

    async def _finish(
        self, network: str, job: LoadJob, error: str | None, report: Iterable[str] = (), result: str | None = None
    ) -> None:
        """End a job, which failed if there is an error."""
        status = LoadJobStatus.DONE if error is None else LoadJobStatus.FAILED
        await update_load_job(self.graph, network, job.id, status, report=tuple(report), error=error, result=result)
        _record_end(job, status)

    async def _store(self, folder: Path, name: str, chunks: AsyncIterable[bytes], offset: int) -> None:
        """Store an upload. Raises UploadTooLarge, UploadOffsetConflict, UploadNotStored and TimeoutError."""
        try:
            await self._write(folder, name, chunks, offset)
        except TimeoutError:  # a subclass of OSError
            raise
        except OSError as error:
            log.error("an upload was not stored: %s", error.strerror)  # noqa: TRY400 - not a defect
            raise UploadNotStored(_NOT_STORED) from error

    async def _write(self, folder: Path, name: str, chunks: AsyncIterable[bytes], offset: int) -> None:
        await asyncio.to_thread(folder.mkdir, 0o700, parents=True, exist_ok=True)
        size = offset
        with await asyncio.to_thread((folder / name).open, "ab" if offset else "wb") as file:
            # of the open file: the stored part may have been deleted a moment before (`_keep_one_part`)
            if (stored := file.tell()) != offset:
                raise UploadOffsetConflict(stored)
            async with asyncio.timeout(MAX_UPLOAD_SECONDS), asyncio.timeout(STALL_SECONDS) as deadline:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > MAX_UPLOAD_BYTES:
                        raise UploadTooLarge(f"An upload may have at most {MAX_UPLOAD_BYTES // 2**20} MB.")
                    await asyncio.to_thread(file.write, chunk)
                    deadline.reschedule(asyncio.get_running_loop().time() + STALL_SECONDS)

    def _folder(self, network: str, id: str) -> Path:
        return self.folder / network / id

    def _delete(self, network: str, id: str) -> None:
        shutil.rmtree(self._folder(network, id), ignore_errors=True)

    async def delete_leftovers(self, network: str) -> None:
        """Delete the folders that belong to no open job, such as the uploads of members who left."""
        # listed before the jobs are read: a new upload may arrive in between
        present = [path.name for path in (self.folder / network).glob("*")]
        open_jobs = {job.id for _, job in await list_open_load_jobs(self.graph, network)} if present else set()
        for id in present:
            if id not in open_jobs:
                self._delete(network, id)


def _record_end(job: LoadJob, status: LoadJobStatus) -> None:
    LOADS.labels(status.value).inc()
    log.info("load ended", extra={"facts": {"load": job.id, "status": status.value}})
