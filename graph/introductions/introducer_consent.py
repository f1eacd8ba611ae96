"""Introducer consent"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import cypher
from graph.database.client import Graph
from graph.introductions.routes import FoundRoute, RouteSearchResult
from graph.ties.evidence import Pair, Tie, as_visible
from graph.viewer import Viewer

ANSWERED = cypher.load("introductions/list_naming_answers")


async def as_agreed(graph: Graph, viewer: Viewer, targets: Sequence[str]) -> tuple[Viewer, Viewer]:
    """The viewer as far as colleagues agreed to be named on ways to a target, and as if all had who did not decline."""
    if not viewer.withheld_colleagues:
        return viewer, viewer
    rows = await answered(graph, viewer, targets)
    agreed, declined = [{row["person"] for row in rows if row["agreed"] is said} for said in (True, False)]
    still = tuple(person for person in viewer.withheld_colleagues if person not in agreed)
    silent = tuple(person for person in still if person in declined)
    return replace(viewer, withheld_colleagues=still), replace(viewer, withheld_colleagues=silent)


def withheld(ways: RouteSearchResult, discreet: Collection[str]) -> list[FoundRoute]:
    """The ways that lead through somebody who has not agreed to be named."""
    return [way for way in ways.routes if not {*discreet}.isdisjoint(way.people)]


def word_of(way: Sequence[Pair], ties: Mapping[Pair, Tie]) -> float | None:
    """How strong a way is that is not to be told, of the pairs it needs: the least odds of its weakest step's word."""
    if not ties.keys() >= {*way}:
        return None  # it went while ties are derived
    return as_visible(
        min(ties[way[-1]].reverse_strength, *(ties[pair].strength for pair in way)), label_only=True
    ).strength


async def known_alone(graph: Graph, viewer: Viewer, pairs: Iterable[Pair]) -> set[Pair]:
    """Of which pairs the viewer is told no more than their own sources say: a colleague among them has not agreed."""
    apart = {
        pair for pair in pairs if viewer.person_id not in pair and not {*viewer.withheld_colleagues}.isdisjoint(pair)
    }
    if not apart:
        return apart
    rows = await answered(graph, viewer, {id for pair in apart for id in pair})
    agreed = {(row["person"], row["target"]) for row in rows if row["agreed"]}
    return {
        pair
        for pair in apart
        if any(way[0] in viewer.withheld_colleagues and way not in agreed for way in (pair, pair[::-1]))
    }


async def answered(graph: Graph, viewer: Viewer, targets: Iterable[str]) -> list[dict[str, Any]]:
    """Who said whether they will be named to the viewer, on ways to which of these people."""
    return await graph.run(ANSWERED, network=viewer.network, member=viewer.member, targets=sorted(targets))
