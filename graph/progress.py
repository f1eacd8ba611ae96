"""Progress"""

from collections.abc import Callable

Say = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0: unknown)."""


def silent(what: str, done: int, total: int) -> None:
    """Says nothing."""
