"""Checks of argument values."""

import strawberry

from api.graphql.bad_argument import Unfit
from api.request_limits import LONG, MAX_VALID_DAYS
from graph.names.keys import clean_text
from graph.networks.permissions import Scope

DAYS = f"The number of days until it expires, 1 to {MAX_VALID_DAYS}."


def spelt(name: str) -> str:
    """The name without invisible characters. Raises Unfit."""
    if len(name) > LONG or not (shown := clean_text(name)):
        raise Unfit(f"A name has 1 to {LONG} visible characters.")
    return shown


def lasting(days: int) -> int:
    """The number of days, checked. Raises Unfit."""
    if not 0 < days <= MAX_VALID_DAYS:
        raise Unfit(f"`expiresInDays` is 1 to {MAX_VALID_DAYS}.")
    return days


LASTS = 90
"""Days until a token expires by default."""

strawberry.enum(
    Scope,
    description="What a token allows. READ: queries. WRITE: loads and decisions. ADMIN: members and tokens.",
)
