"""What was seen of people and of pairs, by the sources in view and by no others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import cypher
from graph.answers import Evidence
from graph.database.client import Graph
from graph.strength.model import LEVELS, level, model
from graph.viewer import Viewer

BETWEEN = cypher.load("ties/read_evidence")
STEPS = cypher.load("ties/read_ties")
VEILED = cypher.load("ties/filter_strength_only_pairs")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """How well one knows another: how surely the one acts for the other, and the other then `answers`.

    The larger of each over the ties in view; where it is `veiled`, the least of its word.
    """

    strength: float
    reverse_strength: float
    label_only: bool = False

    @property
    def exact_strength(self) -> float | None:
        """How surely the one acts, where the viewer may know more than the word."""
        return None if self.label_only else self.strength


async def read_evidence(graph: Graph, viewer: Viewer, pairs: Sequence[Pair]) -> dict[Pair, Evidence]:
    """Return what the first did towards the second, for every pair and for every pair turned round.

    By the sources of which the viewer may know more than how strong ties are.
    """
    if not pairs:
        return {}
    asked = dict.fromkeys((min(pair), max(pair)) for pair in pairs)
    rows = await graph.run(
        BETWEEN,
        network=viewer.network,
        pairs=[list(pair) for pair in asked],
        sources=viewer.evidence_sources,
        as_of=viewer.as_of,
    )
    seen = {pair: Evidence() for one, other in asked for pair in ((one, other), (other, one))}
    for row in rows:
        one, other = row["by"], row["towards"]
        pair = (one, other) if row["out"] else (other, one)
        before, channel = seen[pair], row["channel"]
        worth = model().weights[channel]
        counts = {**before.counts, channel: max(1, round(row["weight"] / worth))} if worth else before.counts
        if channel in model().statement_lasts:
            seen[pair] = replace(before, counts=counts, statements={**before.statements, channel: row["last"]})
        else:
            first, last = _of(min, before.first_day, row["first"]), _of(max, before.last_day, row["last"])
            seen[pair] = replace(before, counts=counts, first_day=first, last_day=last)
        if row["until"] is not None:
            until = min(viewer.as_of, row["until"])
            for way in ((one, other), (other, one)):
                seen[way] = replace(seen[way], coverage_until=_of(max, seen[way].coverage_until, until))
    return seen


async def read_ties(graph: Graph, viewer: Viewer, pairs: Iterable[Pair], *, barred: bool = False) -> dict[Pair, Tie]:
    """Return the ties there are among these pairs, of the first knowing the second.

    With `barred` also those that the viewer asked not to be led over.
    """
    asked = [list(pair) for pair in dict.fromkeys(pairs)]
    if not asked:
        return {}
    rows = await graph.run(
        STEPS, network=viewer.network, pairs=asked, audiences=viewer.visible_audiences if barred else viewer.audiences
    )
    there = await label_only_pairs(graph, viewer, asked if rows else [])
    return {
        pair: as_visible(
            row["strength"],
            row["mutual_strength"] / row["strength"] if row["strength"] else 0.0,
            label_only=pair in there,
        )
        for row in rows
        for pair in [(row["by"], row["towards"])]
    }


async def label_only_pairs(graph: Graph, viewer: Viewer, pairs: Sequence[Sequence[str]]) -> set[Pair]:
    """Of which pairs the viewer may know how strong the tie is, and no more."""
    if not viewer.strength_only_sources or not pairs:
        return set()
    asked = [list(pair) for pair in pairs]
    rows = await graph.run(VEILED, network=viewer.network, pairs=asked, veiled=viewer.strength_only_sources)
    return {(row["by"], row["towards"]) for row in rows}


def as_visible(strength: float, reverse_strength: float = 0.0, *, label_only: bool) -> Tie:
    """A tie as it leaves: with the least odds of its words where it is veiled."""
    if label_only:
        strength, reverse_strength = ((0.0, *LEVELS)[level(exact)] for exact in (strength, reverse_strength))
    return Tie(strength, reverse_strength, label_only)


def _of(choose: Callable[[int, int], int], one: int | None, other: int) -> int:
    return other if one is None else choose(one, other)
