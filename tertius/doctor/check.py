"""The result of one check."""

from dataclasses import dataclass
from enum import StrEnum


class CheckStatus(StrEnum):
    """OK: nothing to do. WARNING: Tertius works, but something needs attention. ERROR: Tertius does not work fully."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check. `message` says what was found and, unless the status is OK, what to do."""

    name: str
    status: CheckStatus
    message: str

    @property
    def ok(self) -> bool:
        return self.status is CheckStatus.OK


def ok(name: str, message: str) -> Check:
    """Return a check that found nothing to do."""
    return Check(name, CheckStatus.OK, message)


def warning(name: str, message: str) -> Check:
    """Return a check that found something that needs attention."""
    return Check(name, CheckStatus.WARNING, message)


def error(name: str, message: str) -> Check:
    """Return a check that found something that keeps Tertius from working fully."""
    return Check(name, CheckStatus.ERROR, message)
