"""Uploads, loaded one after the other in this process, and taken up again after its end.

An upload lies in a folder of its own, readable by the owner alone, until it is loaded, or whoever sent it leaves; then
it is deleted.
"""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.database.client import Graph
from graph.errors import DatabaseUnavailable, NetworkBusy, TertiusError
from graph.networks.registry import networks as all_networks
from graph.networks.upload_jobs import Job, Status, move, unended
from graph.viewer import Viewer
from operations.load_exports import bring
from operations.load_report import brought
from operations.metrics import LOADS
from presentation.dates import today
from sources.errors import SourceError

log = logging.getLogger("tertius.api")

INSIDE = "Something went wrong here: the service's log has this load's id."
MOST_BYTES = 512 * 2**20
"""Bytes of one upload at most (trust.md, section 9)."""


STALLED = 60.0
"""Seconds without a byte after which an upload counts as cut off: else nobody could send it again."""
AGAIN = 1.0
"""Seconds after which a database that was away when the service started is asked again, by a driver that waits too."""


class TooLarge(TertiusError):
    """An upload over the limit."""


class OnItsWay(TertiusError):
    """An upload that another request is sending."""


@dataclass(slots=True)
class JobProgress:
    """The stage that a running job is in, and how many of its items are done. `total` is 0 while it is unknown."""

    stage: str | None = None
    done: int = 0
    total: int = 0

    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Keep the latest report for whoever polls the job."""
        self.stage, self.done, self.total = stage, done, total

    def waiting(self, message: str) -> None:
        """Ignore it: the status of a job has no field for it."""


@dataclass(slots=True)
class Loads:
    """The one worker of a process, for all its networks. `folder` is where uploads wait.

    `graph` is one that waits: a load meets others, and has time.
    """

    graph: Graph
    folder: Path
    running: dict[str, JobProgress] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)
    _waiting: "asyncio.Queue[tuple[str, str, Job]]" = field(default_factory=asyncio.Queue)

    async def receive(self, graph: Graph, viewer: Viewer, job: Job, pieces: AsyncIterable[bytes]) -> Job:
        """Keep the upload of an expected job and put its load into the queue; one that is there already is left alone.

        Raises TooLarge, and then keeps nothing; OnItsWay where another request is sending it. An upload that is cut
        off is expected again. What has come whole waits for a database that is away, rather than to be sent again.
        """
        if job.status not in (Status.EXPECTED, Status.RECEIVING):
            return job
        self._met.add(job.id)
        if not await move(graph, viewer.network, job.id, Status.RECEIVING, was=Status.EXPECTED):
            raise OnItsWay("This upload is on its way already: should it fail, send it again, or announce it anew.")
        try:
            await self._keep(self._place(viewer.network, job.id), job.name, pieces)
            await move(self.graph, viewer.network, job.id, Status.WAITING)
        except TooLarge as error:
            self._drop(viewer.network, job.id)
            await self._end(viewer.network, job, Status.FAILED, failed=str(error))
            raise
        except BaseException:
            await self._expect_again(viewer.network, job)
            raise
        self._waiting.put_nowait((viewer.network, viewer.member, job))
        return replace(job, status=Status.WAITING)

    async def _expect_again(self, network: str, job: Job) -> None:
        self._drop(network, job.id)
        try:
            await move(self.graph, network, job.id, Status.EXPECTED, was=Status.RECEIVING)
        except DatabaseUnavailable:
            log.error("load %s: expected again after the next start, since Neo4j is away", job.id)  # noqa: TRY400

    @asynccontextmanager
    async def working(self, networks: Sequence[str] | None) -> AsyncIterator[None]:
        """Take up what an earlier process left in these networks, None for all, and work until the end of the block.

        What is running then is left to the next process. While Neo4j is away, its return is awaited.
        """
        worker = asyncio.create_task(self._work(networks))
        try:
            yield
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker

    async def _take_up(self, networks: Sequence[str] | None) -> None:
        while True:
            try:
                there = await all_networks(self.graph) if networks is None else networks
                for network in there:
                    await self.sweep(network)
                left = [(network, *found) for network in there for found in await unended(self.graph, network)]
                break
            except Exception as error:  # noqa: BLE001 - whatever it is, later loads must not wait for ever
                log.error("loads that were waiting: not taken up yet: %s", type(error).__name__)  # noqa: TRY400
                await asyncio.sleep(AGAIN)
        for network, member, job in left:
            if job.id in self._met:
                continue  # it came to this process, not to an earlier one
            if job.status is Status.RECEIVING:
                await self._expect_again(network, job)
            else:
                self._waiting.put_nowait((network, member, job))

    async def _work(self, networks: Sequence[str] | None) -> None:
        await self._take_up(networks)
        while True:
            network, member, job = await self._waiting.get()
            try:
                await self._load(network, member, job)
            except DatabaseUnavailable:
                log.error("load %s: left to the next start, since Neo4j is away", job.id)  # noqa: TRY400
            except Exception as error:  # noqa: BLE001 - one load that fails must not end all others
                # its class alone: a message may hold what was loaded
                log.error("load %s: %s", job.id, type(error).__name__)  # noqa: TRY400
                self._drop(network, job.id)
                with suppress(TertiusError):
                    await self._end(network, job, Status.FAILED, failed=INSIDE)
            finally:
                self.running.pop(job.id, None)

    async def _load(self, network: str, member: str, job: Job) -> None:
        place = self._place(network, job.id)
        if not await asyncio.to_thread(place.exists):
            gone = "The upload is no longer there: upload it again."
            await self._end(network, job, Status.FAILED, failed=gone)
            return
        await move(self.graph, network, job.id, Status.RUNNING)
        progress = self.running[job.id] = JobProgress()
        try:
            result = await bring(
                self.graph,
                network,
                member,
                [place],
                today=today(),
                said=job.said,
                progress=progress,
            )
        except NetworkBusy:
            await move(self.graph, network, job.id, Status.WAITING)
            self._waiting.put_nowait((network, member, job))
            return
        except (TertiusError, SourceError) as error:
            await self._end(network, job, Status.FAILED, failed=str(error))
        else:
            failed = "; ".join(result.wrong) or None
            if not result.loaded and failed is None:
                failed = "No source knows what was uploaded."
            status = Status.DONE if failed is None else Status.FAILED
            await self._end(network, job, status, told=tuple(brought(result)), failed=failed)
        self._drop(network, job.id)

    async def _end(
        self, network: str, job: Job, how: Status, *, told: tuple[str, ...] = (), failed: str | None = None
    ) -> None:
        await move(self.graph, network, job.id, how, told=told, failed=failed)
        LOADS.labels(how.value).inc()
        log.info("load ended", extra={"facts": {"load": job.id, "status": how.value}})

    async def _keep(self, place: Path, name: str, pieces: AsyncIterable[bytes]) -> None:
        await asyncio.to_thread(place.mkdir, 0o700, parents=True, exist_ok=True)
        size = 0
        with await asyncio.to_thread((place / (Path(name).name or "export")).open, "wb") as kept:
            async with asyncio.timeout(STALLED) as stalled:
                async for piece in pieces:
                    size += len(piece)
                    if size > MOST_BYTES:
                        most = MOST_BYTES // 2**20
                        raise TooLarge(f"An upload may have {most} MB at most: load it with the command.")
                    await asyncio.to_thread(kept.write, piece)
                    stalled.reschedule(asyncio.get_running_loop().time() + STALLED)

    def _place(self, network: str, id: str) -> Path:
        return self.folder / network / id

    def _drop(self, network: str, id: str) -> None:
        shutil.rmtree(self._place(network, id), ignore_errors=True)

    async def sweep(self, network: str) -> None:
        """Delete what is no upload of a load under way: what those have sent who left."""
        there = [path.name for path in (self.folder / network).glob("*")]  # before it is asked: others may come now
        under_way = {job.id for _, job in await unended(self.graph, network)} if there else set()
        for id in there:
            if id not in under_way:
                self._drop(network, id)
