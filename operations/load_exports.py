"""Loads exports from files and folders, or from a live mailbox, into a network."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
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
from graph.records import Part, Record, SkippedRow
from sources import mailbox
from sources.errors import SourceError
from sources.isolation import ReadingStopped, find_exports_isolated, readable_part_isolated, records_isolated
from sources.mailbox.imap import MailAccount, sync_mailbox

MAX_RECORDS = 2_000_000
"""Records of one upload that are loaded. They take less than 1 GB in the service until they are stored."""


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
    isolated: bool = False,
    progress: Progress = SILENT,
) -> LoadResult:
    """Load all exports that the readers find in the paths. `owner` is the e-mail address of the person they belong to.

    LinkedIn is loaded before mail, because it names its owner. An error of one export or file is in the result, and
    the others are loaded. Archives are unpacked into a temporary folder that only this user can read.

    With `isolated`, exports are read in child processes with limits, by the registry's own readers, and no more than
    MAX_RECORDS records are loaded. Raises NetworkBusy if another load does not finish in time, SourceError if a path
    does not exist.
    """

    limit = _RecordLimit(MAX_RECORDS)

    async def load_one(export: sources.Export, progress: Progress) -> LoadReport:
        with records_isolated(export) if isolated else nullcontext(sources.read_export(export, readers)) as records:
            return await load_records(
                graph,
                network,
                member,
                kind=export.kind,
                records=limit.apply(records) if isolated else records,
                today=today,
                stated_owner=owner,
                progress=progress,
            )

    def find(folder: Path) -> sources.ScanResult:
        if isolated:
            return find_exports_isolated(list(paths), folder)
        return sources.find_exports(list(paths), readers, unpack_into=folder)

    def readable_part(export: sources.Export) -> tuple[sources.Export | None, tuple[str, ...]]:
        return readable_part_isolated(export) if isolated else sources.readable_part(export, readers)

    with TemporaryDirectory(prefix="tertius-") as folder, _stopping(progress) as stoppable:
        found = await asyncio.to_thread(find, Path(folder))
        loaded: list[LoadReport] = []
        failed: list[tuple[str, TertiusError | SourceError]] = []
        unreadable = list(found.errors)
        for export in found.exports:
            remaining = limit.remaining
            try:
                try:
                    loaded.append(await load_one(export, stoppable))
                except ReadingStopped:
                    raise
                except SourceError:
                    readable, errors = await asyncio.to_thread(readable_part, export)
                    if readable is None or not errors:
                        raise
                    limit.remaining = remaining
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


@dataclass(slots=True)
class _RecordLimit:
    """The number of records that may still be loaded."""

    remaining: int

    def apply(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield records up to the limit, and then one that reports it.

        Raises SourceError instead if the records contain a complete list: the missing rows would count as removed.
        """
        contains_list = False
        for record in records:
            if self.remaining == 0:
                if contains_list:
                    raise SourceError(f"An upload may have at most {MAX_RECORDS:,} rows. Split it.")
                yield SkippedRow("", f"everything after the first {MAX_RECORDS:,} records of the upload")
                return
            self.remaining -= 1
            contains_list = contains_list or isinstance(record, Part)
            yield record


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
