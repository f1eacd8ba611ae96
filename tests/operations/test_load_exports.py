"""Loads of folders: exports are loaded, unreadable files are reported, and a new source needs no other change."""

import asyncio
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from graph.answers import AlreadyKnown
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.records import Channel, Handle, HandleKind, Interaction, PersonMention, Record
from operations.load_exports import load_paths
from operations.load_report import report_lines
from sources import READERS, Reader
from tests.graph.worlds import TODAY, home, owner_viewer

ME = "ana@home.example"
CONNECTIONS = "First Name,Last Name,URL,Connected On\nBen,Roe,https://www.linkedin.com/in/ben,03 Feb 2021\n"
MAIL = """From ben@roe.example Fri Nov 20 12:00:00 2026
From: Ben Roe <ben@roe.example>
To: ana@home.example
Date: Fri, 20 Nov 2026 12:00:00 +0000
Message-ID: <1@roe.example>

Hi

From ana@home.example Fri Nov 20 13:00:00 2026
From: ana@home.example
To: Ben Roe <ben@roe.example>
Date: Fri, 20 Nov 2026 13:00:00 +0000
Message-ID: <1@home.example>

Hi
"""


def folder(place: Path) -> Path:
    """Create several kinds of exports, one in a zip as Takeout writes it, and one unreadable file of each sort."""
    place.mkdir()
    with zipfile.ZipFile(place / "takeout.zip", "w") as archive:
        archive.writestr("Takeout/Mail/Alle Nachrichten.mbox", MAIL)
        archive.writestr("Takeout/Keep/note.html", "<p>")
    (place / "Connections.csv").write_text(CONNECTIONS)
    with zipfile.ZipFile(place / "Basic_LinkedInDataExport.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", CONNECTIONS + "\n" * 2_000_000)
    (place / "cut short.zip").write_bytes((place / "takeout.zip").read_bytes()[:100])
    (place / "empty.mbox").touch()
    (place / "photo.jpg").write_bytes(b"\xff\xd8")
    return place


async def test_a_folder_with_unreadable_files_is_loaded_and_reported(graph: Graph, tmp_path: Path) -> None:
    network, member = await home(graph)

    result = await load_paths(graph, network, member, [folder(tmp_path / "all")], today=TODAY, owner=ME)

    assert [loaded.source.kind for loaded in result.loaded] == ["linkedin", "mailbox"]
    assert result.loaded[-1].ties == 1
    bomb = "it would unpack to more than 100 times its size, as a zip bomb does"
    assert result.failed == ()
    assert set(result.unreadable) == {
        "Tertius did not open cut short.zip: it is damaged; download it again.",
        f"Tertius did not open Basic_LinkedInDataExport.zip: {bomb}.",
    }
    left = [str(path) for path in result.unrecognised]
    assert [str(Path(path).relative_to(tmp_path / "all")) if path[0] == "/" else path for path in left] == [
        "empty.mbox",
        "photo.jpg",
        "takeout.zip/Takeout/Keep/note.html",
    ]
    assert set(result.unreadable) < set(report_lines(result))


async def test_a_cancelled_load_stops_reading(graph: Graph, tmp_path: Path) -> None:
    """Reading happens in a thread, which asyncio cannot cancel."""
    count = 0

    def endless(_: Sequence[Path]) -> Iterator[Record]:
        nonlocal count
        ana, ben = (PersonMention((Handle(HandleKind.EMAIL, f"{name}@home.example"),), name) for name in ("ana", "ben"))
        while True:
            count += 1
            yield Interaction(ana, (ben,), datetime(2026, 11, 1, tzinfo=UTC), Channel.CALL)

    reader = cast("Reader", SimpleNamespace(name="endless", identify=Path.is_file, read=endless))
    (tmp_path / "calls").touch()
    network, member = await home(graph)

    load = asyncio.create_task(load_paths(graph, network, member, [tmp_path], today=TODAY, owner=ME, readers=(reader,)))
    async with asyncio.timeout(60):
        while count < 1_000:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.01)
        load.cancel()
        with suppress(asyncio.CancelledError):
            await load
        before = -1
        while count != before:
            before = count
            await asyncio.sleep(0.5)


async def test_a_new_reader_needs_only_a_module_and_an_entry(graph: Graph, tmp_path: Path) -> None:
    """The toy format has one call per line: caller and callee."""

    def is_ours(path: Path) -> bool:
        return path.is_file() and path.read_bytes().startswith(b"calls\n")

    def calls(paths: Sequence[Path]) -> Iterator[Record]:
        for path in paths:
            for number, line in enumerate(path.read_text().splitlines()[1:]):
                by, to = (
                    PersonMention((Handle(HandleKind.EMAIL, word),), word.partition("@")[0]) for word in line.split()
                )
                yield Interaction(by, (to,), datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number), Channel.CALL)

    toy = cast("Reader", SimpleNamespace(name="toy", identify=is_ours, read=calls))
    (tmp_path / "phone.log").write_text("calls\ncleo@doe.example ana@home.example\nana@home.example cleo@doe.example\n")
    network, member = await home(graph)

    await load_paths(graph, network, member, [tmp_path], today=TODAY, owner=ME, readers=(*READERS, toy))

    answer = await introductions(graph, await owner_viewer(graph), "cleo@doe.example")
    assert isinstance(answer, AlreadyKnown)
    assert answer.tie.outbound.counts == {"call": 1}
