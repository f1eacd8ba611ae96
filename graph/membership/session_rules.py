"""The times after which sessions of browsers end. Settings import this module, so it imports no other."""

from dataclasses import dataclass, replace
from typing import Self

_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class SessionRules:
    """The end of a session: after `idle_hours` without a request, and after `max_hours` in any case."""

    idle_hours: float = 24
    max_hours: float = 168

    @property
    def idle_ms(self) -> int:
        """The idle expiry in milliseconds."""
        return round(self.idle_hours * _HOUR_MS)

    @property
    def lifetime_ms(self) -> int:
        """The absolute expiry in milliseconds."""
        return round(self.max_hours * _HOUR_MS)

    def at_most(self, hours: float) -> Self:
        """The same rules, with an absolute expiry of this many hours at most."""
        return replace(self, max_hours=min(self.max_hours, hours))


DEFAULT_SESSION_RULES = SessionRules()
