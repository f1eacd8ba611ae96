"""An archive as it lies on the disk: the zip as downloaded, the folder it unpacks to, or one file.

A zip is read where it is and never unpacked; one that is built to harm is refused before anything
in it is read.
"""

import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from sources.errors import UnsafeArchive
from sources.tables import File, on_disk

_MOST_FILES = 10_000
_MOST_BYTES = 4 * 1024**3
_MOST_SWELLING = 100
_LOCKED = 0x1  # the bit of a zip's entry that says so

# What LinkedIn puts beside its tables.
_BESIDE = {".csv", ".html", ".htm", ".pdf", ".jpg", ".jpeg", ".png", ".gif", ".mp4"}


@contextmanager
def opened(path: Path) -> Iterator[list[File]]:
    """The files of an archive in a stable order, to be read while this is open."""
    if path.is_dir():
        names = sorted(place.relative_to(path) for place in path.rglob("*") if _is_plain(place))
        yield [on_disk(path / name, name.as_posix()) for name in names if _is_table(name)]
    elif is_zipfile(path):
        with _refusing_damage(path):
            archive = ZipFile(path)
        with archive:
            entries = sorted({*archive.namelist()})
            yield [_in_zip(archive, path, name) for name in entries if _is_table(PurePath(name))]
    else:
        yield [on_disk(path)]


def check(path: Path) -> None:
    """Raises UnsafeArchive for a zip that must not be read."""
    if path.is_file() and is_zipfile(path):
        with _refusing_damage(path), ZipFile(path) as archive:
            danger = _danger(archive.infolist(), path.stat().st_size)
        if danger:
            raise UnsafeArchive(path.name, danger)


def is_only_an_archive(folder: Path) -> bool:
    """Whether a folder holds tables at its top, and nothing anywhere that is not LinkedIn's."""
    top = [place for place in folder.iterdir() if place.is_file() and _is_shown(Path(place.name))]
    if not top or any(place.suffix.lower() != ".csv" for place in top):
        return False
    return all(
        place.is_dir() or place.suffix.lower() in _BESIDE
        for place in folder.rglob("*")
        if _is_shown(place.relative_to(folder))
    )


def _is_plain(place: Path) -> bool:
    return place.is_file() and not place.is_symlink()


def _is_table(place: PurePath) -> bool:
    return place.suffix.lower() == ".csv" and _is_shown(place)


def _is_shown(place: PurePath) -> bool:
    return not any(part.startswith(".") or part == "__MACOSX" for part in place.parts)


def _in_zip(archive: ZipFile, path: Path, name: str) -> File:
    @contextmanager
    def stream() -> Iterator[IO[bytes]]:
        if archive.getinfo(name).flag_bits & _LOCKED:
            raise UnsafeArchive(path.name, "it is locked with a password")
        with _refusing_damage(path), archive.open(name) as entry:
            yield entry

    return File(name, stream)


@contextmanager
def _refusing_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnsafeArchive(path.name, "it is damaged; download it again") from error


def _danger(entries: list[ZipInfo], size: int) -> str | None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_FILES:
        return f"it holds more than {_MOST_FILES:,} files"
    if unpacked > _MOST_BYTES:
        return "it would unpack to more than 4 GB"
    if unpacked > _MOST_SWELLING * size:
        return f"it would unpack to more than {_MOST_SWELLING} times its size"
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
            return "a name in it leads out of it"
        if stat.S_ISLNK(entry.external_attr >> 16):
            return "it holds links"
    return None
