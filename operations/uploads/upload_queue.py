"""Loads uploaded exports. The queue survives the end of the process.

Networks take turns, and each has one running load at most. Two loads run at a time; one of them is always a small one,
so that a small load waits for a large one only within its own network. Child processes read the exports.

A process claims a job before it loads it, and renews the claim. If the process ends, another one with the same folder
of uploads takes the job over when the claim has expired (docs/decisions/0035-jobs-claimed-by-lease.md). It runs alone
then, so that a load that ends its process uses up no attempts of other loads.

An upload is deleted when it has been loaded, or when the member who sent it leaves. An upload that broke off is kept
for a day, in which it can be continued.
"""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine, Iterable, Sequence
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
    claim_load,
    claim_upload,
    count_load_attempt,
    expect_stale_uploads,
    list_claimable_load_jobs,
    list_open_load_jobs,
    new_receiver,
    renew_claim,
    update_load_job,
)
from graph.networks.registry import list_networks as all_networks
from graph.viewer import Viewer
from operations.background_task import background_task
from operations.load_exports import LoadResult, load_paths
from operations.load_report import load_data, report_lines
from operations.metrics import LOADS
from operations.outbox import Consumers
from operations.uploads.fair_queue import FairQueue, Turns
from operations.uploads.files import UploadFiles, UploadNotStored, UploadOffsetConflict, UploadTooLarge, check_file_name
from presentation.dates import today
from sources.errors import SourceError
from sources.isolation import CAN_LIMIT
from sources.tables.sheets import parse_hints

log = logging.getLogger("tertius.api")

_IN_PROGRESS = "Another request is sending this upload. If it fails, send it again."
INTERNAL_ERROR = "The load failed because of an internal error. The log of the service contains the id of this load."
ENDED_TOO_OFTEN = "The service ended several times during this load, so it does not try again. Its log may say why."
MAX_ATTEMPTS_AT_LOAD = 4
"""Attempts after which a load fails whose process always ended during it."""
RENEWAL_SECONDS = 10.0
"""Time after which a request or a load renews its claim, so that no other gets it."""
POLL_SECONDS_OF_JOBS = 2.0
"""Pause between two searches for jobs that another process left. A search reads an index of the status."""
SWEEP_SECONDS = 3600.0
"""Pause between two deletions of uploads that broke off over a day ago."""


class UploadInProgress(TertiusError):
    """Another request is sending this upload."""


class _ClaimLost(Exception):
    """Another process has taken the job over."""


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
    _queued: set[str] = field(default_factory=set)
    _waiting: FairQueue[tuple[str, LoadJob]] = field(default_factory=FairQueue)
    _turns: Turns = field(default_factory=Turns)
    _stopped: list[tuple[str, LoadJob, str]] = field(default_factory=list)
    """Claimed loads that stopped because Neo4j was unavailable: network, job and claim."""
    _stops: Counter[str] = field(default_factory=Counter)  # by job: a load may make Neo4j fail each time

    @property
    def files(self) -> UploadFiles:
        """The uploads on this machine."""
        return UploadFiles(self.folder)

    @property
    def consumers(self) -> Consumers:
        """Event consumers that delete the uploads of jobs that have ended and of members who have left."""

        async def sweep(event: Event) -> None:
            await self.delete_leftovers(event.network)

        return {LoadJobEnded: [sweep], MemberLeft: [sweep]}

    async def received_bytes(self, viewer: Viewer, job: LoadJob) -> int:
        """The number of bytes of an upload that are stored. It can be continued from there for a day."""
        return await asyncio.to_thread(self.files.stored_bytes, viewer.network, job)

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
        receiver = new_receiver(self.files.place)
        if not await claim_upload(graph, viewer.network, job.id, receiver):
            raise UploadInProgress(_IN_PROGRESS)
        chunks = self._renewing(viewer.network, job, receiver, chunks)
        try:
            await self.files.store(viewer.network, job, chunks, offset)
            await self._complete(viewer.network, job, receiver)
        except UploadTooLarge as error:
            # another request may have claimed the upload since, and its file is in the same folder
            failed = LoadJobStatus.FAILED
            if await update_load_job(self.graph, viewer.network, job.id, failed, receiver=receiver, error=str(error)):
                _record_end(job, failed)
                self.files.delete(viewer.network, job.id)
            raise
        except UploadNotStored:
            if await renew_claim(self.graph, viewer.network, job.id, receiver):
                self.files.delete(viewer.network, job.id)
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
                if not await renew_claim(self.graph, network, job.id, receiver):
                    raise UploadInProgress(_IN_PROGRESS)
                renewed_at = monotonic()
            yield chunk

    async def _complete(self, network: str, job: LoadJob, receiver: str) -> None:
        """Let a job wait for its load. Raises UploadInProgress if another request has claimed its upload since."""
        if not await update_load_job(self.graph, network, job.id, LoadJobStatus.WAITING, receiver=receiver):
            raise UploadInProgress(_IN_PROGRESS)

    def _enqueue(self, network: str, member: str, job: LoadJob) -> None:
        if job.id not in self._queued:
            self._queued.add(job.id)
            self._waiting.put(network, (member, job), is_small=self.files.is_small(network, job.id))

    async def _keep_one_part(self, viewer: Viewer, kept: LoadJob) -> None:
        """Delete the other uploads of a member that broke off, so that they do not fill the disk."""
        with suppress(DatabaseUnavailable):
            for member, job in await list_open_load_jobs(self.graph, viewer.network):
                if member == viewer.member and job.status is LoadJobStatus.EXPECTED and job.id != kept.id:
                    self.files.delete(viewer.network, job.id)

    async def _expect_again(self, network: str, job: LoadJob, receiver: str) -> None:
        receiving, again = LoadJobStatus.RECEIVING, LoadJobStatus.EXPECTED
        try:
            await update_load_job(self.graph, network, job.id, again, expected=receiving, receiver=receiver)
        except DatabaseUnavailable:
            # it is expected again when its claim is stale
            log.error("upload of load %s not reset: Neo4j is unavailable", job.id)  # noqa: TRY400

    @asynccontextmanager
    async def run_worker(self, networks: Sequence[str] | None) -> AsyncIterator[None]:
        """Load queued uploads in the block, also those that another process left in these networks. None: all.

        A load that is running at the end of the block is left to another process.
        """
        if not CAN_LIMIT:
            log.warning("uploads are read without limits on memory and processor time: this platform has none")
        async with background_task(self._work(networks)):
            yield

    async def _work(self, networks: Sequence[str] | None) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._load_in_turn(only_small=False))
            group.create_task(self._load_in_turn(only_small=True))
            if networks is None or networks:
                group.create_task(self._sweep(networks))
                group.create_task(self._take_over(networks))

    async def _take_over(self, networks: Sequence[str] | None) -> None:
        while True:
            try:
                await self.take_over_jobs(networks)
            except Exception as error:  # noqa: BLE001 - no error may end the worker
                log.error("waiting loads not read yet: %s", type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(POLL_SECONDS_OF_JOBS)

    async def take_over_jobs(self, networks: Sequence[str] | None) -> None:
        """Queue the jobs of this folder that no process is loading. None: of all networks."""
        while self._stopped:  # their attempts did not end with their process
            network, job, holder = self._stopped[0]
            await update_load_job(self.graph, network, job.id, LoadJobStatus.WAITING, receiver=holder)
            self._stopped.pop(0)
        for network, member, job in await list_claimable_load_jobs(self.graph):
            is_ours = networks is None or network in networks
            is_here = not job.is_elsewhere(self.files.place) or self.files.of_job(network, job.id).exists()
            if is_ours and is_here:
                self._enqueue(network, member, job)

    async def _sweep(self, networks: Sequence[str] | None) -> None:
        while True:
            try:
                for network in await all_networks(self.graph) if networks is None else networks:
                    await expect_stale_uploads(self.graph, network)
                    await self.delete_leftovers(network)
            except Exception as error:  # noqa: BLE001 - no error may end the worker
                log.error("old uploads not deleted yet: %s", type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(SWEEP_SECONDS)

    async def _load_in_turn(self, *, only_small: bool) -> None:
        while True:
            network, (member, job) = await self._waiting.get(only_small=only_small)
            self._queued.discard(job.id)
            try:
                await self._load(network, member, job)
            except DatabaseUnavailable:
                log.error("load %s stopped: Neo4j is unavailable", job.id)  # noqa: TRY400 - it is tried again
            except Exception as error:  # noqa: BLE001 - the error of one load must not stop the others
                # only its class: a message may contain loaded data
                log.error("load %s failed: %s", job.id, type(error).__name__)  # noqa: TRY400
            finally:
                self.running.pop(job.id, None)
                self._waiting.done(network)
                empty_caches()
                self.memory.return_after_growth()

    async def _load(self, network: str, member: str, job: LoadJob) -> None:
        """Claim a job and load its upload. Do nothing if another process has claimed it or one of its network."""
        holder = new_receiver(self.files.place)
        attempts = await claim_load(self.graph, network, job.id, holder)
        if attempts is None:
            return
        try:
            if attempts >= MAX_ATTEMPTS_AT_LOAD:
                await self._finish(network, job, holder, ENDED_TOO_OFTEN)
            elif not await asyncio.to_thread(self.files.of_job(network, job.id).exists):
                await self._finish(network, job, holder, "The uploaded file is missing. Upload it again.")
            else:
                loading = self._load_claimed(network, member, job, holder, is_alone=attempts > 0)
                await _while_renewed(loading, lambda: renew_claim(self.graph, network, job.id, holder))
        except _ClaimLost:
            log.warning("load %s stopped: its claim is lost", job.id)
        except asyncio.CancelledError:
            # the service stops: the next process need not wait until the claim expires
            with suppress(TertiusError):
                await update_load_job(self.graph, network, job.id, LoadJobStatus.WAITING, receiver=holder)
            raise
        except DatabaseUnavailable:
            self._stops[job.id] += 1
            if self._stops[job.id] < MAX_ATTEMPTS_AT_LOAD:  # otherwise the attempt counts when the claim expires
                self._stopped.append((network, job, holder))
            raise
        except Exception:
            with suppress(TertiusError):
                await self._finish(network, job, holder, INTERNAL_ERROR)
            raise

    async def _load_claimed(self, network: str, member: str, job: LoadJob, holder: str, *, is_alone: bool) -> None:
        folder = self.files.of_job(network, job.id)
        try:
            async with self._turns.turn(is_alone=is_alone):
                # here, because the load before it may end the process while this one waits
                if not await count_load_attempt(self.graph, network, job.id, holder):
                    raise _ClaimLost
                progress = self.running[job.id] = JobProgress()
                result = await load_paths(
                    self.graph,
                    network,
                    member,
                    [folder],
                    today=today(),
                    owner=job.owner_address,
                    data_subject=job.data_subject,
                    isolated=True,
                    hints=parse_hints(job.columns, job.list_kind),
                    progress=progress,
                )
        except NetworkBusy:
            if await update_load_job(self.graph, network, job.id, LoadJobStatus.WAITING, receiver=holder):
                self._enqueue(network, member, job)
        except (TertiusError, SourceError) as error:
            await self._finish(network, job, holder, self.message(error))
        else:
            # no path may name a folder of the service
            names = (path.relative_to(folder) if path.is_relative_to(folder) else path for path in result.unrecognised)
            await self._finish_with(network, job, holder, replace(result, unrecognised=tuple(names)))

    async def _finish_with(self, network: str, job: LoadJob, holder: str, result: LoadResult) -> None:
        for _, error in result.failed:
            if isinstance(error, DatabaseUnavailable):
                raise error
        failed = "; ".join((*(self.message(error) for _, error in result.failed), *result.unreadable)) or None
        if not result.loaded and failed is None:
            failed = "Tertius does not recognise the uploaded file."
        data = json.dumps(load_data(result, self.message))
        await self._finish(network, job, holder, failed, report_lines(result, self.message), data)

    async def _finish(
        self,
        network: str,
        job: LoadJob,
        holder: str,
        error: str | None,
        report: Iterable[str] = (),
        result: str | None = None,
    ) -> None:
        """End a job, which failed if there is an error, and delete its upload, unless another process has it now."""
        status = LoadJobStatus.DONE if error is None else LoadJobStatus.FAILED
        if await update_load_job(
            self.graph, network, job.id, status, receiver=holder, report=tuple(report), error=error, result=result
        ):
            self._stops.pop(job.id, None)
            _record_end(job, status)
            self.files.delete(network, job.id)

    async def delete_leftovers(self, network: str) -> None:
        """Delete the folders that belong to no open job, such as the uploads of members who left."""
        # listed before the jobs are read: a new upload may arrive in between
        present = self.files.list_jobs(network)
        open_jobs = {job.id for _, job in await list_open_load_jobs(self.graph, network)} if present else set()
        for id in present:
            if id not in open_jobs:
                self.files.delete(network, id)


def _record_end(job: LoadJob, status: LoadJobStatus) -> None:
    LOADS.labels(status.value).inc()
    log.info("load ended", extra={"facts": {"load": job.id, "status": status.value}})


async def _while_renewed(work: Coroutine[None, None, None], renew: Callable[[], Coroutine[None, None, bool]]) -> None:
    """Await the work, and renew a claim meanwhile. Raises _ClaimLost if another process has the claim."""
    running = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({running}, timeout=RENEWAL_SECONDS))[0]:
            with suppress(DatabaseUnavailable):  # the work fails too if that lasts
                if not await renew():
                    raise _ClaimLost
    finally:
        running.cancel()
        await asyncio.wait({running})
    running.result()
