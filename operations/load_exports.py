"""Loads exports from files and folders, or from a live mailbox, into a network."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import sources
from graph.database.client import Graph
from graph.errors import NetworkBusy, TertiusError
from graph.ingest.load import load_records
from graph.ingest.report import LoadReport
from graph.networks.state import read_state
from graph.progress import SILENT, Progress
from sources import mailbox
from sources.errors import SourceError
from sources.mailbox.imap import MailAccount, sync_mailbox


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The outcome of a load of several exports.

    `failed` pairs the kind of an export with its error. `unrecognised` are files that no source reads,
    `unreadable` the error messages of single files.
    """

    loaded: tuple[LoadReport, ...]
    failed: tuple[tuple[str, TertiusError | SourceError], ...]
    unrecognised: tuple[Path, ...]
    unreadable: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there was no error."""
        return not (self.failed or self.unreadable)


async def load_paths(
    graph: Graph,
    network: str,
    member: str,
    paths: Iterable[Path],
    *,
    today: date,
    owner: str | None = None,
    readers: Sequence[sources.Reader] = sources.READERS,
    progress: Progress = SILENT,
) -> LoadResult:
    """Load all exports that the readers find in the paths. `owner` is the e-mail address of the person they belong to.

    LinkedIn is loaded before mail, because it names its owner. An error of one export or file is in the result, and
    the others are loaded. Archives are unpacked into a temporary folder that only this user can read. Raises
    NetworkBusy if another load does not finish in time, SourceError if a path does not exist.
    """

    async def load_one(export: sources.Export, progress: Progress) -> LoadReport:
        return await load_records(
            graph,
            network,
            member,
            kind=export.kind,
            records=sources.read_export(export, readers),
            today=today,
            stated_owner=owner,
            progress=progress,
        )

    with TemporaryDirectory(prefix="tertius-") as folder, _stopping(progress) as stoppable:
        found = await asyncio.to_thread(sources.find_exports, list(paths), readers, unpack_into=Path(folder))
        loaded: list[LoadReport] = []
        failed: list[tuple[str, TertiusError | SourceError]] = []
        unreadable = list(found.errors)
        for export in found.exports:
            try:
                try:
                    loaded.append(await load_one(export, stoppable))
                except SourceError:
                    readable, errors = await asyncio.to_thread(sources.readable_part, export, readers)
                    if readable is None or not errors:
                        raise
                    loaded.append(await load_one(readable, stoppable))
                    unreadable += errors
            except NetworkBusy:
                raise
            except (TertiusError, SourceError) as error:
                failed.append((export.kind, error))
    return LoadResult(tuple(loaded), tuple(failed), found.unrecognised, tuple(unreadable))


async def sync_account(
    graph: Graph,
    network: str,
    member: str,
    account: MailAccount,
    *,
    today: date,
    owner: str | None = None,
    progress: Progress = SILENT,
) -> LoadResult:
    """Load the messages that arrived in a mailbox since the last sync, into the source of the first one.

    Raises SourceError if the mail server cannot be read; then nothing changes.
    """
    found = await read_state(graph, network)
    own = [source for source in found.sources if source.member == member and source.kind == mailbox.name]
    synced = next(
        (source for source in own if any(part.startswith(account.bookmark_prefix) for part in source.parts)), None
    )
    with _stopping(progress) as stoppable:
        loaded = await load_records(
            graph,
            network,
            member,
            kind=mailbox.name,
            records=sync_mailbox(account, synced.parts if synced else {}),
            today=today,
            stated_owner=owner or (account.user if "@" in account.user else None),
            account=synced.account if synced else None,
            progress=stoppable,
        )
    return LoadResult((loaded,), (), ())


class _Stopped(Exception):
    """Ends a worker thread whose task was cancelled."""


@dataclass(slots=True)
class _StoppableProgress:
    progress: Progress
    stopped: bool = False

    def report(self, stage: str, done: int, total: int = 0) -> None:
        if self.stopped:
            raise _Stopped
        self.progress.report(stage, done, total)

    def waiting(self, message: str) -> None:
        self.progress.waiting(message)


@contextmanager
def _stopping(progress: Progress) -> Iterator[Progress]:
    """Yield a progress whose reports raise after the block.

    A load reads exports in a thread, which goes on when its task is cancelled; its next report then ends it. Without
    this, Ctrl-C would take effect only when the whole export has been read.
    """
    stoppable = _StoppableProgress(progress)
    try:
        yield stoppable
    finally:
        stoppable.stopped = True
