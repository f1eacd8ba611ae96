"""All that is known of one person, as data to hand over: each line with the source it comes from and its days.

A member is told what their sources in view hold, at their clearance, and no more: an owner is not told here either what
a colleague keeps to themself (docs/decisions/0016-forgetting.md says how the person is).
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import cypher
from graph.answers import AmbiguousTarget, UnknownTarget
from graph.compare import KEPT
from graph.decisions import identities
from graph.find import Asked, Target, find
from graph.network import State, date_of, state
from graph.odds import level
from graph.seen import people, steps
from graph.session import Graph
from graph.viewer import Viewer

ROWS = cypher.load("held_rows")
EVIDENCE = cypher.load("held_evidence")
TIES = cypher.load("held_ties")

_DAYS = ("since", "until", "seen", "gone", "obtained")
_TOLD = ("name", "title", "company", "wrote_as")
_FOR_EVER = date.max

Held = dict[str, Any]


async def held(graph: Graph, viewer: Viewer, asked: Asked) -> Held | AmbiguousTarget | UnknownTarget:
    """What is held of somebody."""
    found = await find(graph, viewer, asked)
    return await held_of(graph, viewer, found.person.id) if isinstance(found, Target) else found


async def held_of(graph: Graph, viewer: Viewer, id: str) -> Held:
    """The same of the person of this id: keys and values that JSON has, days as 2026-11-22."""
    called = (await people(graph, viewer, [id]))[id]
    known_by = (await identities(graph, viewer, [id]))[id]
    keys = [one.key for one in known_by]
    rows = await graph.run(TIES, network=viewer.network, id=id, audiences=viewer.told)
    pairs = [(row["by"], row["towards"]) for row in rows]
    ties = await steps(graph, viewer, pairs, barred=True)
    names = await people(graph, viewer, {end for pair in pairs for end in pair})
    return {
        "as_of": date_of(viewer.as_of).isoformat(),
        "person": {"id": called.id, "name": called.name},
        "identities": [{"kind": one.kind, "text": one.text, "because": one.because} for one in known_by],
        **await said_of(graph, await state(graph, viewer.network), keys, viewer.sources, viewer.cleared),
        "ties": [
            {"by": names[by].name, "knows": names[towards].name, "odds": tie.number, "level": level(tie.acts)}
            for (by, towards), tie in ties.items()
        ],
    }


async def said_of(
    graph: Graph, found: State, keys: Collection[str], sources: Collection[str], cleared: Collection[str]
) -> Held:
    """What sources say of these identities, and what those of them that are `cleared` saw, by day."""
    titles = {source.id: source.title for source in found.sources}
    place = {"network": found.network, "keys": list(keys)}
    rows = await graph.run(ROWS, **place, sources=list(sources))
    seen = await graph.run(EVIDENCE, **place, sources=list(cleared))
    return {
        "called": [_row(row, titles) for row in rows if row["kind"] == "NAMES"],
        "listed": [_row(row, titles) for row in rows if row["kind"] == "LISTS"],
        "seen": [_seen(row, titles) for row in seen],
    }


def _row(found: Mapping[str, Any], titles: Mapping[str, str]) -> Held:
    row = found["row"]
    told = {name: row[name] for name in _TOLD if name in row}
    days = {name: date_of(row[name]).isoformat() for name in _DAYS if row.get(name, -1) >= 0}
    return {
        "source": titles[found["source"]],
        "list": row.get("part") or None,
        "as": text_of(found["key"]),
        **told,
        **days,
    }


def _seen(row: Mapping[str, Any], titles: Mapping[str, str]) -> Held:
    told = {
        "source": titles[row["source"].removesuffix(KEPT)],
        "channel": row["channel"],
        "by": text_of(row["by"]),
        "towards": text_of(row["towards"]),
        "days": {date_of(day).isoformat(): weight for day, weight in zip(row["days"], row["weights"], strict=True)},
    }
    ends = [date_of(day) for day in row["ends"] or ()]
    return {**told, "until": [None if end == _FOR_EVER else end.isoformat() for end in ends]} if ends else told


def text_of(key: str) -> str:
    """An identity as people write it."""
    kind, _, text = key.partition(":")
    return text.partition("/")[2] if kind == "name" else text
