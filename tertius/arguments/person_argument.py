"""Resolves the person whom an argument names."""

from graph.answers import YOURSELF_MESSAGE, UnknownTarget
from graph.errors import InvalidStatement
from graph.lookup.index import Lookups
from graph.lookup.resolve import ResolvedTarget, ids_of_exact_match, resolve_reference
from graph.names.keys import clean_text
from tertius.arguments.no_single_person import no_single_person
from tertius.session import OpenNetwork


async def resolve_person(network: OpenNetwork, text: str, *, accepts_mailbox: bool = False) -> str:
    """The id of a person; `me` is the viewer. Raises InvalidStatement unless the text matches one person.

    With `accepts_mailbox` an address or id may be that of a shared mailbox.
    """
    viewer = network.viewer
    resolution = await resolve_reference(network.graph, viewer, text)
    if isinstance(resolution, ResolvedTarget):
        return resolution.person.id
    if isinstance(resolution, UnknownTarget) and resolution.message == YOURSELF_MESSAGE and viewer.person_id:
        return viewer.person_id
    if accepts_mailbox and (exact := await ids_of_exact_match(Lookups(network.graph, viewer), clean_text(text))):
        return exact[0]
    raise InvalidStatement(no_single_person(text, resolution))
