"""What was seen of people and of pairs, by the sources in view and by no others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import cypher
from graph.answers import Person, Seen
from graph.odds import model
from graph.session import Graph
from graph.viewer import Viewer

BETWEEN = cypher.load("seen_between")
PEOPLE = cypher.load("seen_people")
STEPS = cypher.load("knows_steps")

UNNAMED = "somebody whose name you may not see"
"""Stands for a person on the viewer's way whom no source in view names."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """How well one knows another: `acts` and `reach` of KNOWS, the larger of each over the ties in view."""

    acts: float
    reach: float


async def between(graph: Graph, viewer: Viewer, pairs: Sequence[Pair]) -> dict[Pair, Seen]:
    """Return what the first did towards the second, for every pair and for every pair turned round."""
    if not pairs:
        return {}
    asked = dict.fromkeys((min(pair), max(pair)) for pair in pairs)
    rows = await graph.run(
        BETWEEN,
        network=viewer.network,
        pairs=[list(pair) for pair in asked],
        sources=viewer.sources,
        as_of=viewer.as_of,
    )
    seen = {pair: Seen() for one, other in asked for pair in ((one, other), (other, one))}
    for row in rows:
        one, other = row["by"], row["towards"]
        pair = (one, other) if row["out"] else (other, one)
        before, channel = seen[pair], row["channel"]
        worth = model().weights[channel]
        counts = {**before.counts, channel: max(1, round(row["weight"] / worth))} if worth else before.counts
        if channel in model().statement_lasts:
            seen[pair] = replace(before, counts=counts, said={**before.said, channel: row["last"]})
        else:
            first, last = _of(min, before.first, row["first"]), _of(max, before.last, row["last"])
            seen[pair] = replace(before, counts=counts, first=first, last=last)
        if row["until"] is not None:
            until = min(viewer.as_of, row["until"])
            for way in ((one, other), (other, one)):
                seen[way] = replace(seen[way], until=_of(max, seen[way].until, until))
    return seen


async def people(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, Person]:
    """Return everybody asked for, with the name and the current job that the sources in view give."""
    asked = list(dict.fromkeys(ids))
    rows = await graph.run(PEOPLE, network=viewer.network, ids=asked, sources=viewer.sources)
    named = {row["id"]: Person(**row) for row in rows}
    return {id: named.get(id) or Person(id=id, name=UNNAMED) for id in asked}


async def steps(graph: Graph, viewer: Viewer, pairs: Iterable[Pair], *, barred: bool = False) -> dict[Pair, Tie]:
    """Return the ties there are among these pairs, of the first knowing the second.

    With `barred` also those that the viewer asked not to be led over.
    """
    asked = [list(pair) for pair in dict.fromkeys(pairs)]
    if not asked:
        return {}
    rows = await graph.run(
        STEPS, network=viewer.network, pairs=asked, audiences=viewer.told if barred else viewer.audiences
    )
    return {(row["by"], row["towards"]): Tie(row["acts"], row["reach"]) for row in rows}


def _of(choose: Callable[[int, int], int], one: int | None, other: int) -> int:
    return other if one is None else choose(one, other)
