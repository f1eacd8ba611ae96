"""Resolves the person whom an argument names."""

from graph.answers import AmbiguousTarget, UnknownTarget
from graph.errors import InvalidStatement
from graph.lookup.resolve import Target, find
from tertius.session import OpenNetwork


async def resolve_person(network: OpenNetwork, text: str) -> str:
    """The id of a person; `me` is the viewer. Raises InvalidStatement unless the text matches one person."""
    viewer = network.viewer
    if text.casefold() in ("me", "i") and viewer.person_id:
        return viewer.person_id
    found = await find(network.graph, viewer, text)
    if isinstance(found, Target):
        return found.person.id
    raise InvalidStatement(no_single_person(text, found))


def no_single_person(text: str, found: AmbiguousTarget | UnknownTarget) -> str:
    """Why the text of an argument names no single person."""
    if isinstance(found, AmbiguousTarget):
        return f"Several people match “{text}”. Name an e-mail address, a profile or an id; `tertius people` shows ids."
    return f"“{text}” matches no person. {found.message}"
