"""`tertius backup` and `restore`: the local database in one file, made and put back while it is stopped.

The file is a zip, uncompressed: Neo4j's own dump, which is, and then what it is, with its hash. A restore builds the
database anew beside the old one and changes the two when all of it is there: whatever is killed, one is whole.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from pydantic import BaseModel

from graph.database.migrations import known
from graph.progress import Progress
from tertius import __version__
from tertius.errors import BackupError
from tertius.localdb import download, jars, lifecycle, process, swap
from tertius.localdb.process import Place
from tertius.settings import Settings

_FORMAT = 1
_DUMP, _ABOUT = "neo4j.dump", "manifest.json"
_PIECE = 1 << 20
_ADMIN = "org.neo4j.cli.AdminTool"
_GROWS = 20
"""How much larger a database may be than its dump (the sample is eleven times as large)."""
_NO_BACKUP = "This is no backup that Tertius made, or no whole one: take another one."
_LATER = "A later Tertius made this backup: update Tertius first."


class Manifest(BaseModel):
    """What a backup says of itself; the versions are the latest that may be in it."""

    format: int
    tertius: str
    neo4j: str
    schema_version: str
    made: str
    bytes: int
    sha256: str


def write(found: Settings, file: Path, progress: Progress) -> Manifest:
    """Make a backup. Raises BackupError, and then there is none."""
    if file.exists():
        raise BackupError(f"{file} is there already: name another file.")
    part = file.with_name(file.name + ".part")
    try:
        download.fetch(found, progress)
        with lifecycle.offline(found, progress) as place:
            if not (place.data / "databases" / "neo4j").exists():
                raise BackupError(f"There is no database in {place.home} yet.")
            progress.waiting("Writing the backup")
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
                about = _dumped(found, place, out)
                out.flush()
                os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written ({error.strerror or 'no reason given'}).") from error
    finally:
        part.unlink(missing_ok=True)
    return about


def _dumped(found: Settings, place: Place, out: IO[bytes]) -> Manifest:
    hashed, size = sha256(), 0
    with ZipFile(out, "w") as file:
        with (
            _admin(found, place.neo4j, "dump", "--to-stdout", "neo4j", stdout=subprocess.PIPE) as admin,
            file.open(_DUMP, "w", force_zip64=True) as dump,
        ):
            assert admin.stdout is not None
            while piece := admin.stdout.read(_PIECE):
                dump.write(piece)
                hashed.update(piece)
                size += len(piece)
        if admin.returncode:
            raise BackupError(f"Neo4j could not dump the database: {place.log} may say why.")
        about = Manifest(
            format=_FORMAT,
            tertius=__version__,
            neo4j=jars.locked().version,
            schema_version=known(),
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            bytes=size,
            sha256=hashed.hexdigest(),
        )
        file.writestr(_ABOUT, about.model_dump_json(indent=2))
    return about


def put_back(found: Settings, path: Path, progress: Progress) -> Manifest:
    """Put a backup in the database's place. Raises BackupError, and then the old one is there as it was."""
    try:
        with path.open("rb") as opened, ZipFile(opened) as file:
            about = _about(file)
            download.fetch(found, progress)
            with lifecycle.offline(found, progress, unused=True) as place:
                if shutil.disk_usage(place.home).free < _GROWS * about.bytes + lifecycle.LEAST_DISK:
                    raise BackupError(f"The disk of {place.home} has too little room: make some, and try again.")
                progress.waiting("Putting the backup back")
                room = swap.room(place)
                _loaded(found, room, file, about)
                if not place.password.exists():
                    process.write_private(place.password, process.fresh_password())
                swap.change(place, room)
    except BadZipFile as error:
        raise BackupError(_NO_BACKUP) from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read ({error.strerror or 'no reason given'}).") from error
    return about


def _about(file: ZipFile) -> Manifest:
    try:
        about = Manifest.model_validate_json(file.read(_ABOUT))
        file.getinfo(_DUMP)
        of_both = (about.neo4j, jars.locked().version), (about.schema_version, known())
        later = about.format > _FORMAT or any(numbers(theirs) > numbers(ours) for theirs, ours in of_both)
    except (KeyError, ValueError) as error:
        raise BackupError(_NO_BACKUP) from error
    if later:
        raise BackupError(_LATER)
    return about


def _loaded(found: Settings, room: Path, file: ZipFile, about: Manifest) -> None:
    """Build the database anew from the dump, and look whether that was the one which was made."""
    hashed, size = sha256(), 0
    try:
        with (
            _admin(found, room, "load", "--from-stdin", "neo4j", stdin=subprocess.PIPE) as admin,
            file.open(_DUMP) as dump,
        ):
            assert admin.stdin is not None
            while piece := dump.read(_PIECE):
                admin.stdin.write(piece)
                hashed.update(piece)
                size += len(piece)
    except (BadZipFile, BrokenPipeError) as error:
        raise BackupError(_NO_BACKUP) from error
    if admin.returncode or (size, hashed.hexdigest()) != (about.bytes, about.sha256):
        raise BackupError(_NO_BACKUP)


@contextmanager
def _admin(
    found: Settings, home: Path, *words: str, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Neo4j's own tool, at work in a home of Neo4j's."""
    command = [*process.java_command(found), _ADMIN, "database", *words]
    own = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    with subprocess.Popen(  # noqa: S603 - our own java
        command, env=process.environment() | own, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL
    ) as admin:
        yield admin


def numbers(version: str) -> tuple[int, ...]:
    """A version to compare by."""
    return tuple(int(part) for part in re.split(r"[._]", version))
