"""Lists the colleagues of the viewer who know a target."""

import asyncio
from dataclasses import dataclass

import cypher
from graph.answers import Step
from graph.database.client import Graph
from graph.introductions.assemble import build_step
from graph.introductions.introducer_consent import viewers_by_consent
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import ResolvedTarget
from graph.ties.evidence import read_evidence, read_ties, visible_tie
from graph.viewer import Viewer

KNOW = cypher.load("introductions/find_colleagues_who_know")


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Colleagues who share sources and know the target, best introducer first.

    `withheld` is the lower bound of the best label among colleagues who have not consented to be named.
    """

    steps: tuple[Step, ...] = ()
    withheld: float | None = None


async def find_colleagues_who_know(graph: Graph, viewer: Viewer, target: ResolvedTarget) -> Colleagues:
    """Return the colleagues who know the target.

    They are ordered by what a route would multiply: the colleague contacts the target, and the target responds.
    """
    consented, all_but_declined = await viewers_by_consent(graph, viewer, target.ids)
    candidates = sorted({*all_but_declined.colleagues}.difference(target.ids, all_but_declined.ineligible_introducers))
    rows = await graph.run(
        KNOW, network=viewer.network, targets=list(target.ids), colleagues=candidates, audiences=viewer.audiences
    )
    ties = await read_ties(graph, viewer, [(row["by"], row["towards"]) for row in rows])
    hidden = [
        visible_tie(tie.strength, label_only=True).strength
        for (by, _), tie in ties.items()
        if by in consented.withheld_colleagues
    ]
    unnamed = {*consented.ineligible_introducers}
    pairs = [(row["by"], row["towards"]) for row in rows if row["by"] not in unnamed]
    evidence, profiles = await asyncio.gather(
        read_evidence(graph, viewer, pairs), read_profiles(graph, viewer, [id for pair in pairs for id in pair])
    )
    steps = tuple(
        build_step((by, towards), tie, profiles, evidence) for by, towards in pairs if (tie := ties.get((by, towards)))
    )
    return Colleagues(steps, max(hidden, default=None))
