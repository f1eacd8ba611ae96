"""The people whom the viewer's own sources list, as every report about the viewer's network reads them."""

from graph.insights.listed_people import ListedPerson, read_listed_people
from graph.insights.tags import find_tag
from operations.session import Session


async def list_connections_of_viewer(session: Session, *, tag: str | None = None) -> tuple[ListedPerson, ...]:
    """Return the people whom the viewer's own sources list today, by name, without those whom the viewer archived.

    With `tag` only those with a tag of this name. Raises InvalidTag.
    """
    tagged = await find_tagged_people(session, tag)
    listed = await read_listed_people(session.graph, session.state, session.viewer)
    return listed if tagged is None else tuple(one for one in listed if one.person.id in tagged)


async def find_tagged_people(session: Session, tag: str | None) -> frozenset[str] | None:
    """Return the ids of the people with a tag of this name; None, which limits nothing, without a name.

    Raises InvalidTag. Find the tag before anything else is read: other reads would continue after the error.
    """
    return None if tag is None else (await find_tag(session.graph, session.viewer, tag)).people
