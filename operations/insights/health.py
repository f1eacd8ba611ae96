"""The use case "how healthy is my network?". Every figure is the viewer's own."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from graph.database.client import Graph
from graph.insights.educations import VisibleEducation, educations_at_schools, read_educations
from graph.insights.health import (
    ConnectionClass,
    NetworkHealth,
    QuarterHealth,
    classify,
    count_classes,
    health_on,
    network_health,
    quarter_ends,
)
from graph.insights.listed_people import ListedPerson
from graph.insights.measures.invitations import read_invitations
from graph.insights.measures.origins import Backgrounds, connection_origins, invitation_acceptance
from graph.insights.measures.reach import Reach, read_reach
from graph.insights.measures.strength_bounds import find_possibly_strong
from graph.insights.tags import people_by_tag
from graph.lookup.company_jobs import VisibleJob, jobs_at_companies, read_jobs
from graph.ties.past import read_past
from graph.viewer import Viewer
from operations.insights.connections import find_tagged_people, list_connections_of_viewer
from operations.session import Session


async def assess_network(session: Session, people: Sequence[ListedPerson], *, tag: str | None = None) -> NetworkHealth:
    """Return the health of the viewer's network as of its day.

    `people` are the viewer's connections, with `tag` those with a tag of this name. Raises InvalidTag.
    """
    graph, viewer = session.graph, session.viewer
    among = await find_tagged_people(session, tag)
    invitations, backgrounds, tags = await asyncio.gather(
        read_invitations(graph, viewer),
        _read_backgrounds(graph, viewer),
        people_by_tag(graph, viewer),
    )
    if among is not None:
        invitations = tuple(one for one in invitations if one.person_id in among)
    titles = {source.id: source.title for source in session.state.stored_sources}

    def assess() -> NetworkHealth:
        origins = connection_origins(people, invitations, backgrounds)
        acceptance = invitation_acceptance(people, invitations)
        return network_health(people, titles, as_of=viewer.as_of, origins=origins, acceptance=acceptance, tags=tags)

    # in a thread: it takes a fifth of a second for 30,000 people
    return await asyncio.to_thread(assess)


async def _read_backgrounds(graph: Graph, viewer: Viewer) -> Backgrounds:
    """Return where the viewer worked and studied, and who else did so there."""
    me = viewer.person_id or ""
    own_jobs, own_educations = await asyncio.gather(read_jobs(graph, viewer, [me]), read_educations(graph, viewer, me))
    found_jobs, found_educations = await asyncio.gather(
        jobs_at_companies(graph, viewer, sorted({job.key for job in own_jobs})),
        educations_at_schools(graph, viewer, sorted({one.school_key for one in own_educations})),
    )
    jobs: dict[str, list[VisibleJob]] = defaultdict(list)
    for job in found_jobs:
        jobs[job.person_id].append(job)
    educations: dict[str, list[VisibleEducation]] = defaultdict(list)
    for one in found_educations:
        educations[one.person_id].append(one)
    return Backgrounds(own_jobs, jobs, own_educations, educations)


async def assess_reach(session: Session, *, tag: str | None = None) -> Reach:
    """Return whom the viewer can reach with up to three introducers, and who knows the viewer.

    With `tag` only people with a tag of this name; the introducers need no tag. Raises InvalidTag.
    """
    among = await find_tagged_people(session, tag)
    reach = await read_reach(session.graph, session.viewer, min_score=session.min_route_score)
    return reach.among(among)


async def assess_quarters(session: Session, people: Sequence[ListedPerson]) -> tuple[QuarterHealth, ...]:
    """Return the classes of the viewer's connections at the ends of the last quarters and today, oldest first."""
    me, least = session.viewer.person_id or "", ConnectionClass.STRONG.rule.thresholds["strength"]
    ends = quarter_ends(session.viewer.as_of)
    mutual = [one for one in people if one.outwards.days and one.inwards.days]
    strong = await find_possibly_strong(session.graph, session.state, mutual, ends, least=least)
    pairs = [(id, me) for id in sorted(strong)]
    past = await read_past(session.graph, session.state, session.viewer.member, pairs)

    def strengths_on(person: str, day: int) -> tuple[float | None, float | None]:
        there = past.tie_strength(person, me, on=day) if person in strong else None
        if there is None or there < least:
            return there, None  # the other cannot change the class
        return there, past.tie_strength(me, person, on=day)

    def quarters() -> tuple[QuarterHealth, ...]:
        earlier = (health_on(people, day, strengths_on) for day in ends)
        # today the classes are those of the other figures, which count labels of strengths too
        return (*earlier, QuarterHealth(session.viewer.as_of, count_classes(map(classify, people))))

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
