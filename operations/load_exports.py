"""Loads exports from files and folders, or from a live mailbox, into a network."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import sources
from graph.database.client import Graph
from graph.errors import NetworkBusy, TertiusError
from graph.ingest.load import load_records
from graph.ingest.owner_candidates import read_member
from graph.ingest.report import LoadReport
from graph.networks.state import read_state
from graph.progress import SILENT, Progress
from graph.records import Handle, HandleKind, Owner, Part, PersonMention, Record, SkippedRow
from sources import mailbox
from sources.errors import MultipleOwners, SourceError
from sources.isolation import ReadingStopped, find_exports_isolated, readable_part_isolated, records_isolated
from sources.mailbox.imap import MailAccount, sync_mailbox
from sources.tables.sheets import NO_HINTS, SheetHints

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
    data_subject: str | None = None,
    readers: Sequence[sources.Reader] = sources.READERS,
    isolated: bool = False,
    hints: SheetHints = NO_HINTS,
    progress: Progress = SILENT,
) -> LoadResult:
    """Load all exports that the readers find in the paths.

    `owner` is the member's address, number or name in them. `data_subject` names another person to whom they belong.
    Files of several people are loaded one by one, so that the member's own are loaded and the others are refused.
    LinkedIn is loaded before mail, because it names its owner. An error of one export or file is in the result, and
    the others are loaded. Archives are unpacked into a temporary folder that only this user can read.

    With `isolated`, exports are read in child processes with limits, by the registry's own readers with these
    `hints`, and no more than MAX_RECORDS records are loaded. Raises NetworkBusy if another load does not finish in
    time, SourceError if a path does not exist.
    """

    limit = _RecordLimit(MAX_RECORDS)

    async def load_one(export: sources.Export, progress: Progress) -> LoadReport:
        with (
            records_isolated(export, hints)
            if isolated
            else nullcontext(sources.read_export(export, readers)) as records
        ):
            return await load_records(
                graph,
                network,
                member,
                kind=export.kind,
                records=limit.apply(records) if isolated else records,
                today=today,
                stated_owner=owner,
                data_subject=data_subject,
                progress=progress,
            )

    async def load_readable(export: sources.Export, progress: Progress) -> LoadReport:
        """Load an export, or, if a file of it cannot be read, the others."""
        remaining = limit.remaining
        try:
            return await load_one(export, progress)
        except (ReadingStopped, MultipleOwners):
            raise
        except SourceError:
            readable, errors = await asyncio.to_thread(readable_part, export)
            if readable is None or not errors:
                raise
        limit.remaining = remaining
        loaded = await load_one(readable, progress)
        unreadable.extend(errors)
        return loaded

    def find(folder: Path) -> sources.ScanResult:
        return (
            find_exports_isolated(list(paths), folder, hints)
            if isolated
            else sources.find_exports(list(paths), readers, unpack_into=folder)
        )

    readable_part = (
        partial(readable_part_isolated, hints=hints) if isolated else partial(sources.readable_part, readers=readers)
    )
    loaded: list[LoadReport] = []
    failed: list[tuple[str, TertiusError | SourceError]] = []
    with TemporaryDirectory(prefix="tertius-") as folder, _stopping(progress) as stoppable:
        exports = await asyncio.to_thread(find, Path(folder))
        unreadable = list(exports.errors)
        pending = list(exports.exports)
        while pending:
            export, remaining = pending.pop(0), limit.remaining
            try:
                loaded.append(await load_readable(export, stoppable))
            except NetworkBusy:
                raise
            except (TertiusError, SourceError) as error:
                is_divisible = isinstance(error, MultipleOwners) and len(export.paths) > 1
                if is_divisible and (owner or data_subject or await _is_known(graph, network, member)):
                    limit.remaining = remaining
                    pending[:0] = [sources.Export(export.kind, (path,)) for path in export.paths]
                else:
                    failed.append((export.kind, error))
    return LoadResult(tuple(loaded), tuple(failed), exports.unrecognised, tuple(unreadable))


async def _is_known(graph: Graph, network: str, member: str) -> bool:
    """Whether the owner of an export can be compared with the member."""
    return not (await read_member(graph, network, member)).is_unknown


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
    state = await read_state(graph, network)
    own = [source for source in state.sources if source.member == member and source.kind == mailbox.name]
    synced = next(
        (source for source in own if any(part.startswith(account.bookmark_prefix) for part in source.parts)), None
    )
    records = sync_mailbox(account, synced.parts if synced else {})
    if owner is None and "@" in account.user:
        owner = account.user
        records = chain([Owner(PersonMention((Handle(HandleKind.EMAIL, owner),)))], records)
    with _stopping(progress) as stoppable:
        loaded = await load_records(
            graph,
            network,
            member,
            kind=mailbox.name,
            records=records,
            today=today,
            stated_owner=owner,
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
