"""Reads evidence and derived ties of pairs of people, from the sources that the viewer may see."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import cypher
from graph.answers import Evidence
from graph.database.client import Graph
from graph.strength.model import LEVELS, label_index, model
from graph.viewer import Viewer

EVIDENCE = cypher.load("ties/read_evidence")
TIES = cypher.load("ties/read_ties")
STRENGTH_ONLY_PAIRS = cypher.load("ties/filter_strength_only_pairs")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """The tie of a pair of people.

    `strength` is the probability that the first responds to the second, `reverse_strength` the reverse. Each is the
    maximum over the ties in view. With `label_only` each is the lower bound of its label. An `is_asleep` tie had no
    contact for over 18 months (`asleep_after` of the model), or one of the two cannot be reached (`is_unreachable`): no
    route uses it. Both are always False with `label_only`.
    """

    strength: float
    reverse_strength: float
    label_only: bool = False
    is_asleep: bool = False
    is_unreachable: bool = False

    @property
    def exact_strength(self) -> float | None:
        """The strength; None where the viewer may see only its label."""
        return None if self.label_only else self.strength


async def read_evidence(graph: Graph, viewer: Viewer, pairs: Sequence[Pair]) -> dict[Pair, Evidence]:
    """Return the evidence of the first person towards the second, for every pair and for every reversed pair.

    Sources that share only strengths are left out.
    """
    if not pairs:
        return {}
    unordered = dict.fromkeys((min(pair), max(pair)) for pair in pairs)
    rows = await graph.run(
        EVIDENCE,
        network=viewer.network,
        pairs=[list(pair) for pair in unordered],
        sources=viewer.evidence_sources,
        as_of=viewer.as_of,
    )
    evidence = {pair: Evidence() for first, second in unordered for pair in ((first, second), (second, first))}
    for row in rows:
        forward = row["by"], row["towards"]
        pair = forward if row["out"] else forward[::-1]
        before, channel = evidence[pair], row["channel"]
        worth = model().weights[channel]
        counts = {**before.counts, channel: max(1, round(row["weight"] / worth))} if worth else before.counts
        if channel in model().statement_lasts:
            evidence[pair] = replace(before, counts=counts, statements={**before.statements, channel: row["last"]})
        else:
            first, last = _merge(min, before.first_day, row["first"]), _merge(max, before.last_day, row["last"])
            evidence[pair] = replace(before, counts=counts, first_day=first, last_day=last)
        if row["until"] is not None:
            until = min(viewer.as_of, row["until"])
            for way in (forward, forward[::-1]):
                covered = _merge(max, evidence[way].coverage_until, until)
                evidence[way] = replace(evidence[way], coverage_until=covered)
    return evidence


async def read_ties(
    graph: Graph, viewer: Viewer, pairs: Iterable[Pair], *, unroutable: bool = False
) -> dict[Pair, Tie]:
    """Return the existing ties of these pairs: the first person knows the second.

    With `unroutable` the result includes ties that no route may use because of a statement of the viewer.
    """
    unique = dict.fromkeys(pairs)
    asked = [list(pair) for pair in unique]
    if not asked:
        return {}
    rows, label_only = await asyncio.gather(
        graph.run(
            TIES,
            network=viewer.network,
            pairs=asked,
            audiences=viewer.visible_audiences if unroutable else viewer.audiences,
        ),
        label_only_pairs(graph, viewer, asked),
    )
    return {
        pair: visible_tie(
            row["strength"],
            row["mutual_strength"] / row["strength"] if row["strength"] else 0.0,
            label_only=pair in label_only,
            is_asleep=row["asleep"],
            is_unreachable=row["unreachable"],
        )
        for row in rows
        for pair in [(row["by"], row["towards"])]
        if pair in unique  # others may belong to another read of the batch
    }


async def label_only_pairs(graph: Graph, viewer: Viewer, pairs: Sequence[Sequence[str]]) -> set[Pair]:
    """Return the pairs of whose tie the viewer may see only the label of the strength."""
    if not viewer.strength_only_sources or not pairs:
        return set()
    asked = [list(pair) for pair in pairs]
    rows = await graph.run(
        STRENGTH_ONLY_PAIRS, network=viewer.network, pairs=asked, veiled=viewer.strength_only_sources
    )
    return {(row["by"], row["towards"]) for row in rows}


def visible_tie(
    strength: float,
    reverse_strength: float = 0.0,
    *,
    label_only: bool,
    is_asleep: bool = False,
    is_unreachable: bool = False,
) -> Tie:
    """Return a tie as the viewer may see it: with `label_only`, strengths become the lower bounds of their labels."""
    if label_only:
        strength, reverse_strength = ((0.0, *LEVELS)[label_index(exact)] for exact in (strength, reverse_strength))
    is_asleep = is_asleep and not label_only
    return Tie(strength, reverse_strength, label_only, is_asleep, is_asleep and is_unreachable)


def _merge(choose: Callable[[int, int], int], one: int | None, other: int) -> int:
    return other if one is None else choose(one, other)
