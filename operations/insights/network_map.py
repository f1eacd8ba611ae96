"""The use case "what does my network look like?"."""

from graph.insights.measures.network_map import NetworkMap, read_network_map
from operations.insights.health import assess_reach
from operations.session import Session


async def draw_network_map(session: Session) -> NetworkMap:
    """Return the people around the viewer and the ties between them."""
    return await read_network_map(session.graph, session.viewer, await assess_reach(session))
