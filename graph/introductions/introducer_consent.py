"""Decides which colleagues may be named as introducers, and what an answer may show of the others."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import cypher
from graph.database.client import Graph
from graph.introductions.routes import FoundRoute, RouteSearchResult
from graph.networks.state import NetworkState
from graph.ties.evidence import Pair, Tie, visible_tie
from graph.viewer import Viewer

CONSENT_ANSWERS = cypher.load("introductions/list_consent_answers")

COLLEAGUES_SOURCE = "a colleague's source"
"""Replaces the title of a source that would name a colleague who has not consented."""


async def viewers_by_consent(graph: Graph, viewer: Viewer, targets: Sequence[str]) -> tuple[Viewer, Viewer]:
    """Return the viewer with the consents for these targets, and the viewer as if every open request were granted.

    In the first, `withheld_colleagues` are those who have not consented to be named on routes to the targets. In the
    second they are only those whom the viewer asked in vain, and the viewer has excluded and archived nobody. A
    colleague consents by accepting an introduction request.
    """
    if not viewer.withheld_colleagues:
        return viewer, viewer
    rows = await consent_answers(graph, viewer, targets)
    consented, ended = [{row["person"] for row in rows if row["consented"] is answer} for answer in (True, False)]
    withheld = tuple(person for person in viewer.withheld_colleagues if person not in consented)
    asked = tuple(person for person in withheld if person in ended)
    return replace(viewer, withheld_colleagues=withheld), replace(
        viewer.without_own_choices(), withheld_colleagues=asked
    )


async def asked_colleagues(graph: Graph, viewer: Viewer, targets: Sequence[str]) -> set[str]:
    """Return the withheld colleagues (people) whom the viewer asked for an introduction to one of the targets."""
    return {row["person"] for row in await consent_answers(graph, viewer, targets)}


def routes_through(result: RouteSearchResult, withheld_colleagues: Collection[str]) -> list[FoundRoute]:
    """Return the routes that lead through a colleague who has not consented to be named."""
    return [route for route in result.routes if not {*withheld_colleagues}.isdisjoint(route.people)]


def withheld_label(pairs: Sequence[Pair], ties: Mapping[Pair, Tie]) -> float | None:
    """Return the lower bound of the label of a route's weakest step; None if a derivation removed one of its ties.

    `pairs` are those of `route_pairs` for a route that may not be shown.
    """
    if not ties.keys() >= {*pairs}:
        return None
    weakest = min(ties[pairs[-1]].reverse_strength, *(ties[pair].strength for pair in pairs))
    return visible_tie(weakest, label_only=True).strength


async def pairs_from_own_sources(graph: Graph, viewer: Viewer, pairs: Iterable[Pair]) -> set[Pair]:
    """Return the pairs of which the viewer may see only their own sources, since a colleague has not consented."""
    between_others = {
        pair for pair in pairs if viewer.person_id not in pair and not {*viewer.withheld_colleagues}.isdisjoint(pair)
    }
    if not between_others:
        return between_others
    rows = await consent_answers(graph, viewer, {id for pair in between_others for id in pair})
    consented = {(row["person"], row["target"]) for row in rows if row["consented"]}
    return {
        pair
        for pair in between_others
        if any(way[0] in viewer.withheld_colleagues and way not in consented for way in (pair, pair[::-1]))
    }


async def unnamed_colleagues(graph: Graph, viewer: Viewer, target: str) -> frozenset[str]:
    """Return the colleagues (people) whom no answer about the target may name, because they have not consented."""
    consented, _ = await viewers_by_consent(graph, viewer, [target])
    return frozenset(consented.withheld_colleagues)


def source_titles(state: NetworkState, unnamed: Collection[str]) -> dict[str, str]:
    """Return the title of each source by its id. The title of a source of these people does not say whose it is."""
    return {
        source.id: COLLEAGUES_SOURCE if state.people_by_member[source.member] in unnamed else source.title
        for source in state.sources
    }


async def consent_answers(graph: Graph, viewer: Viewer, targets: Iterable[str]) -> list[dict[str, Any]]:
    """Return what became of the viewer's requests to withheld colleagues for introductions to these targets."""
    return await graph.run(CONSENT_ANSWERS, network=viewer.network, member=viewer.member, targets=sorted(targets))
