"""Garbage-collector tuning: large loads build hundreds of thousands of lists without cycles.

Collecting them took a fifth of a load and two fifths of a hub's answer, while all other requests waited
(docs/performance.md).
"""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (50_000, 10, 100)
"""New objects, and collections of the younger generation, that trigger a collection."""


def reduce_gc_frequency() -> None:
    """Run garbage collection less often in the whole process, from now on."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection in the block. Objects created meanwhile go to the oldest generation afterwards."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def return_free_memory() -> None:
    """Return the memory that a load freed to the system, where the C library is glibc, which otherwise keeps it."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
