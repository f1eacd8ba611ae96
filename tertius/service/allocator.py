"""Runs the service with the memory allocator of the C library, which can return freed memory to the system.

Python's own allocator returns blocks of 1 MB only, and one small object keeps a block. After a large load the service
kept 90 MB of free memory this way. glibc returns each free page (`graph.database.gc_tuning`).
"""

import os
import sys
import sysconfig
from collections.abc import Mapping

_ALLOCATOR = {"PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "2"}
"""Variables of the environment that Python and glibc read when a process starts."""


def use_system_allocator() -> None:
    """Restart this command with glibc's allocator, unless it runs with it, or with one that the environment names.

    The process keeps its id, its input and its output. Elsewhere than with glibc nothing happens.
    """
    if environment := _environment(os.environ):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606 - no shell is wanted


def _environment(present: Mapping[str, str]) -> dict[str, str] | None:
    """The environment in which to restart, None if the process goes on as it is."""
    is_glibc = sys.platform == "linux" and "glibc" in _libc_version()
    has_gil = not sysconfig.get_config_var("Py_GIL_DISABLED")  # without it Python runs with its own allocator only
    if not (is_glibc and has_gil and sys.executable) or "PYTHONMALLOC" in present:
        return None
    return {**_ALLOCATOR, **present}


def _libc_version() -> str:
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (ValueError, OSError):
        return ""
