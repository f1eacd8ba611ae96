"""Tests of the worker processes, without a service in them."""

import os
import signal
import subprocess
import sys

SCRIPT = """
import os, time
from tertius.service.workers import run_workers

def serve(worker):
    print(worker, os.getpid(), flush=True)
    time.sleep(60)

run_workers(2, serve)
"""


def test_workers_end_when_they_are_stopped_before_a_killed_one_is_replaced() -> None:
    command = [sys.executable, "-c", SCRIPT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            workers = dict(process.stdout.readline().split() for _ in range(2))
            os.kill(int(workers["1"]), signal.SIGKILL)
            assert "is replaced" in process.stderr.readline()
            process.terminate()
            rest, _ = process.communicate(timeout=30)
        finally:
            process.kill()

    assert workers.keys() == {"0", "1"}
    assert (rest, process.returncode) == ("", 0)
