"""How exports become records: which source a file belongs to, and the way in to each.

A source is a module with `name`, `identify` and `read`; a new one is that module, one row in
SOURCES, and a sample with its golden file in tests/samples/<name>/. Nothing else changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from graph.records import Record
from sources import calendar, linkedin, mailbox, vcard, whatsapp
from sources.errors import ClaimedTwice, NoSuchPath


class Source(Protocol):
    name: str

    def identify(self, path: Path, /) -> bool:
        """Whether this file, zip or whole folder is ours, judged by its content and cheaply."""

    def read(self, paths: Sequence[Path], /) -> Iterator[Record]:
        """The records of one export, streamed, in file order. No database, network or clock."""


SOURCES: tuple[Source, ...] = (linkedin, mailbox, calendar, vcard, whatsapp)

_LITTER = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Export:
    """All that was given of one kind: a zip, a folder, or loose files that belong together."""

    kind: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Finds:
    exports: tuple[Export, ...]
    alone: tuple[Path, ...]


def find(paths: Iterable[Path], sources: Sequence[Source] = SOURCES) -> Finds:
    """Look through files and folders for exports, and say which files nobody claims.

    A folder that a source claims is taken whole; any other is walked, without its links and
    its litter.
    """
    claimed: dict[str, dict[Path, Path]] = {source.name: {} for source in sources}
    alone: dict[Path, Path] = {}
    for given in paths:
        if not given.exists():
            raise NoSuchPath(str(given))
        ahead = [given]
        while ahead:
            path = ahead.pop()
            if kind := _claimant(path, sources):
                claimed[kind][path.resolve()] = path
            elif path.is_dir():
                ahead += sorted(filter(_worth_a_look, path.iterdir()), reverse=True)
            else:
                alone[path.resolve()] = path
    whole = {place for places in claimed.values() for place in places}
    return Finds(
        exports=tuple(Export(kind, _outermost(places, whole)) for kind, places in claimed.items() if places),
        alone=_outermost(alone, whole),
    )


def read(export: Export, sources: Sequence[Source] = SOURCES) -> Iterator[Record]:
    """Everything an export says, through the source that claimed it."""
    return {source.name: source for source in sources}[export.kind].read(export.paths)


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
