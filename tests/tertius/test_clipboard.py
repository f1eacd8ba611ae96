"""Copying to the clipboard: by a command of the system, by the terminal, or not at all."""

import base64
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Hi Zofia, could you introduce me to Łukasz? – Ana"
COPY = "import sys; from tertius.clipboard import copy_to_clipboard; print(copy_to_clipboard(sys.argv[1]))"


def copied(tmp_path: Path, **more: str) -> tuple[str, bytes]:
    """What is returned and what a terminal on stderr receives, with `tmp_path` as the only folder of commands."""
    controller, terminal = pty.openpty()
    env = {"PATH": str(tmp_path), "TERM": "xterm", "PYTHONPATH": str(Path.cwd()), "PYTHONUTF8": "1", **more}
    result = subprocess.run(
        [sys.executable, "-c", COPY, TEXT], stdout=subprocess.PIPE, stderr=terminal, env=env, check=True
    )
    os.set_blocking(controller, False)
    try:
        received = os.read(controller, 10_000)
    except BlockingIOError:
        received = b""
    os.close(terminal)
    os.close(controller)
    return result.stdout.decode().strip(), received


def command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)


def test_a_command_of_the_system_gets_the_text(tmp_path: Path) -> None:
    command(tmp_path, "wl-copy", "exit 1")  # as where no Wayland session runs
    command(tmp_path, "xclip", f"/bin/cat > {tmp_path}/clipboard")

    assert copied(tmp_path) == ("the clipboard", b"")
    assert (tmp_path / "clipboard").read_text("utf-8") == TEXT


@pytest.mark.parametrize("remote", [{}, {"SSH_CONNECTION": "203.0.113.1 22 203.0.113.2 22"}], ids=["local", "ssh"])
def test_the_terminal_gets_the_text_where_no_command_works(tmp_path: Path, remote: dict[str, str]) -> None:
    command(tmp_path, "xclip", "exit 0" if remote else "exit 1")

    where, received = copied(tmp_path, **remote)

    assert where == "the clipboard of your terminal, if it supports OSC 52"
    assert received == b"\x1b]52;c;" + base64.b64encode(TEXT.encode()) + b"\a"


def test_without_a_clipboard_nothing_is_copied(tmp_path: Path) -> None:
    assert copied(tmp_path, TERM="dumb") == ("None", b"")
