"""Validation."""

from typing import Annotated

import strawberry

from api.graphql.bad_argument import Unfit
from api.request_limits import LONG, LONGEST
from graph.names.keys import clean_text
from graph.networks.permissions import Scope

Days = Annotated[int, strawberry.argument(description=f"Days that it lasts, {LONGEST} at most.")]


def spelt(name: str) -> str:
    """The name, as it is fit to show. Raises Unfit."""
    if len(name) > LONG or not (shown := clean_text(name)):
        raise Unfit(f"A name has {LONG} characters at most, and one to be seen at least.")
    return shown


def lasting(days: int) -> int:
    """The days, where anything may last so many. Raises Unfit."""
    if not 0 < days <= LONGEST:
        raise Unfit(f"It lasts a day at least, and {LONGEST} at most.")
    return days


LASTS = 90
"""Days that a token lasts, unless it is said otherwise."""

strawberry.enum(
    Scope,
    description="What a token is for: READ asks; WRITE loads, states, decides and takes back; ADMIN is for members and "
    "tokens, one's own among them.",
)
