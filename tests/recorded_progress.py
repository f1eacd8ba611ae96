"""A Progress that keeps everything it receives."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class RecordedProgress:
    """`reports` holds (stage, done, total), `messages` what was waited for, each in order."""

    reports: list[tuple[str, int, int]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Keep a report."""
        self.reports.append((stage, done, total))

    def waiting(self, message: str) -> None:
        """Keep a message."""
        self.messages.append(message)
