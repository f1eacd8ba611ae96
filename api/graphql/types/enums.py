"""Enums."""

from collections.abc import Iterable
from enum import StrEnum

import strawberry

from graph.networks.permissions import Scope

MOST = 20
"""People to ask in one answer at most."""
DEEPEST = 3


@strawberry.enum(
    description="What can be said of a tie: that they know them, know them well, or met once; that they are out of "
    "touch, so that nothing up to that day counts; that no route is to lead over the two."
)
class Says(StrEnum):
    KNOWS = "knows"
    WELL = "knows_well"
    MET = "met"
    OUT_OF_TOUCH = "out_of_touch"
    NOT_A_ROUTE = "do_not_route"


def ordered(scopes: Iterable[Scope]) -> list[Scope]:
    """READ, WRITE, ADMIN."""
    return sorted(scopes, key=list(Scope).index)
