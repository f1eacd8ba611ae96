"""Lists ties of the viewer that will weaken or end without contact.

The assumed silence starts on the network's day and is covered by all sources. Earlier days that no source covers do
not count as silence.
"""

import asyncio
from dataclasses import dataclass

import cypher
from graph.answers import Step
from graph.database.client import Graph
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState
from graph.records import Channel
from graph.strength.model import WEAK
from graph.ties.evidence import read_evidence
from graph.ties.past import Past, past
from graph.viewer import Viewer

KNOWS = cypher.load("insights/list_people_who_know_viewer")

MAX_DAYS_AHEAD = 365
"""Maximum number of days to look ahead."""


@dataclass(frozen=True, slots=True)
class Fading:
    """A fading tie: `on` is the first day on which it is weak, or ends if `cold`.

    `after` is the strength of today if the viewer had asked something and the person had answered.
    """

    tie: Step
    on: int
    cold: bool
    after: float


async def list_fading_ties(graph: Graph, state: NetworkState, viewer: Viewer, *, within: int) -> tuple[Fading, ...]:
    """Return ties to the viewer that weaken or end within so many days: earliest first, then strongest first.

    A tie that is weak already is listed only if it ends.
    """
    me = viewer.person_id
    if me is None:
        return ()
    known = await graph.run(KNOWS, network=viewer.network, viewer_id=me, audiences=viewer.audiences)
    pairs = [(row["id"], me) for row in known]
    found = await past(graph, state, viewer.member, pairs, without=me)
    turning = await asyncio.to_thread(_turning, found, pairs, viewer.as_of, within)  # a second, for a hub's thousands
    asked = [pair for pair, *_ in turning]
    seen, named = (
        await read_evidence(graph, viewer, asked),
        await read_profiles(graph, viewer, [me, *(by for by, _ in asked)]),
    )
    told = [
        Fading(
            tie=Step(
                from_person=named[by],
                to_person=named[me],
                strength=odds,
                outbound=seen[by, me],
                inbound=seen[me, by],
            ),
            on=on,
            cold=cold,
            after=found.supposing(by, me, Channel.MAIL, on=viewer.as_of, answering=True).odds(by, me, on=viewer.as_of),
        )
        for (by, _), odds, on, cold in turning
    ]
    return tuple(
        sorted(told, key=lambda one: (one.on, -one.tie.strength, one.tie.from_person.name, one.tie.from_person.id))
    )


def _turning(
    found: Past, pairs: list[tuple[str, str]], today: int, within: int
) -> list[tuple[tuple[str, str], float, int, bool]]:
    return [(pair, *then) for pair in pairs if (then := turn(found, pair, today, within))]


def turn(found: Past, pair: tuple[str, str], today: int, within: int) -> tuple[float, int, bool] | None:
    """Return the strength of today, the first day on which the tie is weak or ends, and whether it ends.

    A strength can rise in silence, so the search bisects the days and skips a half for which a lower bound excludes any
    weakening.
    """
    tie = found.tie(*pair, on=today)
    if tie is None:
        return None
    least = WEAK if tie.strength >= WEAK else 0.0

    def first(days: range) -> tuple[int, bool] | None:
        idle = days[-1]
        if len(days) == 1:
            then = found.tie(*pair, on=today + idle, idle=idle)
            return (idle, then is None) if then is None or then.strength < least else None
        outlasts = found.least(*pair, on=today + idle, idle=idle, since=days[0])
        if outlasts is not None and outlasts >= least:
            return None
        half = len(days) // 2
        return first(days[:half]) or first(days[half:])

    turned = first(range(1, within + 1))
    return turned and (tie.strength, today + turned[0], turned[1])
