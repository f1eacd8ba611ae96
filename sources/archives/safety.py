"""Checks that refuse damaged and harmful archives."""

import gzip
import lzma
import stat
import struct
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from sources.errors import UnsafeArchive

MAX_FILES = 10_000
_MAX_BYTES = 4 * 1024**3
_MAX_RATIO = 100
_DAMAGE = (
    *(BadZipFile, gzip.BadGzipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(struct.error, EOFError, NotImplementedError, UnicodeDecodeError),
)

PATH_OUTSIDE = "it contains a path that leads outside the archive"
CONTAINS_LINKS = "it contains links"
_UNPACK = "unpack it and load the folders that you need, such as Mail, Calendar and Contacts of a Takeout"
DAMAGED = "it is damaged; download it again"


def check_zip(path: Path, *, max_files: int = MAX_FILES) -> None:
    """Raise UnsafeArchive if this is a zip that must not be read. Other files pass."""
    if path.is_file() and is_zipfile(path):
        with damage_refused(path), ZipFile(path) as archive:
            danger = _danger(archive.infolist(), path.stat().st_size, max_files)
        if danger:
            raise UnsafeArchive(path.name, danger)


@contextmanager
def damage_refused(path: Path) -> Iterator[None]:
    """Turn every error that a damaged archive causes in its reader into UnsafeArchive."""
    try:
        yield
    except (*_DAMAGE, OSError) as error:
        # a zip whose directory gives a negative offset makes `seek` fail with EINVAL
        if isinstance(error, OSError) and error.errno not in (None, EINVAL):
            raise
        raise UnsafeArchive(path.name, DAMAGED) from error


def size_danger(files: int, unpacked: int, size: int, max_files: int = MAX_FILES) -> str | None:
    """Why an archive of `size` bytes is refused for its number of files or unpacked bytes, as a clause; else None."""
    if files > max_files:
        return f"it contains more than {max_files:,} files; {_UNPACK}"
    if unpacked > _MAX_BYTES:
        return f"it would unpack to more than 4 GB; {_UNPACK}"
    if unpacked > _MAX_RATIO * size:
        return f"it would unpack to more than {_MAX_RATIO} times its size, as a zip bomb does"
    return None


def leads_outside(name: str) -> bool:
    """Whether a file of this name would be written outside the folder that the archive is unpacked into."""
    name = name.replace("\\", "/")
    return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")


def _danger(members: list[ZipInfo], size: int, max_files: int) -> str | None:
    if danger := size_danger(len(members), sum(member.file_size for member in members), size, max_files):
        return danger
    for member in members:
        if leads_outside(member.filename):
            return PATH_OUTSIDE
        if stat.S_ISLNK(member.external_attr >> 16):
            return CONTAINS_LINKS
    return None
