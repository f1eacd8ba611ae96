"""All that is known of one person, as data to hand over: each line with the source it comes from and its days.

A member is told what their sources in view hold, at their clearance, and no more: an owner is not told here either what
a colleague keeps to themself (docs/decisions/0016-erasure.md says how the person is).
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import cypher
from graph.answers import AmbiguousTarget, UnknownTarget
from graph.database.client import Graph
from graph.days import date_of
from graph.introductions.introducer_consent import consent_answers
from graph.lookup.identities import identities
from graph.lookup.profiles import people
from graph.lookup.resolve import Asked, Target, find
from graph.names.keys import fold_name
from graph.networks.members import member
from graph.networks.sources import KEPT
from graph.networks.state import State, manages, state
from graph.sharing.exclusions import LIST as NOT_ROUTES
from graph.sharing.hidden_contacts import LIST as CONCEALED
from graph.sharing.visibility_requests import reveals
from graph.strength.model import level
from graph.ties.evidence import read_ties
from graph.viewer import Viewer

ROWS = cypher.load("privacy/export_facts")
EVIDENCE = cypher.load("privacy/export_evidence")
TIES = cypher.load("privacy/export_ties")

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
    now = await state(graph, viewer.network)
    known_by = (await identities(graph, viewer, [id]))[id]
    said = await said_of(graph, now, [one.key for one in known_by], viewer.sources, viewer.evidence_sources)
    rows = await graph.run(TIES, network=viewer.network, id=id, audiences=viewer.visible_audiences)
    pairs = [(row["by"], row["towards"]) for row in rows]
    ties = await read_ties(graph, viewer, pairs, barred=True)
    names = await people(graph, viewer, {end for pair in pairs for end in pair})
    return {
        "as_of": _on(viewer.as_of),
        "person": {"id": called.id, "name": called.name},
        "identities": [{"kind": one.kind, "text": one.text, "because": one.because} for one in known_by],
        **said,
        "ties": [
            {
                "by": names[by].name,
                "knows": names[towards].name,
                "odds": tie.exact_strength,
                "level": level(tie.strength),
            }
            for (by, towards), tie in ties.items()
        ],
        **await _marks(graph, viewer, now, id, {one.key for one in known_by}, said["called"]),
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


async def _marks(
    graph: Graph, viewer: Viewer, now: State, id: str, keys: Collection[str], called: Collection[Held]
) -> Held:
    """What is kept of them beside what sources say, as the viewer may list it: by themself, or asked of them."""
    keys, names = {*keys}, {fold_name(row["name"]) for row in called if "name" in row}
    mine = {"network": viewer.network, "member": viewer.member}
    concealed = [
        row
        for row in await graph.run(CONCEALED, **mine)
        if not keys.isdisjoint(row["keys"]) or not names.isdisjoint(row["names"])
    ]
    passed_over = await graph.run(NOT_ROUTES, **mine, managing=manages(now, viewer))
    me = await member(graph, viewer.network, viewer.member)
    sought = {row["at"] for row in await consent_answers(graph, viewer, [id])}
    return {
        "concealed": [_mark(row) for row in concealed],
        "not_a_route": [
            {**_mark(row), "for": "everybody" if row["everybody"] else "one member"}
            for row in passed_over
            if not keys.isdisjoint(row["keys"])
        ],
        "ways_sought": [
            *({"by": me.called(viewer.member), "on": _on(day)} for day in sorted(sought) if me),
            *(
                {"by": one.asker, "on": _on(one.day), "agreed": one.agreed}
                for one in await reveals(graph, viewer)
                if one.target.id == id
            ),
        ],
    }


def _mark(row: Mapping[str, Any]) -> Held:
    return {"says": row["says"], "on": _on(row["at"])}


def _on(day: int) -> str:
    return date_of(day).isoformat()


def _row(found: Mapping[str, Any], titles: Mapping[str, str]) -> Held:
    row = found["row"]
    told = {name: row[name] for name in _TOLD if name in row}
    days = {name: _on(row[name]) for name in _DAYS if row.get(name, -1) >= 0}
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
        "days": {_on(day): weight for day, weight in zip(row["days"], row["weights"], strict=True)},
    }
    ends = [date_of(day) for day in row["ends"] or ()]
    return {**told, "until": [None if end == _FOR_EVER else end.isoformat() for end in ends]} if ends else told


def text_of(key: str) -> str:
    """An identity as people write it."""
    kind, _, text = key.partition(":")
    return text.partition("/")[2] if kind == "name" else text
