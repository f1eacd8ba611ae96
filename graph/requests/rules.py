"""What an operator sets for introduction requests."""

from dataclasses import dataclass

from graph.days import MILLISECONDS_PER_DAY

MONTH_MS = 30 * MILLISECONDS_PER_DAY
"""Milliseconds for which a sent request counts against the caps of its introducer."""


@dataclass(frozen=True, slots=True)
class RequestRules:
    """The settings TERTIUS_REQUESTS__…

    A request expires after `expiry_days`; the party who must act is reminded `reminder_days` before. An introducer who
    chose no caps receives at most `monthly_cap` requests in 30 days, and `monthly_cap_per_asker` from one asker.
    """

    expiry_days: int = 7
    reminder_days: int = 2
    monthly_cap: int = 6
    monthly_cap_per_asker: int = 2


DEFAULT_RULES = RequestRules()
