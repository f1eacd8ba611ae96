"""Open an export as it was downloaded: a zip, the folder that it unpacks to, or a single file.

A zip is read in place and never unpacked. A harmful zip is refused before any of its files is read.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import IO
from zipfile import ZipFile, ZipInfo, is_zipfile

from sources.archives.safety import MAX_FILES, check_zip, damage_refused
from sources.errors import UnsafeArchive

_ENCRYPTED = 0x1  # in the flag bits of a zip member


@dataclass(frozen=True, slots=True)
class File:
    """A file on disk or in a zip. `name` is the name that reports show."""

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


@contextmanager
def open_export(path: Path, accept: Callable[[PurePath], bool]) -> Iterator[list[File]]:
    """The files of a folder or zip that `accept` selects, sorted by name. They can be read until the context ends.

    A single file is always included.
    """
    if path.is_dir():
        names = sorted(place.relative_to(path) for place in path.rglob("*") if _is_regular(place))
        yield [file_on_disk(path / name, name.as_posix()) for name in names if _is_accepted(name, accept)]
    elif is_zipfile(path):
        with damage_refused(path):
            archive = ZipFile(path)
        with archive:
            names_in_zip = [name for name in sorted({*archive.namelist()}) if _is_accepted(PurePath(name), accept)]
            yield [File(name, partial(open_member, archive, path, archive.getinfo(name))) for name in names_in_zip]
    else:
        yield [file_on_disk(path)]


@contextmanager
def open_exports(
    paths: Iterable[Path], accept: Callable[[PurePath], bool], *, max_files: int = MAX_FILES
) -> Iterator[list[tuple[Path, list[File]]]]:
    """Each path with its files, as in `open_export`. Raises UnsafeArchive before it opens any."""
    paths = list(paths)
    for path in paths:
        check_zip(path, max_files=max_files)
    with ExitStack() as stack:
        yield [(path, stack.enter_context(open_export(path, accept))) for path in paths]


def is_visible(place: PurePath) -> bool:
    """Whether a file belongs to the export. Hidden files and `__MACOSX` come from the system that packed it."""
    return not any(part.startswith(".") or part == "__MACOSX" for part in place.parts)


def file_on_disk(path: Path, name: str | None = None) -> File:
    """A file on disk. Reports show `name`, or the file's own name if there is none."""
    return File(name or path.name, lambda: path.open("rb"))


@contextmanager
def open_member(archive: ZipFile, path: Path, member: ZipInfo) -> Iterator[IO[bytes]]:
    """Open one file of the zip at `path`. Raises UnsafeArchive if it is encrypted or damaged."""
    if member.flag_bits & _ENCRYPTED:
        raise UnsafeArchive(path.name, "it is encrypted; unpack it with its password and load the folder")
    with damage_refused(path), archive.open(member) as stream:
        yield stream


def _is_accepted(place: PurePath, accept: Callable[[PurePath], bool]) -> bool:
    return is_visible(place) and accept(place)


def _is_regular(place: Path) -> bool:
    return place.is_file() and not place.is_symlink()
