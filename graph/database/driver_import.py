"""Adapts the driver: imports it without NumPy, and sends reads to the leader of a cluster.

Importing this module before the driver saves a command 0.2 s.
The driver imports NumPy if it is installed, to accept arrays as parameters. Tertius passes none. Only the route index
of a service uses NumPy (graph/introductions/index).
"""

import sys
from importlib import import_module
from typing import Any

_NUMPY = "numpy"

if _NUMPY not in sys.modules:
    sys.modules[_NUMPY] = None  # type: ignore[assignment] # Python then raises ImportError for the module
    try:
        import_module("neo4j")
    finally:
        del sys.modules[_NUMPY]

_AS_FOR_WRITES = {"access_mode": "WRITE"}


def read_at_leader(driver: Any) -> None:
    """Make a driver choose the leader for reads too (docs/decisions/0036-reads-from-the-leader.md).

    The server still gets them as reads. A session has one access mode for the choice and for the message.
    """
    pool = driver._pool  # noqa: SLF001
    if pool.is_direct_pool:
        return
    acquire = pool.acquire

    async def acquire_from_leader(**options: Any) -> Any:
        return await acquire(**options | _AS_FOR_WRITES)

    pool.acquire = acquire_from_leader
