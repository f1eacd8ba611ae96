"""Request limits."""

from dataclasses import dataclass
from enum import StrEnum

import strawberry

from graph import answers
from graph.networks.members import LeavingPolicy
from graph.networks.permissions import Role


@strawberry.enum(description="Where routes may start. ME: at the viewer. TEAM: also at colleagues who share a source.")
class Start(StrEnum):
    ME = "me"
    TEAM = "team"


strawberry.enum(answers.Reason, description="Why the pair at which the nearest miss fails does not count as a tie.")


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
MAX_VALID_DAYS = 366
"""Maximum number of days for which an invitation or a token is valid."""

strawberry.enum(
    Role,
    description="The role of a member. OWNER: may do everything. ADMIN: invites and removes all but owners. MEMBER: "
    "loads sources and asks. ASKER: asks.",
)
strawberry.enum(
    LeavingPolicy,
    name="LeavingPolicy",
    description="What happens to the shared sources of members who leave. REMOVE: they are removed. KEEP: they stay.",
)
