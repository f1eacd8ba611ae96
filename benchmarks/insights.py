"""Measures the reports about the network of a member with very many connections and interactions."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta

from benchmarks.figures import Figure, spread, timed
from benchmarks.loading import NEWEST, OWNER, TODAY
from benchmarks.refusals import connections
from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage, set_goal
from graph.insights.planning.assignment import assign_targets
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.records import Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record
from operations.insights.connections import list_connections_of_viewer
from operations.insights.goals import assess_goal
from operations.insights.health import assess_network, assess_quarters, assess_reach
from operations.insights.nurture import suggest_contacts
from operations.insights.reciprocity import list_reciprocity
from operations.session import Session

Report = Callable[[Session], Awaitable[object]]
MESSAGES_EACH = 30
"""Messages with each connection who is in contact. A tenth of these connections never answers."""
DAYS = 1_500


def correspondence(listed: int, interactions: int) -> Iterator[Record]:
    """Messages with the first connections over four years, with a third person in copy of some."""
    rng = random.Random(7)
    yield Owner(OWNER)
    in_contact = max(1, min(listed, interactions // MESSAGES_EACH))
    for number in range(in_contact):
        person = _connection(number)
        for turn in range(MESSAGES_EACH):
            at = NEWEST - timedelta(days=rng.randrange(DAYS), minutes=turn)
            is_outward = number % 10 == 0 or turn % 2 == 0
            copied = (_connection(rng.randrange(listed)),) if turn == 1 and number % 10 else ()
            by, to = (OWNER, (person,)) if is_outward else (person, (OWNER, *copied))
            yield Interaction(by, to, at, Channel.MAIL, f"i{number}.{turn}")


def _connection(number: int) -> PersonMention:
    return PersonMention((Handle(HandleKind.EMAIL, f"c{number}@work{number // 10}.example"),))


async def read_quarters(session: Session) -> object:
    """Read the connections and their classes at the ends of the last quarters."""
    return await assess_quarters(session, await list_connections_of_viewer(session))


async def read_health(session: Session) -> object:
    """Read the connections and assess the network."""
    return await assess_network(session, await list_connections_of_viewer(session))


async def assign_introductions(_: Session) -> object:
    """Assign 200 targets to 40 introducers, any of whom could introduce to each; this reads no database."""
    rng = random.Random(1)
    scores = {(f"t{target}", f"i{one}"): rng.random() for target in range(200) for one in range(40)}
    return await asyncio.to_thread(assign_targets, scores, {f"i{one}": 3 for one in range(40)})


REPORTS: dict[str, Report] = {
    "connections with their contact": list_connections_of_viewer,
    "network health": read_health,
    "network health by quarter": read_quarters,
    "reach with up to three introducers": assess_reach,
    "network goal": assess_goal,
    "suggestions of whom to contact": suggest_contacts,
    "balance of goodwill": list_reciprocity,
    "assignment of 200 targets to 40 introducers": assign_introductions,
}
"""Each report about the viewer's network by its name in the table."""


async def insights(
    graph: Graph, network: str, return_1: float, *, listed: int, interactions: int, requests: int
) -> AsyncIterator[Figure]:
    """Measure each report on a network with so many listed people and interactions."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    exports = (("mailbox", correspondence(listed, interactions)), ("linkedin", connections(listed, listed // 3)))
    for kind, records in exports:
        await load_records(
            graph, home, member, kind=kind, records=records, today=TODAY, stated_owner="ana@home.example"
        )
    state = await read_state(graph, home)
    session = Session(graph, state, build_viewer(state, member))
    goal = Goal(GoalPurpose.SALES, GoalStage.STARTING, ("Large Works",), ("engineer",), ("works",))
    await set_goal(graph, session.viewer, goal)
    for name, report in REPORTS.items():
        await report(session)
        durations = await timed(report, [session] * requests)
        yield spread(f"{name}, {listed:,} listed, {interactions:,} interactions", durations, return_1)
