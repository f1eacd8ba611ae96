"""Runs the service in several processes of one machine, which accept connections on the same port."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from api.defect_log import log_defect
from graph.errors import TertiusError
from tertius import console
from tertius.errors import ServerError, cli_message

CAN_FORK = hasattr(os, "fork")
_FIRST_PAUSE_SECONDS = 1.0
"""Pause before a process that ended is replaced. It doubles with each one that soon ends again."""
_STEADY_SECONDS = 60.0
"""Time after which a process counts as one that runs."""
_MAX_CRASHES = 5
"""After this many kills of one worker in quick succession, a service that never ran for a minute ends."""
_POLL_SECONDS = 0.05


def run_workers(count: int, serve: Callable[[int], None]) -> None:
    """Run `serve` with the numbers from 0 in `count` processes, until SIGINT or SIGTERM.

    A process that a signal ended is replaced, unless that happens again and again from the start. If one ends with an
    error, all end. The processes end with this one. Call it without threads and before anything connects. Raises
    ServerError.
    """
    if count == 1:
        serve(0)
        return
    if not CAN_FORK:
        raise ServerError("This system cannot run several workers. Set TERTIUS_HTTP__WORKERS to 1.")
    _Workers(serve).run(count)


def signal_name(number: int) -> str:
    """`SIGKILL` for 9. `signal.Signals` has no names for most real-time signals."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


@dataclass(slots=True)
class _Worker:
    """The process of a worker, when it started, and how many of its predecessors were killed in quick succession."""

    number: int
    crashes: int
    started_at: float = field(default_factory=time.monotonic)


class _Workers:
    def __init__(self, serve: Callable[[int], None]) -> None:
        self._serve = serve
        self._workers: dict[int, _Worker] = {}
        self._restarts: list[tuple[float, int, int]] = []
        """When to start which number again, with how many crashes."""
        self._has_run = False
        """Whether a process ran for a minute. Then the service does not end: a load may cause the kills."""
        self._is_stopping = False
        self._alive, self._alive_here = os.pipe()

    def run(self, count: int) -> None:
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_number, lambda *_: self._stop())
        for number in range(count):
            self._start(number, 0)
        failure = ""
        while self._workers or (self._restarts and not self._is_stopping):
            process, status = self._wait()
            worker = self._workers.pop(process, None)
            if worker is not None and not self._is_stopping and (why := self._replace(worker, status)):
                failure = why
                self._stop()
            self._start_due()
        if failure:
            raise ServerError(failure)

    def _wait(self) -> tuple[int, int]:
        """The process that ended, and its status; 0 for none. While a process will be started, wait a moment only."""
        if not self._restarts:
            return os.wait()
        time.sleep(_POLL_SECONDS)
        try:
            return os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return 0, 0

    def _replace(self, worker: _Worker, status: int) -> str:
        """Plan the start of a process instead of one that ended. Returns why the service must end instead, or ""."""
        crashes, pause = 0, 0.0
        if os.WIFSIGNALED(status):
            is_steady = time.monotonic() - worker.started_at >= _STEADY_SECONDS
            self._has_run |= is_steady
            crashes = 1 if is_steady else min(worker.crashes + 1, _MAX_CRASHES)
            if crashes == _MAX_CRASHES and not self._has_run:
                name = signal_name(os.WTERMSIG(status))
                return (
                    f"Worker {worker.number} was killed {crashes} times in a row, the last time by {name}. "
                    "The system may lack memory: look into its log."
                )
            pause = _FIRST_PAUSE_SECONDS * 2 ** (crashes - 1)
            console.echo(f"Worker {worker.number} was killed and is replaced in {pause:g} s.", err=True)
        elif os.WEXITSTATUS(status):
            return "A worker of the service ended. The lines above say why."
        else:
            console.echo(f"Worker {worker.number} was stopped and is replaced.", err=True)
        self._restarts.append((time.monotonic() + pause, worker.number, crashes))
        return ""

    def _start_due(self) -> None:
        for restart in [*self._restarts]:
            due_at, number, crashes = restart
            if time.monotonic() >= due_at and not self._is_stopping:
                self._restarts.remove(restart)
                self._start(number, crashes)

    def _start(self, number: int, crashes: int) -> None:
        process = os.fork()
        if process == 0:
            self._work(number)
        self._workers[process] = _Worker(number, crashes)
        if self._is_stopping:  # the signal arrived during the fork
            self._stop()

    def _stop(self) -> None:
        self._is_stopping = True
        for process in [*self._workers]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)

    def _work(self, number: int) -> None:
        """Serve in a new process, which ends here."""
        code = 1
        try:
            os.close(self._alive_here)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            if self._is_stopping:  # by a signal that this process received before it had its own handlers
                return
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            self._serve(number)
            code = 0
        except TertiusError as error:
            console.echo(cli_message(error), err=True)
        except Exception as error:  # noqa: BLE001 - printed without personal data, as all defects
            log_defect(f"worker {number}", error)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _end_with_parent(self) -> None:
        os.read(self._alive, 1)  # returns when no process holds the other end
        os.kill(os.getpid(), signal.SIGTERM)
