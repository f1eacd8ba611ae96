"""A Progress that records its calls."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class RecordedProgress:
    """`reports` has (stage, done, total), `messages` the texts of `waiting`, both in order."""

    reports: list[tuple[str, int, int]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Record a report."""
        self.reports.append((stage, done, total))

    def waiting(self, message: str) -> None:
        """Record a message."""
        self.messages.append(message)
