"""A zip or .tgz of many things (a Google Takeout, a folder that somebody packed), unpacked so that each can be found.

It is held to the caps of `sources.archive`. An archive that lies in it stays packed.
"""

import gzip
import shutil
import tarfile
from pathlib import Path, PurePath
from typing import IO, cast
from zipfile import ZipFile, is_zipfile

from sources.archive import LEADS_OUT, LINKS, check, entry, is_shown, leads_out, refusing_damage, too_much
from sources.errors import UnsafeArchive

_PACKED = (".zip", ".tgz", ".tar.gz")
_PIECE = 1024 * 1024


def is_packed(path: Path) -> bool:
    """By its name: much that is a zip, such as a letter of an office program, is no archive to anybody."""
    return path.name.lower().endswith(_PACKED) and path.is_file()


def unpack(path: Path, into: Path) -> None:
    """Write the archive's files below `into`. Raises UnsafeArchive, and may then leave some there."""
    into.mkdir(parents=True)
    if path.name.lower().endswith(".zip"):
        _unzip(path, into)
    else:
        _untar(path, into)


def _unzip(path: Path, into: Path) -> None:
    if not is_zipfile(path):
        raise UnsafeArchive(path.name, "it is damaged; download it again")
    check(path)
    with refusing_damage(path), ZipFile(path) as archive:
        for found in archive.infolist():
            name = found.filename  # none at all in a zip that is broken or made to harm
            if name and not found.is_dir() and is_shown(PurePath(name)):
                with entry(archive, path, found) as packed:
                    _write(packed, into / name)


def _untar(path: Path, into: Path) -> None:
    size = path.stat().st_size
    with (
        refusing_damage(path),
        gzip.open(path) as stream,
        tarfile.open(fileobj=cast("IO[bytes]", _InPieces(stream)), mode="r:") as archive,
    ):
        for count, found in enumerate(archive, 1):
            danger = too_much(count, found.offset_data + found.size, size)
            if found.issym() or found.islnk():
                danger = LINKS
            elif leads_out(found.name):
                danger = LEADS_OUT
            if danger:
                raise UnsafeArchive(path.name, danger)
            packed = archive.extractfile(found) if found.isfile() and is_shown(PurePath(found.name)) else None
            if packed is not None:
                _write(packed, into / found.name)


def _write(packed: IO[bytes], place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        shutil.copyfileobj(packed, file)


class _InPieces:
    """A stream that gives no more than a piece at once: the library would hold a header of any length in memory."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int) -> bytes:
        if size > _PIECE:
            raise tarfile.ReadError("a header longer than any that is meant well")
        return self._stream.read(size)
