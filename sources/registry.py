"""The registry of readers: find exports among files, and read each with the reader that identifies it.

A reader is a module or object with `name`, `identify` and `read`. CONTRIBUTING.md, "Add a reader", lists the steps to
add one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from graph.records import Record
from sources import calendar, linkedin, mailbox, slack, vcard, whatsapp
from sources.archives.unpacking import is_unpackable, unpack_archive
from sources.errors import AmbiguousFile, FileUnreadable, PathNotFound, SourceError, is_out_of_memory
from sources.left_alone import is_kept_folder
from sources.tables.address_books import ADDRESS_BOOK_READERS
from sources.tables.candidates import CANDIDATE_READERS
from sources.tables.crm import CRM_READERS
from sources.tables.interactions import INTERACTIONS_READER
from sources.tables.sheets import SheetHints, SheetReader, check_columns


class Reader(Protocol):
    """The interface of a reader for one kind of export."""

    name: str

    def identify(self, path: Path, /) -> bool:
        """Whether this file, zip or folder is an export of this kind. It looks at the content and must be fast."""

    def read(self, paths: Sequence[Path], /) -> Iterator[Record]:
        """Stream the records of one export in file order, without a database, a network or a clock."""


READERS: tuple[Reader, ...] = (
    linkedin,
    mailbox,
    calendar,
    vcard,
    slack,
    whatsapp,
    *ADDRESS_BOOK_READERS,
    INTERACTIONS_READER,
    *CANDIDATE_READERS,
    *CRM_READERS,
)

_SYSTEM_FILES = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Export:
    """All paths of one kind: a zip, a folder, or loose files that belong together. `kind` is the reader's name."""

    kind: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The exports in some paths, the files that no reader identifies, and a sentence for each unreadable file."""

    exports: tuple[Export, ...]
    unrecognised: tuple[Path, ...]
    errors: tuple[str, ...] = ()


def find_exports(
    paths: Iterable[Path], readers: Sequence[Reader] = READERS, *, unpack_into: Path | None = None
) -> ScanResult:
    """Find all exports in files and folders. Raises PathNotFound.

    A folder that a reader identifies is one export. Any other folder is searched, except for links, hidden files and
    files of the operating system. If `unpack_into`, an empty folder, is given, other archives are unpacked there and
    searched too, but not archives inside them. Files that the owner of a Takeout keeps in Google Drive are not
    recognised, unless a path names them.
    """
    identified: dict[str, dict[Path, Path]] = {reader.name: {} for reader in readers}
    unrecognised: dict[Path, Path] = {}
    errors: dict[Path, str] = {}
    for start in paths:
        if not _exists(start):
            raise PathNotFound(str(start))
        pending = [start]
        while pending:
            path = pending.pop()
            try:
                if path != start and is_kept_folder(path):
                    unrecognised |= {file.resolve(): file for file in _files_below(path)}
                elif kind := _kind(path, readers):
                    identified[kind][path.resolve()] = path
                elif path.is_dir():
                    pending += sorted(filter(_is_searched, path.iterdir()), reverse=True)
                elif unpack_into is not None and is_unpackable(path) and unpack_into not in path.parents:
                    pending.append(_unpacked(path, unpack_into))
                else:
                    path.open("rb").close()
                    unrecognised[path.resolve()] = path
            except (SourceError, OSError) as error:
                if is_out_of_memory(error):
                    raise
                reason = FileUnreadable(path.name, error.strerror) if isinstance(error, OSError) else error
                errors[path.resolve()] = str(reason)
    all_identified = {place for places in identified.values() for place in places}
    return ScanResult(
        exports=tuple(
            Export(kind, _outermost(places, all_identified)) for kind, places in identified.items() if places
        ),
        unrecognised=tuple(_shown_path(path, unpack_into) for path in _outermost(unrecognised, all_identified)),
        errors=tuple(errors.values()),
    )


def read_export(export: Export, readers: Sequence[Reader] = READERS) -> Iterator[Record]:
    """Stream the records of an export. Raises SourceError, possibly after some records."""
    try:
        yield from {reader.name: reader for reader in readers}[export.kind].read(export.paths)
    except OSError as error:
        if is_out_of_memory(error):
            raise
        file = Path(str(error.filename)).name if error.filename else export.kind
        raise FileUnreadable(file, error.strerror) from error


def readable_part(export: Export, readers: Sequence[Reader] = READERS) -> tuple[Export | None, tuple[str, ...]]:
    """The readable files of an export, None if there are none, and a sentence for each of the others.

    Each file is read separately, so call this only after reading the files together has failed.
    """
    readable: list[Path] = []
    errors: list[str] = []
    for path in export.paths:
        try:
            for _ in read_export(Export(export.kind, (path,)), readers):
                pass
        except SourceError as error:
            errors.append(str(error))
        else:
            readable.append(path)
    return Export(export.kind, tuple(readable)) if readable else None, tuple(errors)


def readers_with_hints(hints: SheetHints) -> tuple[Reader, ...]:
    """All readers, with what the user states about sheets. Raises InvalidColumnMap if the columns fit no sheet."""
    check_columns(hints.column_map)
    return tuple(replace(reader, hints=hints) if isinstance(reader, SheetReader) else reader for reader in READERS)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the path is in a folder that this user may not open: `find_exports` reports it
        return True


def _unpacked(path: Path, into: Path) -> Path:
    place = into / str(len([*into.iterdir()])) / path.name
    unpack_archive(path, place)
    return place


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(filter(_is_searched, folder.iterdir())):
        if path.is_dir():
            yield from _files_below(path)
        else:
            yield path


def _shown_path(path: Path, unpacked_into: Path | None) -> Path:
    """A path for reports: for a file out of an archive, the archive's name and the path inside it."""
    if unpacked_into is None or unpacked_into not in path.parents:
        return path
    return Path(*path.relative_to(unpacked_into).parts[1:])


def _kind(path: Path, readers: Sequence[Reader]) -> str | None:
    kinds = [reader.name for reader in readers if _identifies(reader, path)]
    if len(kinds) > 1:
        raise AmbiguousFile(path.name, *kinds[:2])
    return kinds[0] if kinds else None


def _identifies(reader: Reader, path: Path) -> bool:
    try:
        return reader.identify(path)
    except OSError as error:  # this user may not open it: it is then unrecognised
        if is_out_of_memory(error):
            raise
        return False


def _is_searched(path: Path) -> bool:
    if path.name.startswith(".") or path.name.lower() in _SYSTEM_FILES or path.is_symlink():
        return False
    return path.is_dir() or path.is_file()


def _outermost(places: dict[Path, Path], identified: set[Path]) -> tuple[Path, ...]:
    """The paths that are in no identified folder."""
    return tuple(path for place, path in places.items() if identified.isdisjoint(place.parents))
