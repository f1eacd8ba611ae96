"""Garbage-collector tuning: large loads build hundreds of thousands of lists without cycles.

Collecting them took a fifth of a load and two fifths of a hub's answer, while all other requests waited
(docs/decisions/0038-loads-in-batches-of-lists.md).
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar

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


_Result = TypeVar("_Result")
_CACHES: list[_lru_cache_wrapper[Any]] = []
FEW_ENTRIES = 20_000
"""Entries of all caches that are kept while nothing is loaded, at most about 10 MB."""


def large_cache(maxsize: int) -> Callable[[Callable[..., _Result]], _lru_cache_wrapper[_Result]]:
    """`lru_cache` for many values of one load or one request. `return_free_memory` and `shrink_caches` empty it.

    The caches of names held up to 250 MB for as long as the process ran, after a load of names that nobody else has.
    """

    def decorate(function: Callable[..., _Result]) -> _lru_cache_wrapper[_Result]:
        cached = lru_cache(maxsize=maxsize)(function)
        _CACHES.append(cached)
        return cached

    return decorate


def shrink_caches() -> None:
    """Empty the large caches if they have more than a few entries."""
    if sum(cached.cache_info().currsize for cached in _CACHES) > FEW_ENTRIES:
        empty_caches()


def empty_caches() -> None:
    """Empty the large caches."""
    for cached in _CACHES:
        cached.cache_clear()


GROWTH_BYTES = 16 * 2**20
"""Growth of the process after which `return_memory_after_growth` collects garbage."""


class MemoryReturn:
    """Returns the memory of a process to the system each time the process has grown since this object was made."""

    def __init__(self) -> None:
        import psutil  # noqa: PLC0415 - services only; this module is imported by every command

        self._process = psutil.Process()
        self._level = self._process.memory_info().rss

    def return_after_growth(self) -> None:
        """Collect all garbage and return free memory if the process has grown since the last time.

        Collections of the oldest generation are rare (`reduce_gc_frequency`), so that cyclic garbage of large requests
        would stay for hours. A collection takes about 0.2 s, in which no request is answered. While garbage collection
        is paused for a load it would take seconds: then the next call does it.
        """
        shrink_caches()
        if gc.isenabled() and self._process.memory_info().rss > self._level + GROWTH_BYTES:
            return_free_memory()
            self._level = self._process.memory_info().rss


def return_free_memory() -> None:
    """Empty the large caches, collect garbage, and return free memory to the system.

    The C library keeps freed memory where it is glibc.
    """
    empty_caches()
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
