"""Request limits."""

from dataclasses import dataclass
from enum import StrEnum

import strawberry

from graph import answers
from graph.networks.members import LeavingPolicy
from graph.networks.permissions import Role


@strawberry.enum(description="Where routes may start: at whoever asks; at any colleague who shares a source, too.")
class Start(StrEnum):
    ME = "me"
    TEAM = "team"


strawberry.enum(answers.Reason, description="Why the one failing link of the nearest miss fails.")


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator sets: the seconds of a search for routes, the points of a request and of a member's hour."""

    search_seconds: float
    points_per_request: int
    points_per_hour: int


BODY = 100_000
"""Bytes of a request."""

LONG = 200
"""Characters of a name at most."""
LONGEST = 366
"""Days that an invitation or a token may last."""

strawberry.enum(
    Role,
    description="What a member is: an owner; an admin, who invites and removes all but owners; a member, who brings "
    "sources and asks; an asker, who asks and brings nothing.",
)
strawberry.enum(
    LeavingPolicy,
    description="What becomes of the shared sources of somebody who leaves: they go away too, or are kept.",
)
