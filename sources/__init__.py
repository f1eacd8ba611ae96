"""How exports become records: which source a file belongs to, and the way in to each.

A source is a module with `name`, `identify` and `read`; a new one is that module, one row in
SOURCES, and a sample with its golden file in tests/samples/<name>/. Nothing else changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from graph.records import Record
from sources import address_books, calendar, candidates, crm, interactions, linkedin, mailbox, slack, vcard, whatsapp
from sources.errors import ClaimedTwice, NoSuchPath, SourceError, Unreadable
from sources.sheets import Map, SheetSource, mappable
from sources.unpack import is_packed, unpack


class Source(Protocol):
    name: str

    def identify(self, path: Path, /) -> bool:
        """Whether this file, zip or whole folder is ours, judged by its content and cheaply."""

    def read(self, paths: Sequence[Path], /) -> Iterator[Record]:
        """The records of one export, streamed, in file order. No database, network or clock."""


SOURCES: tuple[Source, ...] = (
    linkedin,
    mailbox,
    calendar,
    vcard,
    slack,
    whatsapp,
    *address_books.SOURCES,
    interactions.SOURCE,
    *candidates.SOURCES,
    *crm.SOURCES,
)

_LITTER = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Export:
    """All that was given of one kind: a zip, a folder, or loose files that belong together."""

    kind: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Finds:
    """`alone` are files that no source knows; `refused` says of each that could not be looked into why."""

    exports: tuple[Export, ...]
    alone: tuple[Path, ...]
    refused: tuple[str, ...] = ()


def find(paths: Iterable[Path], sources: Sequence[Source] = SOURCES, *, room: Path | None = None) -> Finds:
    """Look through files and folders for exports, and say which files nobody claims.

    A folder that a source claims is taken whole; any other is walked, without its links and
    its litter. So is a zip or .tgz, unpacked below `room`, an empty folder, where one is given.
    """
    claimed: dict[str, dict[Path, Path]] = {source.name: {} for source in sources}
    alone: dict[Path, Path] = {}
    refused: dict[Path, str] = {}
    for given in paths:
        if not _is_there(given):
            raise NoSuchPath(str(given))
        ahead = [given]
        while ahead:
            path = ahead.pop()
            try:
                if kind := _claimant(path, sources):
                    claimed[kind][path.resolve()] = path
                elif path.is_dir():
                    ahead += sorted(filter(_worth_a_look, path.iterdir()), reverse=True)
                elif room is not None and is_packed(path) and room not in path.parents:
                    ahead.append(_unpacked(path, room))
                else:
                    path.open("rb").close()
                    alone[path.resolve()] = path
            except SourceError as error:
                refused[path.resolve()] = str(error)
            except OSError as error:
                refused[path.resolve()] = str(Unreadable(path.name, error.strerror))
    whole = {place for places in claimed.values() for place in places}
    return Finds(
        exports=tuple(Export(kind, _outermost(places, whole)) for kind, places in claimed.items() if places),
        alone=tuple(_shown(path, room) for path in _outermost(alone, whole)),
        refused=tuple(refused.values()),
    )


def read(export: Export, sources: Sequence[Source] = SOURCES) -> Iterator[Record]:
    """Everything an export says, through the source that claimed it. Raises SourceError, before or amid."""
    try:
        yield from {source.name: source for source in sources}[export.kind].read(export.paths)
    except OSError as error:
        file = Path(str(error.filename)).name if error.filename else export.kind
        raise Unreadable(file, error.strerror) from error


def sound(export: Export, sources: Sequence[Source] = SOURCES) -> tuple[Export | None, tuple[str, ...]]:
    """What of an export that was refused can be read, if anything, and why each of the rest cannot.

    Each file is read by itself for that, so it is asked only when reading them together has failed.
    """
    good: list[Path] = []
    bad: list[str] = []
    for path in export.paths:
        try:
            for _ in read(Export(export.kind, (path,)), sources):
                pass
        except SourceError as error:
            bad.append(str(error))
        else:
            good.append(path)
    return Export(export.kind, tuple(good)) if good else None, tuple(bad)


def _is_there(given: Path) -> bool:
    try:
        return given.exists()
    except OSError:  # it lies in a folder that is closed to us: `find` says so
        return True


def _unpacked(path: Path, room: Path) -> Path:
    place = room / str(len([*room.iterdir()])) / path.name
    unpack(path, place)
    return place


def _shown(path: Path, room: Path | None) -> Path:
    """A file out of an archive as people know it: the archive's name, and the way in it."""
    if room is None or room not in path.parents:
        return path
    return Path(*path.relative_to(room).parts[1:])


def mapped(named: Map) -> tuple[Source, ...]:
    """The sources, with the columns of sheets called as the user says. Raises UnclearMap where no sheet has such."""
    mappable(named)
    return tuple(replace(source, map=named) if isinstance(source, SheetSource) else source for source in SOURCES)


def _claimant(path: Path, sources: Sequence[Source]) -> str | None:
    claimants = [source.name for source in sources if _claims(source, path)]
    if len(claimants) > 1:
        raise ClaimedTwice(path.name, *claimants[:2])
    return claimants[0] if claimants else None


def _claims(source: Source, path: Path) -> bool:
    try:
        return source.identify(path)
    except OSError:  # not ours to open: it stays among the unclaimed
        return False


def _worth_a_look(path: Path) -> bool:
    if path.name.startswith(".") or path.name.lower() in _LITTER or path.is_symlink():
        return False
    return path.is_dir() or path.is_file()


def _outermost(places: dict[Path, Path], whole: set[Path]) -> tuple[Path, ...]:
    """The paths of which no claimed folder holds the file already."""
    return tuple(path for place, path in places.items() if whole.isdisjoint(place.parents))
