"""The use case "what does my network look like?"."""

from graph.insights.measures.network_map import NetworkMap, read_network_map
from operations.insights.connections import find_tagged_people
from operations.insights.health import assess_reach
from operations.session import Session


async def draw_network_map(session: Session, *, tag: str | None = None) -> NetworkMap:
    """Return the people around the viewer and the ties between them, with `tag` only people with a tag of this name.

    The counts of a person are those of all people. Raises InvalidTag.
    """
    among = await find_tagged_people(session, tag)
    return await read_network_map(session.graph, session.viewer, await assess_reach(session), among=among)
