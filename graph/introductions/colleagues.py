"""Which of the viewer's colleagues know somebody, and how well."""

import asyncio
from dataclasses import dataclass

import cypher
from graph.answers import Step
from graph.database.client import Graph
from graph.introductions.introducer_consent import as_agreed
from graph.lookup.profiles import people
from graph.lookup.resolve import Target
from graph.ties.evidence import as_visible, read_evidence, read_ties
from graph.viewer import Viewer

KNOW = cypher.load("introductions/find_colleagues_who_know")


@dataclass(frozen=True, slots=True)
class Colleagues:
    """How surely each colleague who shares and knows somebody acts for them: who would best be asked comes first.

    `withheld` is the best odds among those who have not agreed to be named, the least of its word.
    """

    steps: tuple[Step, ...] = ()
    withheld: float | None = None


async def colleagues(graph: Graph, viewer: Viewer, target: Target) -> Colleagues:
    """Which colleagues know the target.

    The order follows what a route would multiply: that the colleague turns to the target, and the target answers.
    """
    seen, whole = await as_agreed(graph, viewer, target.ids)
    asked = sorted({*whole.colleagues}.difference(target.ids, whole.ineligible_introducers))
    rows = await graph.run(
        KNOW, network=viewer.network, targets=list(target.ids), colleagues=asked, audiences=viewer.audiences
    )
    ties = await read_ties(graph, viewer, [(row["by"], row["towards"]) for row in rows])
    hidden = [
        as_visible(tie.strength, label_only=True).strength
        for (by, _), tie in ties.items()
        if by in seen.withheld_colleagues
    ]
    pairs = [(row["by"], row["towards"]) for row in rows if row["by"] not in seen.withheld_colleagues]
    among, them = await asyncio.gather(
        read_evidence(graph, viewer, pairs), people(graph, viewer, [id for pair in pairs for id in pair])
    )
    steps = tuple(
        Step(them[by], them[towards], tie.strength, among[by, towards], among[towards, by], tie.label_only)
        for by, towards in pairs
        if (tie := ties.get((by, towards)))
    )
    return Colleagues(steps, max(hidden, default=None))
