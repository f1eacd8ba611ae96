"""Tests of the worker processes, without a service in them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tertius.service.shared_folder import worker_folder
from tertius.service.workers import signal_name

LOOK = "The system may lack memory: look into its log."
SCRIPT = """
import os, sys, time
from tertius.service import workers

def serve(worker):
    os.write(1, f"{worker} {os.getpid()}\\n".encode())  # in one piece: two workers write to one pipe
    if worker == int(sys.argv[1]):
        os.kill(os.getpid(), 9)
    time.sleep(60)

workers._FIRST_PAUSE_SECONDS = float(sys.argv[2])
try:
    workers.run_workers(2, serve)
except Exception as error:
    print(error, file=sys.stderr)
"""
KILLED_LATER = """
import os, sys, time
from pathlib import Path
from tertius.service import workers

def serve(worker):
    os.write(1, f"{worker} {os.getpid()}\\n".encode())  # in one piece: two workers write to one pipe
    if worker == 1:
        time.sleep(0 if Path(sys.argv[1]).exists() else 0.2)
        Path(sys.argv[1]).touch()
        os.kill(os.getpid(), 9)
    time.sleep(60)

workers._FIRST_PAUSE_SECONDS, workers._STEADY_SECONDS = 0.001, 0.1
workers.run_workers(2, serve)
"""
STOPPING = """
import os, signal, time
from tertius.service.workers import run_workers

def serve(worker):
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    os.write(1, f"{worker} {os.getpid()}\\n".encode())  # in one piece: two workers write to one pipe
    time.sleep(60)

run_workers(2, serve)
"""
HOLDER = """
import sys, time
from pathlib import Path
from tertius.service.shared_folder import worker_folder

with worker_folder(Path(sys.argv[1])) as folder:
    print(folder, flush=True)
    time.sleep(60)
"""


@contextmanager
def script(text: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a script, whose workers end with it."""
    command = [sys.executable, "-c", text, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str], count: int) -> dict[str, int]:
    """The numbers and processes of the next workers."""
    assert process.stdout is not None
    return {number: int(worker) for number, worker in (process.stdout.readline().split() for _ in range(count))}


def test_workers_end_when_they_are_stopped_before_a_killed_one_is_replaced() -> None:
    with script(SCRIPT, "-1", "60") as process:
        workers = lines(process, 2)
        os.kill(workers["1"], signal.SIGKILL)
        assert process.stderr is not None
        assert process.stderr.readline() == "Worker 1 was killed and is replaced in 60 s.\n"
        process.terminate()
        rest, _ = process.communicate(timeout=30)

    assert workers.keys() == {"0", "1"}
    assert (rest, process.returncode) == ("", 0)


def test_the_service_ends_with_one_sentence_if_a_worker_is_killed_again_and_again() -> None:
    with script(SCRIPT, "1", "0.01") as process:
        _, printed = process.communicate(timeout=30)

    assert printed.splitlines()[-2:] == [
        "Worker 1 was killed and is replaced in 0.08 s.",
        f"Worker 1 was killed 5 times in a row, the last time by SIGKILL. {LOOK}",
    ]


def test_a_service_that_ran_does_not_end_if_a_worker_is_killed_again_and_again(tmp_path: Path) -> None:
    with script(KILLED_LATER, str(tmp_path / "ran")) as process:
        lines(process, 9)
        process.terminate()
        _, printed = process.communicate(timeout=30)

    assert printed.count("Worker 1 was killed and is replaced") >= 7
    assert process.returncode == 0


def test_a_worker_that_is_stopped_is_replaced() -> None:
    with script(STOPPING) as process:
        first = lines(process, 2)
        os.kill(first["0"], signal.SIGTERM)
        later = lines(process, 1)
        process.terminate()
        _, printed = process.communicate(timeout=30)

    assert later["0"] not in first.values()
    assert (printed, process.returncode) == ("Worker 0 was stopped and is replaced.\n", 0)


def test_the_folder_of_a_service_that_was_killed_is_deleted_by_the_next(tmp_path: Path) -> None:
    with script(HOLDER, str(tmp_path)) as process:
        assert process.stdout is not None
        held = Path(process.stdout.readline().strip())
        with worker_folder(tmp_path) as other:
            assert held.is_dir()
            assert other != held
        process.kill()
        process.wait()
        with worker_folder(tmp_path) as mine:
            assert [*tmp_path.iterdir()] == [mine]
    assert [*tmp_path.iterdir()] == []


def test_the_folder_of_a_service_that_was_killed_before_it_had_a_lock_is_deleted_later(tmp_path: Path) -> None:
    starting, left = tmp_path / "new-tertius-workers-a", tmp_path / "new-tertius-workers-b"
    for folder in (starting, left):
        folder.mkdir()
    os.utime(left, (0, 0))

    with worker_folder(tmp_path):
        assert starting.is_dir()
        assert not left.exists()


def test_every_signal_has_a_name() -> None:
    assert [signal_name(number) for number in (signal.SIGKILL, signal.SIGRTMIN + 1)] == [
        "SIGKILL",
        f"signal {signal.SIGRTMIN + 1}",
    ]
