"""A session: what every use case needs to answer one member."""

from dataclasses import dataclass

from graph.answers import MIN_SCORE
from graph.database.client import Graph
from graph.networks.state import NetworkState
from graph.requests.transitions import DEFAULT_EXPIRY_DAYS
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Session:
    """A member's view of a network at one moment.

    `viewer` is built from `state`. A search for routes stops after `search_seconds`; None for no limit. Answers list
    no route with a score below `min_route_score`. Introduction requests expire after `request_expiry_days`.
    """

    graph: Graph
    state: NetworkState
    viewer: Viewer
    search_seconds: float | None = None
    min_route_score: float = MIN_SCORE
    request_expiry_days: int = DEFAULT_EXPIRY_DAYS
