"""The protocol by which long work reports its progress, and the default that ignores it."""

from dataclasses import dataclass, field
from typing import Protocol


class Progress(Protocol):
    """Receives the progress of long work. Its methods are called often and must return quickly."""

    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Report that `done` of `total` items of a stage are done. A `total` of 0 means that it is unknown."""

    def waiting(self, message: str) -> None:
        """Report in one sentence what the work waits for, or which lengthy step begins."""


class _Silent:
    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Ignore the report."""

    def waiting(self, message: str) -> None:
        """Ignore the message."""


SILENT: Progress = _Silent()
"""Ignores everything: the default where a caller does not show progress."""


@dataclass(slots=True)
class Stage:
    """One stage of the work: adds up its finished items and reports each new sum."""

    progress: Progress
    name: str
    total: int
    done: int = field(default=0, init=False)

    def advance(self, number: int = 1) -> None:
        """Report that `number` more items are done."""
        self.done += number
        self.progress.report(self.name, self.done, self.total)
