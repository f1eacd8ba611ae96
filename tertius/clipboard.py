"""Copies text to the clipboard, by a command of the system or by an escape sequence of the terminal."""

import base64
import os
import shutil
import subprocess
import sys

_COMMANDS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)
_SECONDS = 5


def copy_to_clipboard(text: str) -> str | None:
    """Copy a text, and return where it is; None if there is no clipboard.

    Over SSH, the clipboard of the remote machine is of no use. There, and where no command succeeds, the terminal gets
    the escape sequence OSC 52. Terminals do not confirm it, and some ignore it.
    """
    if "SSH_CONNECTION" not in os.environ and any(_run(command, text) for command in _COMMANDS):
        return "the clipboard"
    return "the clipboard of your terminal, if it supports OSC 52" if _send_to_terminal(text) else None


def _run(command: tuple[str, ...], text: str) -> bool:
    path = shutil.which(command[0])
    if path is None:
        return False
    data = text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8")
    try:
        # without pipes for output, since xclip stays in the background and would keep them open
        result = subprocess.run(  # noqa: S603  one of _COMMANDS
            [path, *command[1:]],
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def _send_to_terminal(text: str) -> bool:
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return False
    sys.stderr.write(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a")
    sys.stderr.flush()
    return True
