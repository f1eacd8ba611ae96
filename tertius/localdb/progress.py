"""What long work says of itself, for whoever wants to show it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A sentence, and how far the work is: bytes where something is downloaded.

    `total` is 0 where nobody can tell.
    """

    says: str
    done: int = 0
    total: int = 0


Report = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """The report of those who do not want to know."""
