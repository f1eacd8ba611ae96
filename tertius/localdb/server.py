"""Starts and stops the Neo4j process of one database folder, and explains in one sentence why it did not start."""

import shutil
import time

import psutil

from graph.progress import Progress
from tertius.errors import ServerError
from tertius.localdb import aot_cache, detached_process, process
from tertius.localdb.process import Paths, ServerProcess
from tertius.settings import Settings

START_SECONDS = 180.0
"""The longest first start that was seen took 30 seconds."""
STOP_SECONDS = 60.0
LEAST_DISK = 200 * 2**20
"""Free bytes below which the database is not started."""
_TRIES = 3
_POLL_SECONDS = 0.1
_JAVA_OVERHEAD = 200 * 2**20
"""Bytes that Java takes beside the heap and the page cache."""

_LOG_TRUNCATED = (
    "Neo4j drops the last transaction, which was not committed, because its log ends in the middle of it: check the "
    "data with `tertius doctor`."
)
# lines of Neo4j's or Java's output, and the explanation for the first that matches
_PORT_TAKEN = "Address already in use"
_CRASHED = "A fatal error has been detected by the Java Runtime"
_TOO_LITTLE_MEMORY = "there is not enough free memory; close other programs or lower TERTIUS_MEMORY__HEAP"
_EXPLANATIONS = {
    "exceeds physical memory": "TERTIUS_MEMORY__HEAP and TERTIUS_MEMORY__PAGE_CACHE exceed this machine's memory",
    "Could not reserve enough space": _TOO_LITTLE_MEMORY,
    "insufficient memory": _TOO_LITTLE_MEMORY,
    "OutOfMemoryError": "its memory limit is too low; raise TERTIUS_MEMORY__HEAP",
    "No space left on device": "the disk is full",
    "FileLockException": "another program has its files open",
    "Permission denied": "its files belong to another user",
    _PORT_TAKEN: "other programs took every port that was free a moment before",
}


def start_server(settings: Settings, paths: Paths, progress: Progress) -> ServerProcess:
    """Start the server if it is down, and wait until it answers over Bolt. Raises ServerError.

    A start that fails because of an unreadable transaction log, as a full disk leaves it, is repeated once without the
    unreadable end of the log.
    """
    truncate_log = False
    for _ in range(_TRIES):
        # another command may have started it while this one waited for the lock, or before it was killed
        running = process.find_server(paths)
        launched = running is None
        if running is None:
            process.set_initial_password(paths)
            before, port = process.last_port(paths), process.free_port(paths)
            if before not in (0, port):
                progress.waiting(f"Another program uses port {before}. The database moves to port {port}")
            running = process.launch(settings, paths, port, truncate_log=truncate_log)
        progress.waiting("Starting the database")
        answers = _answers_in_time(running, paths)
        if not truncate_log and process.has_unreadable_log(paths):
            truncate_log = True
            progress.waiting(_LOG_TRUNCATED)
            stop_server(paths)
            continue
        if answers:
            aot_cache.create(settings, paths.home, process.java_command(settings))
            return running
        output = process.recent_output(paths)
        crashed = any(_CRASHED in line for line in output)
        aot_cache.discard(settings, paths.home, crashed=crashed)
        if launched and not crashed and not any(_PORT_TAKEN in line for line in output):
            break
    raise ServerError(f"Neo4j did not start: {_explanation(output)}. Its log is {paths.log}.")


def stop_server(paths: Paths) -> None:
    """Stop the server if it runs, and wait until its process has exited. Raises ServerError."""
    if running := process.find_server(paths):
        _terminate(running.process)
    paths.pid.unlink(missing_ok=True)


def memory_needed(settings: Settings) -> int:
    """Bytes of memory that the server may use."""
    return _bytes(settings.memory.heap) + _bytes(settings.memory.page_cache) + _JAVA_OVERHEAD


def check_resources(settings: Settings, paths: Paths) -> None:
    """Raise ServerError if the server is down and this machine lacks the disk or the memory to start it."""
    if process.find_server(paths) is not None:
        return
    free = shutil.disk_usage(paths.home).free
    if free < LEAST_DISK:
        raise ServerError(
            f"The disk of {paths.home} has {free / 1e6:.0f} MB left, which is too little for a database. Make room, or "
            "set TERTIUS_HOME to a folder on another disk."
        )
    needed = memory_needed(settings)
    available = psutil.virtual_memory().available + psutil.swap_memory().free
    if available < needed:
        raise ServerError(
            f"The database may use up to {needed / 1e6:.0f} MB of memory, and {available / 1e6:.0f} MB are free. Close "
            "other programs, or set TERTIUS_MEMORY__HEAP lower (512m is enough for most networks)."
        )


def _bytes(size: str) -> int:
    return int(size[:-1]) * {"m": 2**20, "g": 2**30}[size[-1]]


def _answers_in_time(running: ServerProcess, paths: Paths) -> bool:
    """Wait for Bolt. Returns False if the process exited before."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        if detached_process.has_exited(running.process):
            return False
        if process.answers(running.port):
            return True
        time.sleep(_POLL_SECONDS)
    raise ServerError(
        f"Neo4j has not answered for {START_SECONDS:.0f} seconds. It may still be recovering its data: try again "
        f"later, or read {paths.log}."
    )


def _explanation(output: list[str]) -> str:
    for line, explanation in _EXPLANATIONS.items():
        if any(line in each for each in output):
            return explanation
    errors = [line for line in output if "Caused by: " in line or " ERROR " in line]
    return (errors or output or ["it exited without a message"])[-1].rpartition("Caused by: ")[2]


def _terminate(running: psutil.Process) -> None:
    try:
        running.terminate()
        limit = time.monotonic() + STOP_SECONDS
        while not detached_process.has_exited(running):
            if time.monotonic() > limit:
                running.kill()
                limit += STOP_SECONDS
            time.sleep(_POLL_SECONDS)
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied as error:
        raise ServerError("The database runs as another user, and only that user can stop it.") from error
