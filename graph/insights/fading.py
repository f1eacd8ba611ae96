"""Lists ties of the viewer that will weaken or end without contact.

The assumed silence starts on the network's day and is covered by all sources. Earlier days that no source covers do
not count as silence.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

import cypher
from graph.answers import Step
from graph.database.client import Graph
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState
from graph.records import Channel
from graph.strength.model import WEAK
from graph.ties.evidence import read_evidence
from graph.ties.past import Past, read_past
from graph.viewer import Viewer

LIST_PEOPLE_WHO_KNOW_VIEWER = cypher.load("insights/list_people_who_know_viewer")

MAX_DAYS_AHEAD = 365
"""Maximum number of days to look ahead."""


@dataclass(frozen=True, slots=True)
class FadingTie:
    """A fading tie: `weakens_on` is the first day on which it is weak, or gone if it `ends`.

    `strength_after_contact` is the strength of today if the viewer had asked something and the person had answered.
    """

    tie: Step
    weakens_on: int
    ends: bool
    strength_after_contact: float


async def list_fading_ties(
    graph: Graph, state: NetworkState, viewer: Viewer, *, within: int, among: Collection[str] | None = None
) -> tuple[FadingTie, ...]:
    """Return ties to the viewer that weaken or end within so many days: earliest first, then strongest first.

    A tie that is weak already is listed only if it ends. A tie that is asleep is not listed. `among` limits the people.
    """
    me = viewer.person_id
    if me is None:
        return ()
    rows = await graph.run(
        LIST_PEOPLE_WHO_KNOW_VIEWER, network=viewer.network, viewer_id=me, audiences=viewer.audiences
    )
    left_out = viewer.archived_people.union(viewer.objectors)
    pairs = [(row["id"], me) for row in rows if row["id"] not in left_out and (among is None or row["id"] in among)]
    ties = await read_past(graph, state, viewer.member, pairs, without=me)
    # in a thread: it takes a second for thousands of ties
    weakenings = await asyncio.to_thread(_weakenings, ties, pairs, viewer.as_of, within)
    weakening_pairs = [pair for pair, *_ in weakenings]
    evidence = await read_evidence(graph, viewer, weakening_pairs)
    persons = await read_profiles(graph, viewer, [me, *(by for by, _ in weakening_pairs)])
    today = viewer.as_of

    def strength_after_contact(by: str) -> float:
        return ties.with_message(by, me, Channel.MAIL, on=today, answering=True).response_probability(by, me, on=today)

    def fading_ties() -> list[FadingTie]:
        return [
            FadingTie(
                tie=Step(
                    from_person=persons[by],
                    to_person=persons[me],
                    strength=strength,
                    outbound=evidence[by, me],
                    inbound=evidence[me, by],
                ),
                weakens_on=on,
                ends=ends,
                strength_after_contact=strength_after_contact(by),
            )
            for (by, _), strength, on, ends in weakenings
        ]

    return tuple(
        sorted(
            await asyncio.to_thread(fading_ties),
            key=lambda each: (each.weakens_on, -each.tie.strength, each.tie.from_person.name, each.tie.from_person.id),
        )
    )


def _weakenings(
    ties: Past, pairs: list[tuple[str, str]], today: int, within: int
) -> list[tuple[tuple[str, str], float, int, bool]]:
    return [(pair, *weakening) for pair in pairs if (weakening := find_weakening(ties, pair, today, within))]


def find_weakening(
    ties: Past, pair: tuple[str, str], today: int, within: int, *, least: float | None = None
) -> tuple[float, int, bool] | None:
    """Return the strength of today, the first day on which the tie weakens or ends, and whether it ends.

    A tie weakens when its strength falls below `least`; by default, when a tie that is not weak becomes weak.

    A strength can rise in silence, so the search bisects the days and skips a half for which a lower bound excludes any
    weakening.
    """
    tie = ties.tie(*pair, on=today)
    if tie is None or tie.is_asleep:
        return None
    least = (WEAK if tie.strength >= WEAK else 0.0) if least is None else least

    def first(days: range) -> tuple[int, bool] | None:
        idle = days[-1]
        if len(days) == 1:
            later = ties.tie(*pair, on=today + idle, idle=idle)
            return (idle, later is None) if later is None or later.strength < least else None
        outlasts = ties.lower_bound(*pair, on=today + idle, idle=idle, since=days[0])
        if outlasts is not None and outlasts >= least:
            return None
        half = len(days) // 2
        return first(days[:half]) or first(days[half:])

    weakening = first(range(1, within + 1))
    return weakening and (tie.strength, today + weakening[0], weakening[1])
