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
    """The result of one check. `message` has the result and, unless the status is OK, what to do."""

    name: str
    status: CheckStatus
    message: str

    @property
    def ok(self) -> bool:
        return self.status is CheckStatus.OK


def ok(name: str, message: str) -> Check:
    """Return a check without a problem."""
    return Check(name, CheckStatus.OK, message)


def warning(name: str, message: str) -> Check:
    """Return a check with a problem that needs attention."""
    return Check(name, CheckStatus.WARNING, message)


def error(name: str, message: str) -> Check:
    """Return a check with a problem that keeps Tertius from working fully."""
    return Check(name, CheckStatus.ERROR, message)
