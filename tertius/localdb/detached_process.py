"""Processes that outlive the command that starts them."""

import os
import subprocess
from pathlib import Path

import psutil


class _Detached(subprocess.Popen[bytes]):
    """A child whose object may be deleted while it runs. Popen would print a ResourceWarning."""

    def __del__(self) -> None:
        """Print no warning."""


def start_detached(
    command: list[str],
    *,
    output: Path | None = None,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
) -> psutil.Process:
    """Start a command in a session of its own, so that Ctrl-C in the terminal does not reach it.

    Its output goes to the file `output`, or is discarded.
    """
    with (output or Path(os.devnull)).open("wb") as out:
        process = _Detached(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    return psutil.Process(process.pid)


def has_exited(process: psutil.Process) -> bool:
    """Whether the process has exited, even if its parent has not reaped it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
