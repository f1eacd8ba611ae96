"""An export as it lies on the disk: the zip as downloaded, the folder it unpacks to, or one file.

A zip is read where it is and never unpacked; one that is built to harm is refused before anything
in it is read.
"""

import gzip
import lzma
import stat
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from errno import EINVAL
from functools import partial
from pathlib import Path, PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from sources.errors import UnsafeArchive

_MOST_FILES = 10_000
_MOST_BYTES = 4 * 1024**3
_MOST_SWELLING = 100
_LOCKED = 0x1  # the bit of a zip's entry that says so
_DAMAGE = (
    *(BadZipFile, gzip.BadGzipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(struct.error, EOFError, NotImplementedError, UnicodeDecodeError),
)


@dataclass(frozen=True, slots=True)
class File:
    """Something in an archive. `name` is what reports call it."""

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


@contextmanager
def opened(path: Path, wanted: Callable[[PurePath], bool]) -> Iterator[list[File]]:
    """The wanted files of an archive in a stable order, to be read while this is open.

    A single file is what was given, whatever its name.
    """
    if path.is_dir():
        names = sorted(place.relative_to(path) for place in path.rglob("*") if _is_plain(place))
        yield [on_disk(path / name, name.as_posix()) for name in names if _is_wanted(name, wanted)]
    elif is_zipfile(path):
        with refusing_damage(path):
            archive = ZipFile(path)
        with archive:
            held = [name for name in sorted({*archive.namelist()}) if _is_wanted(PurePath(name), wanted)]
            yield [File(name, partial(entry, archive, path, archive.getinfo(name))) for name in held]
    else:
        yield [on_disk(path)]


@contextmanager
def all_opened(
    paths: Iterable[Path], wanted: Callable[[PurePath], bool], *, most_files: int = _MOST_FILES
) -> Iterator[list[tuple[Path, list[File]]]]:
    """Several archives with the wanted files of each, as above. Raises UnsafeArchive before any is opened."""
    paths = list(paths)
    for path in paths:
        check(path, most_files=most_files)
    with ExitStack() as stack:
        yield [(path, stack.enter_context(opened(path, wanted))) for path in paths]


def check(path: Path, *, most_files: int = _MOST_FILES) -> None:
    """Raises UnsafeArchive for a zip that must not be read."""
    if path.is_file() and is_zipfile(path):
        with refusing_damage(path), ZipFile(path) as archive:
            danger = _danger(archive.infolist(), path.stat().st_size, most_files)
        if danger:
            raise UnsafeArchive(path.name, danger)


def is_shown(place: PurePath) -> bool:
    """Whether a file is the export's, and no litter of the system that packed it."""
    return not any(part.startswith(".") or part == "__MACOSX" for part in place.parts)


def _is_wanted(place: PurePath, wanted: Callable[[PurePath], bool]) -> bool:
    return is_shown(place) and wanted(place)


def _is_plain(place: Path) -> bool:
    return place.is_file() and not place.is_symlink()


def on_disk(path: Path, name: str | None = None) -> File:
    """A file as it lies there, called by its own name where it is given none."""
    return File(name or path.name, lambda: path.open("rb"))


@contextmanager
def entry(archive: ZipFile, path: Path, found: ZipInfo) -> Iterator[IO[bytes]]:
    """One file of a zip, to be read."""
    if found.flag_bits & _LOCKED:
        raise UnsafeArchive(path.name, "it is locked with a password")
    with refusing_damage(path), archive.open(found) as packed:
        yield packed


@contextmanager
def refusing_damage(path: Path) -> Iterator[None]:
    """Turn whatever a damaged archive makes its reader raise into one sentence."""
    try:
        yield
    except (*_DAMAGE, OSError) as error:
        # a zip that says its parts lie before its beginning makes the system say that the place is none
        if isinstance(error, OSError) and error.errno not in (None, EINVAL):
            raise
        raise UnsafeArchive(path.name, "it is damaged; download it again") from error


def _danger(entries: list[ZipInfo], size: int, most_files: int) -> str | None:
    if danger := too_much(len(entries), sum(found.file_size for found in entries), size, most_files):
        return danger
    for found in entries:
        if leads_out(found.filename):
            return LEADS_OUT
        if stat.S_ISLNK(found.external_attr >> 16):
            return LINKS
    return None


LEADS_OUT = "a name in it leads out of it"
LINKS = "it holds links"


def too_much(files: int, unpacked: int, size: int, most_files: int = _MOST_FILES) -> str | None:
    """Why so many files, or so many bytes out of an archive of that size, are refused; None where they are not."""
    if files > most_files:
        return f"it holds more than {most_files:,} files"
    if unpacked > _MOST_BYTES:
        return "it would unpack to more than 4 GB"
    if unpacked > _MOST_SWELLING * size:
        return f"it would unpack to more than {_MOST_SWELLING} times its size"
    return None


def leads_out(name: str) -> bool:
    """Whether a file of that name would lie outside the folder that the archive is unpacked into."""
    name = name.replace("\\", "/")
    return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")
