"""Unpack a .zip or .tgz that contains several exports (a Google Takeout, a packed folder) to find each of them.

The limits of `sources.archives.safety` apply. An archive inside the archive stays packed.
"""

import gzip
import shutil
import tarfile
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path, PurePath
from typing import IO, cast
from zipfile import ZipFile, is_zipfile

from sources.archives.files import is_visible, open_member
from sources.archives.safety import (
    CONTAINS_LINKS,
    DAMAGED,
    PATH_OUTSIDE,
    check_zip,
    damage_refused,
    leads_outside,
    size_danger,
)
from sources.errors import DiskFull, UnsafeArchive

_SUFFIXES = (".zip", ".tgz", ".tar.gz")
_MAX_READ = 1024 * 1024


def is_unpackable(path: Path) -> bool:
    """Whether the file's name is that of an archive. Office documents are zips too, under other names."""
    return path.name.lower().endswith(_SUFFIXES) and path.is_file()


def unpack_archive(path: Path, into: Path) -> None:
    """Write the archive's files below `into`. Raises UnsafeArchive; some files may then be written already."""
    into.mkdir(parents=True)
    if path.name.lower().endswith(".zip"):
        _unzip(path, into)
    else:
        _untar(path, into)


def _unzip(path: Path, into: Path) -> None:
    if not is_zipfile(path):
        raise UnsafeArchive(path.name, DAMAGED)
    check_zip(path)
    with damage_refused(path), ZipFile(path) as archive:
        for member in archive.infolist():
            name = member.filename  # may be empty in a damaged or harmful zip
            if name and not member.is_dir() and is_visible(PurePath(name)):
                with open_member(archive, path, member) as stream:
                    _write(stream, into / name)


def _untar(path: Path, into: Path) -> None:
    size = path.stat().st_size
    with (
        damage_refused(path),
        gzip.open(path) as stream,
        tarfile.open(fileobj=cast("IO[bytes]", _BoundedReads(stream)), mode="r:") as archive,
    ):
        for count, member in enumerate(archive, 1):
            danger = size_danger(count, member.offset_data + member.size, size)
            if member.issym() or member.islnk():
                danger = CONTAINS_LINKS
            elif leads_outside(member.name):
                danger = PATH_OUTSIDE
            if danger:
                raise UnsafeArchive(path.name, danger)
            content = archive.extractfile(member) if member.isfile() and is_visible(PurePath(member.name)) else None
            if content is not None:
                _write(content, into / member.name)


def _write(stream: IO[bytes], place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with place.open("wb") as file:
            shutil.copyfileobj(stream, file)
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT, EFBIG):
            raise DiskFull from error
        raise


class _BoundedReads:
    """A gzip stream that refuses large reads: `tarfile` reads a header of any length into memory at once."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int) -> bytes:
        if size > _MAX_READ:
            raise tarfile.ReadError("the header is longer than 1 MB")
        return self._stream.read(size)
