"""The people whom the viewer's own sources list, as every report about the viewer's network reads them."""

from graph.insights.listed_people import ListedPerson, read_listed_people
from operations.session import Session


async def list_connections_of_viewer(session: Session) -> tuple[ListedPerson, ...]:
    """Return the people whom the viewer's own sources list today, by name, without those whom the viewer archived."""
    return await read_listed_people(session.graph, session.state, session.viewer)
