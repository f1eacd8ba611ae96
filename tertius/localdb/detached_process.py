"""Processes that are meant to outlive the command that starts them."""

import os
import subprocess
from pathlib import Path

import psutil


class _Outliving(subprocess.Popen[bytes]):
    """Python warns of a child that is let go while it runs; here that is the purpose."""

    def __del__(self) -> None:
        """Say nothing."""


def begin(
    command: list[str],
    *,
    output: Path | None = None,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
) -> psutil.Process:
    """Start it in a session of its own, so that no Ctrl-C meant for us reaches it."""
    with (output or Path(os.devnull)).open("wb") as said:
        process = _Outliving(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    return psutil.Process(process.pid)


def is_over(process: psutil.Process) -> bool:
    """Whether it has ended, reaped by its parent or not."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
