"""The use case "does my network serve my goal?"."""

import asyncio

from graph.insights.listed_people import list_connection_ids
from graph.insights.measures.goal_progress import GoalProgress, goal_progress
from graph.insights.measures.goals import read_goal
from graph.lookup.profiles import read_profiles
from operations.insights.connections import find_tagged_people
from operations.insights.health import assess_reach
from operations.session import Session


async def assess_goal(session: Session, *, tag: str | None = None) -> GoalProgress | None:
    """Return the viewer's goal beside what is measured; None if the viewer has no goal.

    With `tag` only people with a tag of this name are counted; the introducers need no tag. Raises InvalidTag.
    """
    among = await find_tagged_people(session, tag)
    goal = await read_goal(session.graph, session.viewer)
    if goal is None:
        return None
    connections = await list_connection_ids(session.graph, session.viewer)
    reach = await assess_reach(session)
    if among is not None:
        connections, reach = connections & among, reach.among(among)
    introducers = {one.first_introducer for one in reach.reached.values()}
    people = await read_profiles(session.graph, session.viewer, {*reach.known, *reach.reached, *introducers})
    # in a thread: names are compared for everybody who can be reached
    return await asyncio.to_thread(
        goal_progress,
        goal,
        connections,
        reach,
        people,
        with_numbers=not session.viewer.strength_only_sources,
    )
