"""Exports brought in: what lies in the paths, read by its source, loaded one export after the other."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import sources
from graph.database.client import Graph
from graph.errors import NetworkBusy, TertiusError
from graph.ingest.load import load
from graph.ingest.report import Loaded
from graph.networks.state import state
from graph.progress import SILENT, Progress
from sources import mailbox
from sources.errors import SourceError
from sources.mailbox.imap import MailAccount, sync_mailbox


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of everything that was given.

    `failed` pairs an export's kind with the sentence that says why; `refused` has one for each file by itself.
    """

    loaded: tuple[Loaded, ...]
    failed: tuple[tuple[str, str], ...]
    alone: tuple[Path, ...]
    refused: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[str, ...]:
        """Everything that went wrong, a sentence each."""
        return (*(sentence for _, sentence in self.failed), *self.refused)


async def bring(
    graph: Graph,
    network: str,
    member: str,
    paths: Iterable[Path],
    *,
    today: date,
    said: str | None = None,
    known: Sequence[sources.Reader] = sources.READERS,
    progress: Progress = SILENT,
) -> Brought:
    """Load everything that the paths hold of the `known` sources, LinkedIn before mail: it says who the owner is.

    An export that fails is told in `failed`, a file that cannot be read in `refused`, and the rest goes on. What lies
    in a zip or .tgz of many things is unpacked into a folder that only this user can read, and that is gone at the
    end. Raises NetworkBusy where another load does not end, SourceError where a path is not there.
    """

    async def one(export: sources.Export) -> Loaded:
        return await load(
            graph,
            network,
            member,
            kind=export.kind,
            records=sources.read_export(export, known),
            today=today,
            said=said,
            progress=progress,
        )

    with TemporaryDirectory(prefix="tertius-") as room:
        finds = await asyncio.to_thread(sources.find_exports, list(paths), known, unpack_into=Path(room))
        loaded: list[Loaded] = []
        failed: list[tuple[str, str]] = []
        refused = list(finds.errors)
        for export in finds.exports:
            try:
                try:
                    loaded.append(await one(export))
                except SourceError:
                    rest, bad = await asyncio.to_thread(sources.readable_part, export, known)
                    if rest is None or not bad:
                        raise
                    loaded.append(await one(rest))
                    refused += bad
            except NetworkBusy:
                raise
            except (TertiusError, SourceError) as error:
                failed.append((export.kind, str(error)))
    return Brought(tuple(loaded), tuple(failed), finds.unrecognised, tuple(refused))


async def fetch(
    graph: Graph,
    network: str,
    member: str,
    box: MailAccount,
    *,
    today: date,
    said: str | None = None,
    progress: Progress = SILENT,
) -> Brought:
    """Load what is new in a mailbox since it was last fetched, onto the source that the first fetch made or found.

    Raises SourceError where the mail server cannot be read from; then nothing is changed.
    """
    found = await state(graph, network)
    ours = [source for source in found.sources if source.member == member and source.kind == mailbox.name]
    begun = next(
        (source for source in ours if any(part.startswith(box.bookmark_prefix) for part in source.parts)), None
    )
    loaded = await load(
        graph,
        network,
        member,
        kind=mailbox.name,
        records=sync_mailbox(box, begun.parts if begun else {}),
        today=today,
        said=said or (box.user if "@" in box.user else None),
        account=begun.account if begun else None,
        progress=progress,
    )
    return Brought((loaded,), (), ())
