"""Resolves the person whom an argument names."""

from collections.abc import Sequence

from graph.answers import AmbiguousTarget, Person, UnknownTarget
from graph.errors import InvalidStatement
from graph.lookup.index import Lookups
from graph.lookup.resolve import (
    NO_NAME_MESSAGE,
    YOURSELF_MESSAGE,
    ResolvedTarget,
    ids_of_exact_match,
    resolve_reference,
)
from graph.names.keys import clean_text
from presentation.sentences import did_you_mean
from tertius.session import OpenNetwork


async def resolve_person(network: OpenNetwork, text: str, *, accepts_mailbox: bool = False) -> str:
    """The id of a person; `me` is the viewer. Raises InvalidStatement unless the text matches one person.

    With `accepts_mailbox` an address or id may be that of a shared mailbox.
    """
    viewer = network.viewer
    found = await resolve_reference(network.graph, viewer, text)
    if isinstance(found, ResolvedTarget):
        return found.person.id
    if isinstance(found, UnknownTarget) and found.message == YOURSELF_MESSAGE and viewer.person_id:
        return viewer.person_id
    if accepts_mailbox and (exact := await ids_of_exact_match(Lookups(network.graph, viewer), clean_text(text))):
        return exact[0]
    raise InvalidStatement(no_single_person(text, found))


def no_single_person(text: str, found: AmbiguousTarget | UnknownTarget) -> str:
    """Why the text of an argument names no single person, and who has a similar name."""
    if isinstance(found, AmbiguousTarget):
        return several_people(text)
    return nobody(text, found.message, found.similar_people)


def several_people(text: str) -> str:
    """Say that the text of an argument matches several people."""
    return f"Several people match “{text}”. Name an e-mail address, a profile or an id; `tertius people` shows ids."


def nobody(text: str, message: str, similar: Sequence[Person]) -> str:
    """Say that the text of an argument matches nobody, and who has a similar name or else why."""
    suggestion = did_you_mean(similar) if message == NO_NAME_MESSAGE else message
    return f"No person matches “{text}”. {suggestion}".rstrip()
