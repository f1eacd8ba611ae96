"""Limits of requests, and enums of requests that several surfaces use."""

from dataclasses import dataclass
from enum import StrEnum

import strawberry

from graph import answers
from graph.answers import MIN_SCORE
from graph.database.client import Graph
from graph.networks.members import LeavingPolicy
from graph.networks.permissions import Role
from graph.networks.state import NetworkState
from graph.requests.states import DEFAULT_RULES, RequestRules
from graph.viewer import Viewer
from operations.session import Session


@strawberry.enum(description="Where routes may start. ME: at the viewer. TEAM: also at colleagues who share a source.")
class Start(StrEnum):
    ME = "me"
    TEAM = "team"


strawberry.enum(
    answers.Reason,
    description="Why there is no route. GONE_COLD: too little recent contact, too few answers, or an OUT_OF_TOUCH "
    "statement. ONE_SIDED: the sources do not show that `fromPerson` knows `toPerson`. ONLY_STRANGERS: no interaction; "
    "connected on a list only. NONE_SEEN: the sources show no chain; `nearestMiss` is null. DO_NOT_ROUTE: the viewer "
    "stated that no route may use the tie. SCORES_TOO_LOW: the score of every route is below the minimum that the "
    "operator sets.",
)


OPEN_REQUESTS = 128
"""Requests that a process answers or that wait for it. More would wait longer than most clients do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that an operator sets.

    They are the seconds of requests, the points of a request and of a hour of a member, the number of open requests of
    a process, the least score of a route, and the rules of introduction requests.
    """

    search_seconds: float
    points_per_request: int
    points_per_hour: int
    request_seconds: float = 5.0
    mutation_seconds: float = 120.0
    target_list_seconds: float = 60.0
    open_requests: int = OPEN_REQUESTS
    min_route_score: float = MIN_SCORE
    request_rules: RequestRules = DEFAULT_RULES

    def session(self, graph: Graph, state: NetworkState, viewer: Viewer) -> Session:
        """The member's view of the network, for use cases within these limits."""
        return Session(graph, state, viewer, self.search_seconds, self.min_route_score, self.request_rules)


MAX_BODY_BYTES = 100_000
"""Maximum size of the body of a request. Uploads and target lists have limits of their own."""
MAX_ROUTES = 20
"""Maximum number of first introducers in an answer."""
MAX_INTRODUCERS = 3
"""Maximum number of introducers on a route."""
MAX_FADING_TIES = 50
"""Maximum number of fading ties in an answer."""
MAX_SLACK_BODY_BYTES = 1_000_000
"""Maximum size of a request of Slack. A form repeats its texts, with nine bytes for each letter beyond ASCII."""
MAX_NAME_LENGTH = 200
"""Maximum number of characters in a name."""
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
