"""Whom the words of a command mean."""

from graph.answers import AmbiguousTarget
from graph.errors import InvalidStatement
from graph.lookup.resolve import Target, find
from tertius.session import OpenNetwork


async def meant(network: OpenNetwork, text: str) -> str:
    """The id of a person; `me` is whoever asks. Raises InvalidStatement where that is not one person."""
    viewer = network.viewer
    if text.casefold() in ("me", "i") and viewer.person_id:
        return viewer.person_id
    found = await find(network.graph, viewer, text)
    if isinstance(found, Target):
        return found.person.id
    if isinstance(found, AmbiguousTarget):
        raise InvalidStatement(f"Several people are called “{text}”: name an address, a profile or an id.")
    raise InvalidStatement(f"“{text}” is nobody we have seen, or yourself: you are “me”.")
