"""The use case "how healthy is my network?". Every figure is the viewer's own."""

import asyncio
from collections.abc import Sequence

from graph.insights.health import (
    ConnectionClass,
    NetworkHealth,
    QuarterHealth,
    classify,
    health_on,
    network_health,
    quarter_ends,
)
from graph.insights.listed_people import ListedPerson
from graph.ties.past import read_past
from operations.insights.connections import list_connections_of_viewer
from operations.session import Session


async def assess_network(session: Session, *, tag: str | None = None) -> NetworkHealth:
    """Return the health of the viewer's network, or of the people with a tag, as of the network's day.

    Raises InvalidTag.
    """
    people = await list_connections_of_viewer(session, tag=tag)
    titles = {source.id: source.title for source in session.state.stored_sources}
    # in a thread: it takes a fifth of a second for 30,000 people
    return await asyncio.to_thread(network_health, people, titles, as_of=session.viewer.as_of)


async def assess_quarters(session: Session) -> tuple[QuarterHealth, ...]:
    """Return the classes as of the ends of the last quarters and as of today, oldest first."""
    people = await list_connections_of_viewer(session)
    me = session.viewer.person_id or ""
    mutual = [(one.person.id, me) for one in people if one.outwards.days and one.inwards.days]
    past = await read_past(session.graph, session.state, session.viewer.member, mutual)

    def strengths_on(person: str, day: int) -> tuple[float | None, float | None]:
        there = past.tie(person, me, on=day, unroutable=True)
        back = past.tie(me, person, on=day, unroutable=True)
        return (None if there is None else there.strength), (None if back is None else back.strength)

    def quarters() -> tuple[QuarterHealth, ...]:
        days = [*quarter_ends(session.viewer.as_of), session.viewer.as_of]
        return tuple(health_on(people, day, strengths_on) for day in days)

    # in a thread: strengths of thousands of ties on several days take seconds
    return await asyncio.to_thread(quarters)


async def list_classified_connections(
    session: Session, only: ConnectionClass | None = None, *, tag: str | None = None
) -> Sequence[tuple[ListedPerson, ConnectionClass]]:
    """Return the viewer's connections with their classes, by name; with `only` those of one class.

    With `tag` only those with a tag of this name. Raises InvalidTag.
    """
    people = await list_connections_of_viewer(session, tag=tag)
    classified = [(one, classify(one)) for one in people]
    return [(one, known) for one, known in classified if only in (None, known)]
