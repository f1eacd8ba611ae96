"""Tags people whom references mean."""

from collections.abc import Sequence

from graph.errors import InvalidTag
from graph.insights.tags import Tag, list_tags, tag_people, untag_people
from graph.lookup.resolve import PersonReference, ResolvedTarget, resolve_reference
from operations.session import Session

NO_SINGLE_PERSON = "A reference names no single person. Use an e-mail address, a profile URL or an id."


async def change_tagged_people(
    session: Session,
    name: str,
    people: Sequence[PersonReference],
    *,
    tagged: bool = True,
    is_shared: bool | None = None,
) -> Tag | None:
    """Tag people with a tag of the viewer, or remove it from them, and change whether it is shared unless that is None.

    Returns the tag, None if it was deleted meanwhile. A tag that does not exist is created. Raises InvalidTag if a
    reference names no single person.
    """
    graph, viewer = session.graph, session.viewer
    ids: list[str] = []
    for reference in people:
        resolved = await resolve_reference(graph, viewer, reference)
        if not isinstance(resolved, ResolvedTarget):
            raise InvalidTag(NO_SINGLE_PERSON)
        # the other people of `ids` are the same one by private rows of the viewer, which a shared tag would reveal
        ids += [resolved.person.id] if tagged else resolved.ids
    change = tag_people if tagged else untag_people
    id = await change(graph, viewer, name, ids, is_shared=is_shared)
    return next((tag for tag in await list_tags(graph, viewer) if tag.id == id), None)
