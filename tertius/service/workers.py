"""Runs the service in several processes of one machine, which accept connections on the same port."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from api.defect_log import log_defect
from graph.errors import TertiusError
from tertius import console
from tertius.errors import ServerError, cli_message

CAN_FORK = hasattr(os, "fork")
_RESTART_SECONDS = 1.0
"""Pause before a process that was killed is replaced."""


def run_workers(count: int, serve: Callable[[int], None]) -> None:
    """Run `serve` with the numbers from 0 in `count` processes, until SIGINT or SIGTERM.

    A process that a signal ended is replaced. If one ends with an error, all end. The processes end with this one.
    Call it without threads and before anything connects. Raises ServerError.
    """
    if count == 1:
        serve(0)
        return
    if not CAN_FORK:
        raise ServerError("This system cannot run several workers. Set TERTIUS_HTTP__WORKERS to 1.")
    _Workers(serve).run(count)


class _Workers:
    def __init__(self, serve: Callable[[int], None]) -> None:
        self._serve = serve
        self._numbers: dict[int, int] = {}
        self._is_stopping = False
        self._alive, self._alive_here = os.pipe()

    def run(self, count: int) -> None:
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_number, lambda *_: self._stop())
        for number in range(count):
            self._start(number)
        is_failed = False
        while self._numbers:
            process, status = os.wait()
            ended = self._numbers.pop(process, None)
            if ended is None or self._is_stopping:
                continue
            if os.WIFSIGNALED(status):
                console.echo(f"Worker {ended} was killed and is replaced.", err=True)
                time.sleep(_RESTART_SECONDS)
                if not self._is_stopping:  # a signal may arrive during the pause
                    self._start(ended)
            else:
                is_failed = True
                self._stop()
        if is_failed:
            raise ServerError("A worker of the service ended. The lines above say why.")

    def _start(self, number: int) -> None:
        process = os.fork()
        if process == 0:
            self._work(number)
        self._numbers[process] = number
        if self._is_stopping:  # the signal arrived during the fork
            self._stop()

    def _stop(self) -> None:
        self._is_stopping = True
        for process in [*self._numbers]:
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
