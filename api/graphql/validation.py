"""Checks of argument values."""

import strawberry

from api.graphql.invalid_argument import InvalidArgument
from api.request_limits import MAX_NAME_LENGTH, MAX_VALID_DAYS
from graph.names.keys import clean_text
from graph.networks.permissions import Scope

DAYS = f"The number of days until it expires, 1 to {MAX_VALID_DAYS}."


def checked_name(name: str) -> str:
    """The name without invisible characters. Raises InvalidArgument."""
    if len(name) > MAX_NAME_LENGTH or not (visible_name := clean_text(name)):
        raise InvalidArgument(f"A name has 1 to {MAX_NAME_LENGTH} visible characters.")
    return visible_name


def checked_days(days: int) -> int:
    """The number of days, checked. Raises InvalidArgument."""
    if not 0 < days <= MAX_VALID_DAYS:
        raise InvalidArgument(f"`expiresInDays` is 1 to {MAX_VALID_DAYS}.")
    return days


TOKEN_DAYS = 90
"""Days until a token expires by default."""

strawberry.enum(
    Scope,
    description="What a token allows. READ: ask. WRITE: load, state, decide, share, and handle data subjects. ADMIN: "
    "members, tokens, privacy settings, erasure, audit log. docs/api.md lists each field.",
)
