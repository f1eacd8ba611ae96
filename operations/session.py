"""A session: what every use case needs to answer one member."""

from dataclasses import dataclass

from graph.answers import MIN_SCORE
from graph.database.client import Graph
from graph.networks.state import NetworkState
from graph.requests.states import DEFAULT_RULES, RequestRules
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Session:
    """A member's view of a network at one moment.

    `viewer` is built from `state`. A search for routes stops after `search_seconds`; None for no limit. Answers list
    no route with a score below `min_route_score`. `request_rules` are those of introduction requests.
    """

    graph: Graph
    state: NetworkState
    viewer: Viewer
    search_seconds: float | None = None
    min_route_score: float = MIN_SCORE
    request_rules: RequestRules = DEFAULT_RULES
