"""The preferences of the viewer as introducer."""

from collections.abc import Sequence
from dataclasses import replace

from graph.errors import InvalidIntroductionRequest
from graph.lookup.identities import list_identities
from graph.lookup.resolve import PersonReference, ResolvedTarget, resolve_reference
from graph.requests.protection import IntroducerPreferences, read_preferences, set_preferences
from operations.session import Session


async def choose_preferences(
    session: Session, preferences: IntroducerPreferences, no_go: Sequence[PersonReference]
) -> IntroducerPreferences:
    """Replace the viewer's preferences. `no_go` are the people for whom the viewer makes no introductions.

    Returns what is stored. Raises InvalidIntroductionRequest.
    """
    graph, viewer = session.graph, session.viewer
    people: list[str] = []
    for reference in no_go:
        resolution = await resolve_reference(graph, viewer, reference)
        if not isinstance(resolution, ResolvedTarget):
            raise InvalidIntroductionRequest(
                "An entry of the no-go list names no single person in your sources. Use an address, a profile URL or "
                "an id."
            )
        people += resolution.ids
    identities = await list_identities(graph, viewer, people)
    keys = tuple(sorted(identity.key for each in identities.values() for identity in each))
    await set_preferences(graph, viewer, replace(preferences, no_go_keys=keys))
    return await read_preferences(graph, viewer)
