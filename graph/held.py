"""All that is known of one person, as data to hand over: each line with the source it comes from and its days.

A member is told what their sources in view hold, at their clearance, and no more: an owner is not told here either what
a colleague keeps to themself (docs/decisions/0016-forgetting.md says how the person is).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import cypher
from graph.answers import AmbiguousTarget, UnknownTarget
from graph.compare import KEPT
from graph.decisions import identities
from graph.find import Asked, Target, find
from graph.network import date_of, state
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
    titles = {source.id: source.title for source in (await state(graph, viewer.network)).sources}
    place = {"network": viewer.network, "id": id}
    rows = await graph.run(ROWS, **place, sources=viewer.sources)
    seen = await graph.run(EVIDENCE, **place, sources=viewer.cleared)
    pairs = [(row["by"], row["towards"]) for row in await graph.run(TIES, **place, audiences=viewer.told)]
    ties = await steps(graph, viewer, pairs, barred=True)
    names = await people(graph, viewer, {end for pair in pairs for end in pair})
    return {
        "as_of": date_of(viewer.as_of).isoformat(),
        "person": {"id": called.id, "name": called.name},
        "identities": [
            {"kind": one.kind, "text": one.text, "because": one.because}
            for one in (await identities(graph, viewer, [id]))[id]
        ],
        "called": [_row(row, titles) for row in rows if row["kind"] == "NAMES"],
        "listed": [_row(row, titles) for row in rows if row["kind"] == "LISTS"],
        "seen": [_seen(row, titles) for row in seen],
        "ties": [
            {"by": names[by].name, "knows": names[towards].name, "odds": tie.number, "level": level(tie.acts)}
            for (by, towards), tie in ties.items()
        ],
    }


def _row(found: Mapping[str, Any], titles: Mapping[str, str]) -> Held:
    row = found["row"]
    told = {name: row[name] for name in _TOLD if name in row}
    days = {name: date_of(row[name]).isoformat() for name in _DAYS if row.get(name, -1) >= 0}
    return {
        "source": titles[found["source"]],
        "list": row.get("part") or None,
        "as": _text(found["key"]),
        **told,
        **days,
    }


def _seen(row: Mapping[str, Any], titles: Mapping[str, str]) -> Held:
    told = {
        "source": titles[row["source"].removesuffix(KEPT)],
        "channel": row["channel"],
        "by": _text(row["by"]),
        "towards": _text(row["towards"]),
        "days": {date_of(day).isoformat(): weight for day, weight in zip(row["days"], row["weights"], strict=True)},
    }
    ends = [date_of(day) for day in row["ends"] or ()]
    return {**told, "until": [None if end == _FOR_EVER else end.isoformat() for end in ends]} if ends else told


def _text(key: str) -> str:
    kind, _, text = key.partition(":")
    return text.partition("/")[2] if kind == "name" else text
